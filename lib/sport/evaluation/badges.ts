import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type Evaluated, resultsOf } from "./period-results.ts";
import { type Chunk, within } from "./user-chunks.ts";

/**
 * Derives all badges of a chunk's users from all evaluated weeks and months and all workouts, whichever evaluation asks;
 * so a late change to an old period moves, gives and takes badges wherever it must. A badge belongs to the first
 *  - week or month that is the n-th in which the goal was met (counted badges), or
 *  - evaluated period, of either kind, by whose end the lifetime total had reached the level; where a week and a month
 *    end together, the week. Every level is crossed by exactly one activity.
 * The catalogue in `badges` says which levels there are. To be called when the users' results of the period are there.
 * Only differences to what is held are written. Two evaluations never derive for the same users at once (chunks.ts).
 * @returns how many badges the chunk's users hold from the period.
 */
export async function deriveBadges(
  tx: Db,
  kind: Evaluated,
  period: Period,
  chunk: Chunk,
  now: Date,
): Promise<{ held: number }> {
  return row(
    tx,
    sql`with ${wanted(chunk)}, held as (
        select user_id, slug, level, period_kind, period_start from user_badges where ${within("user_id", chunk)}
      ), changes as materialized (
        select user_id, slug, level, wanted.period_kind as to_kind, wanted.period_start as to_start,
          held.period_start as from_start
        from wanted full join held using (user_id, slug, level)
        where (wanted.period_kind, wanted.period_start) is distinct from (held.period_kind, held.period_start)
      ), taken as (
        delete from user_badges as old using changes
        where to_start is null and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
          and ${within("old.user_id", chunk)}
      ), unnoticed as (
        delete from notifications as old using changes
        where to_start is null and old.user_id = changes.user_id and old.kind = 'badge' and old.slug = changes.slug
          and old.level = changes.level and old.period_start = from_start and ${within("old.user_id", chunk)}
      ), moved as (
        update user_badges as old set period_kind = to_kind, period_start = to_start from changes
        where to_start is not null and from_start is not null
          and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
          and ${within("old.user_id", chunk)}
      ), renoticed as (
        update notifications as old set period_start = to_start from changes
        where to_start <> from_start and old.user_id = changes.user_id and old.kind = 'badge'
          and old.slug = changes.slug and old.level = changes.level and old.period_start = from_start
          and ${within("old.user_id", chunk)}
      ), given as (
        insert into user_badges (user_id, slug, level, period_kind, period_start)
        select user_id, slug, level, to_kind, to_start from changes where from_start is null
      ), noticed as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'badge', slug, level, to_start, ${at(now)} from changes
        where from_start is null
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), weeks_tallied as (${tallied("week", chunk)}), months_tallied as (${tallied("month", chunk)})
      select count(*)::int as held from wanted where period_kind = ${kind} and period_start = ${at(period.start)}`,
  );
}

/** Common table expressions, the last of them `wanted`: the badges there ought to be. */
function wanted(chunk: Chunk): SQL {
  return sql`counted as (
      select user_id, slug, period_kind, period_start,
        row_number() over (partition by user_id, slug order by period_start) as level
      from (
        select user_id, slug, 'week' as period_kind, week_start as period_start
        from weekly_results cross join lateral (values
          ('weekly-goal-exercises', goal_exercises_met),
          ('weekly-goal-points', goal_points_met),
          ('weekly-challenge-points', goal_challenge_met)) as goals (slug, met)
        where met and ${within("user_id", chunk)}
        union all
        select user_id, 'monthly-challenge-points', 'month', month_start
        from monthly_results where challenge_met and ${within("user_id", chunk)}) as reached
    ), rungs as materialized (
      -- a number as totals are, once and not for every activity
      select exercise_id, slug, level, level::numeric as total from badges where kind = 'lifetime'
    ), amounts as (
      select user_id, exercise_id, start_time, sum(amount) over sofar - amount as before, sum(amount) over sofar as after
      from workout_activities join exercises on exercises.id = exercise_id
      cross join lateral (select case measurement_type
        when 'reps' then reps when 'time' then duration_seconds else distance_km end as amount) as own
      where amount > 0 and ${within("user_id", chunk)} and exercise_id in (select exercise_id from rungs)
      window sofar as (partition by user_id, exercise_id order by start_time, workout_activities.id)
    ), lifetime as (
      select amounts.user_id, slug, level, case when by_week then 'week' else 'month' end as period_kind,
        case when by_week then week.period_start else month.period_start end as period_start
      from amounts
      join rungs on rungs.exercise_id = amounts.exercise_id and rungs.total > before and rungs.total <= after
      left join lateral (${firstAfter("week")}) as week on true
      left join lateral (${firstAfter("month")}) as month on true
      cross join lateral (
        select coalesce(week.period_end <= month.period_end, month.period_end is null) as by_week) as choice
      where week.period_end is not null or month.period_end is not null
    ), wanted as materialized (
      select user_id, slug, level::int as level, period_kind, period_start from counted join badges using (slug, level)
      union all
      select user_id, slug, level, period_kind, period_start from lifetime
    )`;
}

/** The first evaluated period of a kind that ended after an activity. */
function firstAfter(kind: Evaluated): SQL {
  const { table, start, end } = resultsOf(kind);
  return sql`select ${start} as period_start, ${end} as period_end from ${table} as result
    where result.user_id = amounts.user_id and result.${end} > amounts.start_time order by ${start} limit 1`;
}

/** Writes into the results of a kind how many badges each has earned, where another number stands there. */
function tallied(kind: Evaluated, chunk: Chunk): SQL {
  const { table, start } = resultsOf(kind);
  return sql`update ${table} as result set badges_awarded = coalesce(earned.n, 0)
    from ${table} as own
    left join (
      select user_id, period_start, count(*)::int as n from wanted where period_kind = ${kind} group by 1, 2) as earned
      on earned.user_id = own.user_id and earned.period_start = own.${start}
    where result.user_id = own.user_id and result.${start} = own.${start}
      and ${within("own.user_id", chunk)} and ${within("result.user_id", chunk)}
      and result.badges_awarded <> coalesce(earned.n, 0)`;
}
