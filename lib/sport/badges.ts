import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import { type Chunk, within } from "./chunks.ts";

/**
 * Derives all badges of a chunk's users from all evaluated weeks and all workouts, so that a late change to an old week
 * moves, gives and takes badges wherever it must. A badge belongs to the first evaluated week
 *  - that is the n-th in which the goal was met (counted badges), or
 *  - by whose end the lifetime total had reached the level. Every level is crossed by exactly one activity.
 * The catalogue in `badges` says which levels there are. To be called when all results of the week are there.
 * @returns how many badges changed hands: given for the first time, and taken back.
 */
export async function deriveBadges(tx: Db, chunk: Chunk, now: Date): Promise<{ given: number; taken: number }> {
  return row(
    tx,
    sql`with counted as (
        select user_id, slug, week_start,
          row_number() over (partition by user_id, slug order by week_start) as level
        from weekly_results cross join lateral (values
          ('weekly-goal-exercises', goal_exercises_met),
          ('weekly-goal-points', goal_points_met),
          ('weekly-challenge-points', goal_challenge_met)) as goals (slug, met)
        where met and ${within("user_id", chunk)}
      ), amounts as (
        select user_id, exercise_id, start_time, amount,
          sum(amount) over (partition by user_id, exercise_id order by start_time, workout_activities.id) as total
        from workout_activities join exercises on exercises.id = exercise_id
        cross join lateral (select case measurement_type
          when 'reps' then reps when 'time' then duration_seconds else distance_km end as amount) as own
        where amount > 0 and ${within("user_id", chunk)}
          and exercise_id in (select exercise_id from badges where kind = 'lifetime')
      ), lifetime as (
        select amounts.user_id, slug, level, first.week_start
        from amounts
        join badges on badges.kind = 'lifetime' and badges.exercise_id = amounts.exercise_id
          and level > total - amount and level <= total
        cross join lateral (select week_start from weekly_results as result
          where result.user_id = amounts.user_id and result.week_end > amounts.start_time
          order by week_start limit 1) as first
      ), wanted as materialized (
        select user_id, slug, level::int as level, week_start from counted join badges using (slug, level)
        union all
        select user_id, slug, level, week_start from lifetime
      ), taken as (
        delete from user_badges as old where ${within("old.user_id", chunk)} and period_kind = 'week'
          and not exists (select from wanted
            where wanted.user_id = old.user_id and wanted.slug = old.slug and wanted.level = old.level)
        returning user_id, slug, level
      ), unnoticed as (
        delete from notifications as old using taken
        where old.user_id = taken.user_id and kind = 'badge' and old.slug = taken.slug and old.level = taken.level
      ), moved as (
        update user_badges as old set period_start = wanted.week_start from wanted
        where wanted.user_id = old.user_id and wanted.slug = old.slug and wanted.level = old.level
          and old.period_start <> wanted.week_start and old.period_kind = 'week' and ${within("old.user_id", chunk)}
        returning old.user_id, old.slug, old.level, old.period_start
      ), renoticed as (
        update notifications as old set period_start = moved.period_start from moved
        where old.user_id = moved.user_id and kind = 'badge' and old.slug = moved.slug and old.level = moved.level
      ), given as (
        insert into user_badges (user_id, slug, level, period_kind, period_start)
        select user_id, slug, level, 'week', week_start from wanted
        on conflict (user_id, slug, level) do nothing
        returning user_id, slug, level, period_start
      ), noticed as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'badge', slug, level, period_start, ${at(now)} from given
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), tallied as (
        update weekly_results as result set badges_awarded = coalesce(held.n, 0)
        from weekly_results as own
        left join (select user_id, week_start, count(*)::int as n from wanted group by 1, 2) as held
          on held.user_id = own.user_id and held.week_start = own.week_start
        where result.user_id = own.user_id and result.week_start = own.week_start
          and ${within("own.user_id", chunk)} and result.badges_awarded <> coalesce(held.n, 0)
      )
      select (select count(*)::int from given) as given, (select count(*)::int from taken) as taken`,
  );
}
