import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import { type Chunk, within } from "./chunks.ts";

/**
 * Derives all badges of a chunk's users from all evaluated weeks and all workouts, so that a late change to an old week
 * moves, gives and takes badges wherever it must. A badge belongs to the first evaluated week
 *  - that is the n-th in which the goal was met (counted badges), or
 *  - by whose end the lifetime total had reached the level. Every level is crossed by exactly one activity.
 * The catalogue in `badges` says which levels there are. To be called when all results of the week are there.
 * Only differences to what is held are written. Two evaluations never derive for the same users at once (chunks.ts).
 * @returns how many badges the chunk's users hold from the period that starts at `periodStart`.
 */
export async function deriveBadges(tx: Db, chunk: Chunk, periodStart: Date, now: Date): Promise<{ held: number }> {
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
      ), held as (
        select user_id, slug, level, period_start from user_badges
        where period_kind = 'week' and ${within("user_id", chunk)}
      ), changes as materialized (
        select user_id, slug, level, wanted.week_start as to_start, held.period_start as from_start
        from wanted full join held using (user_id, slug, level)
        where wanted.week_start is distinct from held.period_start
      ), taken as (
        delete from user_badges as old using changes
        where to_start is null and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
      ), unnoticed as (
        delete from notifications as old using changes
        where to_start is null and old.user_id = changes.user_id and old.kind = 'badge' and old.slug = changes.slug
          and old.level = changes.level and old.period_start = from_start
      ), moved as (
        update user_badges as old set period_start = to_start from changes
        where to_start is not null and from_start is not null
          and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
      ), renoticed as (
        update notifications as old set period_start = to_start from changes
        where to_start is not null and from_start is not null and old.user_id = changes.user_id and old.kind = 'badge'
          and old.slug = changes.slug and old.level = changes.level and old.period_start = from_start
      ), given as (
        insert into user_badges (user_id, slug, level, period_kind, period_start)
        select user_id, slug, level, 'week', to_start from changes where from_start is null
      ), noticed as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'badge', slug, level, to_start, ${at(now)} from changes
        where from_start is null and not exists (select from notifications as old
          where old.user_id = changes.user_id and old.kind = 'badge' and old.slug = changes.slug
            and old.level = changes.level and old.period_start = to_start)
      ), tallied as (
        update weekly_results as result set badges_awarded = coalesce(earned.n, 0)
        from weekly_results as own
        left join (select user_id, week_start, count(*)::int as n from wanted group by 1, 2) as earned
          on earned.user_id = own.user_id and earned.week_start = own.week_start
        where result.user_id = own.user_id and result.week_start = own.week_start
          and ${within("own.user_id", chunk)} and ${within("result.user_id", chunk)}
          and result.badges_awarded <> coalesce(earned.n, 0)
      )
      select count(*)::int as held from wanted where week_start = ${at(periodStart)}`,
  );
}
