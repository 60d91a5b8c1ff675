import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db/db.ts";

/** What the dashboard looks at, as it stands after a year: straight into the tables. */
export interface Amounts {
  users: number;
  weeks: number;
  runs: number;
  mails: number;
  /** Slots of a year, of 250 services. */
  slots: number;
  /** Days of appointments, ten hours each. */
  days: number;
}

const SERVICES = 250;
const SLOTS_A_DAY = 11;

export async function fillOperations(db: Db, { users, weeks, runs, mails, slots, days }: Amounts): Promise<void> {
  const run = (statement: string) => db.execute(sql.raw(statement));
  await run(`insert into job_runs (job_name, scheduled_for, status, started_at, completed_at, trigger, metadata)
    select (array['email-dispatch', 'job-cleanup', 'site-processing', 'slot-maintenance', 'calendar-tracking'])[n % 5 + 1],
      at, case when n % 97 = 0 then 'failed' else 'completed' end, at + interval '2 seconds', at, 'cron',
      jsonb_build_object('durationMs', n % 5000, 'processed', 25)
    from generate_series(1, ${runs}) n cross join lateral (select now() - n * interval '1 minute' as at) as own`);
  await run(`insert into email_queue (dedupe_key, recipient, subject, text, html, message_id, status, failure,
      scheduled_at, created_at, processed_at)
    select 'bench-' || n, 'user' || n || '@club.example', 'Deine Wochenbilanz ist da!', repeat('text ', 100),
      repeat('<p>html</p>', 100), '<' || n || '>', fate, case when fate = 'failed' then 'permanent' end, at, at, at
    from generate_series(1, ${mails}) n
    cross join lateral (select now() - n * interval '90 days' / ${mails} as at,
      case when n <= 20000 then 'pending' when n % 50 = 0 then 'failed' else 'sent' end as fate) as own`);
  await run(`insert into providers (id, name, timezone)
    select 'p' || n, 'Provider ' || n, 'Europe/Berlin' from generate_series(1, 50) n`);
  await run(`insert into services (id, provider_id, name, duration_minutes, price)
    select 's' || n, 'p' || (n % 50 + 1), 'Service ' || n, 45, 40 from generate_series(1, ${SERVICES}) n`);
  await run(`insert into booking_slots (service_id, provider_id, local_date, starts_at, ends_at, busy_from, busy_until,
      capacity, booked_count, category, rush_fee_percent, base_price, price)
    select 's' || n, 'p' || (n % 50 + 1), starts_at::date, starts_at, starts_at + interval '45 minutes', starts_at,
      starts_at + interval '45 minutes', 1, case when n <= 50 and slot % 2 = 0 then 1 else 0 end, 'normal', 0, 40, 40
    from generate_series(0, ${Math.round(slots / SERVICES / SLOTS_A_DAY)} - 1) day, generate_series(1, ${SERVICES}) n,
      generate_series(0, ${SLOTS_A_DAY} - 1) slot
    cross join lateral (select date_trunc('day', now()) + day * interval '1 day' + interval '7 hours'
      + slot * interval '1 hour' + n / 50 * interval '3 minutes' as starts_at) as own`);
  await fillDays(db, days);
  await fillResults(db, users, weeks);
  await run("vacuum analyze");
}

async function fillDays(db: Db, days: number): Promise<void> {
  const counts = `'total_slots', 12, 'completed', 8, 'sold', 2, 'no_shows', 2, 'ghosts', 1, 'cancelled', 1,
    'rescheduled', 0, 'overhang', 0, 'pending', 0`;
  await db.execute(
    sql.raw(`insert into daily_metrics (date, total_slots, completed, sold, no_shows, ghosts, cancelled, rescheduled,
      overhang, pending, by_hour, by_user, by_potential, final, source, read_at)
    select current_date - n, 120, 80, 20, 20, 10, 10, 0, 0, 0,
      (select jsonb_object_agg(to_char(hour, 'FM00') || ':00', jsonb_build_object(${counts})) from generate_series(9, 18) hour),
      (select jsonb_object_agg('Consultant ' || c, jsonb_build_object(${counts})) from generate_series(1, 10) c),
      jsonb_build_object('normal', jsonb_build_object(${counts})), true, 'calendar', now()
    from generate_series(0, ${days - 1}) n`),
  );
}

/** Results of weeks and of twelve months with all that is derived from them and looked at here. */
async function fillResults(db: Db, users: number, weeks: number): Promise<void> {
  const run = (statement: string) => db.execute(sql.raw(statement));
  const user = "'user-' || lpad(n::text, 9, '0')";
  const exercises = `'{"pushups":{"points":100,"reps":100},"running":{"points":120,"km":12}}'`;
  await run(`insert into users (id, email, nickname, show_in_global_rankings)
    select ${user}, 'user' || n || '@club.example', 'Nick' || n, n % 10 <> 0 from generate_series(1, ${users}) n`);
  await run(`insert into weekly_results (user_id, week_start, week_end, total_points, total_workouts, total_exercises,
      exercise_totals, points_target, challenge_target, goal_exercises_met, goal_points_met, goal_challenge_met)
    select ${user}, start, start + interval '7 days', points, case when points > 0 then 2 else 0 end, 2, ${exercises},
      500, 1500, n % 7 = 0, points >= 500, points >= 1500
    from generate_series(1, ${weeks}) nth, generate_series(1, ${users}) n
    cross join lateral (select date_trunc('week', now(), 'UTC') - nth * interval '7 days' as start,
      case when n % 3 = 0 then 0 else abs(hashint8(n::bigint * 60 + nth)) % 200000 / 100.0 end as points) as own`);
  await run(`insert into leaderboard_results (week_start, user_id, rank, points, participants)
    select week_start, user_id, 1, total_points, 11 from weekly_results order by week_start, user_id`);
  await run(`insert into monthly_results (user_id, month_start, month_end, total_points, total_workouts, total_exercises,
      exercise_totals, pullups, pushups, situps, challenge_target, challenge_met)
    select ${user}, start, start + interval '1 month', points, case when points > 0 then 8 else 0 end, 2, ${exercises},
      0, 400, 0, 2000, points >= 2000
    from generate_series(1, 12) nth, generate_series(1, ${users}) n
    cross join lateral (select date_trunc('month', now(), 'UTC') - nth * interval '1 month' as start,
      case when n % 3 = 0 then 0 else abs(hashint8(n::bigint * 60 + nth)) % 600000 / 100.0 end as points) as own`);
  await run(`insert into period_totals
    select 'week', week_start, max(week_end), count(*), count(*) filter (where total_workouts > 0), sum(total_points),
      sum(total_workouts), count(*) filter (where goal_points_met), count(*) filter (where goal_exercises_met),
      count(*) filter (where goal_challenge_met) from weekly_results group by week_start`);
  await run(`insert into period_totals
    select 'month', month_start, max(month_end), count(*), count(*) filter (where total_workouts > 0), sum(total_points),
      sum(total_workouts), null, null, count(*) filter (where challenge_met) from monthly_results group by month_start`);
  await run(`insert into monthly_standings (month_start, category, value, rank, participants)
    select month_start, 'points', total_points, row_number() over (order by total_points desc), count(*) over ()
    from (select distinct month_start, total_points from monthly_results
      where month_start = date_trunc('month', now(), 'UTC') - interval '1 month' and total_points > 0) as own`);
  await run(`insert into monthly_rankings (month_start, user_id, global_points, friends_points, friends_pullups,
      friends_pushups, friends_situps, friends_participants)
    select month_start, user_id, case when total_points > 0 and show_in_global_rankings
      then rank() over (order by total_points desc) end, 1, 1, 1, 1, 11
    from monthly_results join users on users.id = user_id
    where month_start = date_trunc('month', now(), 'UTC') - interval '1 month'`);
}
