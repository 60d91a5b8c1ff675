import { sql } from "drizzle-orm";
import { type Db, row } from "../../lib/db/db.ts";

/** The period to evaluate, the training in it, and the tables that the evaluation writes. */
export interface Scenario {
  start: string;
  end: string;
  /** Workouts per user, with five activities each, spread over `hours` from the start. */
  workouts: number;
  hours: number;
  written: readonly string[];
}

const BADGES_AND_MAILS = ["user_badges", "awards", "notifications", "email_queue"];

export const SCENARIOS = {
  weekly: {
    start: "2026-02-02T00:00:00Z",
    end: "2026-02-09T00:00:00Z",
    workouts: 2,
    hours: 160,
    written: ["weekly_results", "leaderboard_results", ...BADGES_AND_MAILS],
  },
  monthly: {
    start: "2026-02-01T00:00:00Z",
    end: "2026-03-01T00:00:00Z",
    workouts: 8,
    hours: 660,
    written: ["monthly_results", "monthly_standings", "monthly_rankings", ...BADGES_AND_MAILS],
  },
} as const satisfies Record<string, Scenario>;

/** Fills a database with `users` users, their workouts in the period and about ten friendships for each. */
export async function fill(db: Db, users: number, { start, workouts, hours }: Scenario): Promise<void> {
  // Skips foreign key checks if possible: they take most of the time, and the data is consistent.
  const { superuser } = await row<{ superuser: boolean }>(
    db,
    sql`select current_setting('is_superuser')::bool as superuser`,
  );
  const unchecked = superuser ? "set session_replication_role = replica; " : "";
  const run = (statement: string) => db.execute(sql.raw(unchecked + statement));
  await run(`insert into users (id, email, nickname, language, weekly_goals, show_in_global_rankings)
    select 'user-' || lpad(n::text, 9, '0'), 'user' || n || '@club.example', 'Nick' || n,
      case when n % 8 = 0 then 'en' else 'de' end,
      case n % 3 when 0 then '{}'::jsonb when 1 then '{"points":{"target":300}}'
        else '{"points":{"target":400},"exercises":[{"exerciseId":"pushups","target":60,"unit":"reps"}]}' end, n % 10 <> 0
    from generate_series(1, ${users}) n`);
  await run(`insert into workouts (user_id, client_id, start_time, fingerprint)
    select 'user-' || lpad(n::text, 9, '0'), 'w' || k, timestamptz '${start}' + make_interval(hours => (n * 7 + k * 61) % ${hours}), ''
    from generate_series(1, ${users}) n, generate_series(1, ${workouts}) k`);
  await run(`insert into workout_activities (workout_id, user_id, start_time, exercise_id, quantity, unit, reps,
      duration_seconds, distance_km, points_earned)
    select id, user_id, start_time, exercise, amount, unit, case unit when 'reps' then amount end,
      case unit when 's' then amount end, case unit when 'km' then amount end, points
    from workouts cross join (values ('pushups', 'reps', 1.0), ('situps', 'reps', 0.6), ('pullups', 'reps', 1.6),
      ('running', 'km', 10.0), ('plank', 's', 0.0266666667)) exercises (exercise, unit, per_unit)
    cross join lateral (select (abs(hashint8(id * 10 + length(exercise))) % 60 + 1)::numeric as amount) a
    cross join lateral (select round(amount * per_unit, 2) as points) p`);
  await run(`insert into friendships (user_a, user_b)
    select distinct least(a, b), greatest(a, b) from (
      select 'user-' || lpad(n::text, 9, '0') as a,
        'user-' || lpad(((n::bigint * (2 * k + 1) * 7919 + k * 104729) % ${users} + 1)::text, 9, '0') as b
      from generate_series(1, ${users}) n, generate_series(1, 10) k) pairs
    where a <> b order by 1, 2 on conflict do nothing`);
  await db.execute(sql`vacuum analyze`);
}
