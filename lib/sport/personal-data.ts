import { type SQL, sql } from "drizzle-orm";
import type { Person } from "../privacy/person.ts";

/** What an export contains of a user: profile, friendships, training and results. */
export function userSections({ userId: id }: Person): Record<string, SQL> {
  if (id === undefined) return {};
  const own = sql`user_id = ${id}`;
  return {
    profile: sql`select id, email, first_name, nickname, language, preferences, weekly_goals, show_in_global_rankings,
      body_weight_kg, is_active from users where id = ${id}`,
    // Only the id of a friend: everything else about them is theirs.
    friendships: sql`select case when user_a = ${id} then user_b else user_a end as friend_id, status from friendships
      where user_a = ${id} or user_b = ${id} order by 1`,
    workouts: sql`select client_id, start_time, (select coalesce(jsonb_agg(to_jsonb(done) - '{id,workout_id,user_id}'::text[]
        order by done.id), '[]') from workout_activities as done where done.workout_id = workouts.id) as activities
      from workouts where ${own} order by start_time, id`,
    weekly_results: sql`select * from weekly_results where ${own} order by week_start`,
    leaderboard_results: sql`select * from leaderboard_results where ${own} order by week_start`,
    monthly_results: sql`select * from monthly_results where ${own} order by month_start`,
    monthly_rankings: sql`select * from monthly_rankings where ${own} order by month_start`,
    badges: sql`select * from user_badges where ${own} order by period_start, slug, level`,
    awards: sql`select * from awards where ${own} order by period_start, type`,
    notifications: sql`select kind, slug, level, period_start, created_at, read_at from notifications where ${own}
      order by id`,
  };
}
