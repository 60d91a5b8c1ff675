import { sql } from "drizzle-orm";
import { type Db, rows } from "../../lib/db/db.ts";

/** Adds a club of any size in a few statements, large enough for several chunks in each pass of an evaluation. */
export async function addBigClub(db: Db, size: number): Promise<void> {
  await rows(
    db,
    sql`insert into users (id, email, nickname, preferences)
      select 'user-' || lpad(n::text, 6, '0'), 'user' || n || '@club.example', 'Nick ' || n,
        case when n % 11 = 0 then '{"notifications":{"email":false}}' else '{}' end::jsonb
      from generate_series(1, ${size}::int) n`,
  );
  await rows(
    db,
    sql`insert into workouts (user_id, client_id, start_time, fingerprint)
      select id, 'w', timestamptz '2026-02-03T08:00:00Z', '' from users where right(id, 1) <> '7'`,
  );
  await rows(
    db,
    sql`insert into workout_activities (workout_id, user_id, start_time, exercise_id, quantity, reps, points_earned)
      select id, user_id, start_time, 'pushups', id % 700, id % 700, id % 700 from workouts`,
  );
  await rows(
    db,
    sql`insert into friendships (user_a, user_b)
      select a.id, b.id from users a join users b on right(b.id, 6)::int = right(a.id, 6)::int + 1`,
  );
}
