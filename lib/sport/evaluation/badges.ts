import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type EvaluationKind, resultTable } from "./period-results.ts";
import { inChunk, type UserChunk } from "./user-chunks.ts";

/**
 * Writes all badges of a chunk's users from all their evaluated weeks, months and workouts, so that a late change to an
 * old period also moves, adds and removes badges of other periods. The levels of each badge are rows of the table
 * `badges`, which the migration drizzle/0001_catalogue.sql fills. A badge belongs to
 *  - the n-th week or month in which the goal was met, if its level counts how often, or
 *  - the first evaluated week or month that ended after the lifetime total reached the level. If a week and a month end
 *    together, it belongs to the week. Exactly one activity crosses each level.
 *
 * Only differences are written. Needs the users' results of the period; lockChunk keeps two evaluations apart.
 * @returns how many badges of the chunk's users belong to the period.
 */
export async function deriveBadges(
  tx: Db,
  kind: EvaluationKind,
  period: Period,
  chunk: UserChunk,
  now: Date,
): Promise<number> {
  const { badges } = await row<{ badges: number }>(
    tx,
    sql`with ${earnedBadges(chunk)}, stored as (
        select user_id, slug, level, period_kind, period_start from user_badges where ${inChunk("user_id", chunk)}
      ), changes as materialized (
        select user_id, slug, level, earned.period_kind as to_kind, earned.period_start as to_start,
          stored.period_start as from_start
        from earned full join stored using (user_id, slug, level)
        where (earned.period_kind, earned.period_start) is distinct from (stored.period_kind, stored.period_start)
      ), deleted as (
        delete from user_badges as old using changes
        where to_start is null and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
          and ${inChunk("old.user_id", chunk)}
      ), notifications_deleted as (
        delete from notifications as old using changes
        where to_start is null and old.user_id = changes.user_id and old.kind = 'badge' and old.slug = changes.slug
          and old.level = changes.level and old.period_start = from_start and ${inChunk("old.user_id", chunk)}
      ), moved as (
        update user_badges as old set period_kind = to_kind, period_start = to_start from changes
        where to_start is not null and from_start is not null
          and old.user_id = changes.user_id and old.slug = changes.slug and old.level = changes.level
          and ${inChunk("old.user_id", chunk)}
      ), notifications_moved as (
        update notifications as old set period_start = to_start from changes
        where to_start <> from_start and old.user_id = changes.user_id and old.kind = 'badge'
          and old.slug = changes.slug and old.level = changes.level and old.period_start = from_start
          and ${inChunk("old.user_id", chunk)}
      ), inserted as (
        insert into user_badges (user_id, slug, level, period_kind, period_start)
        select user_id, slug, level, to_kind, to_start from changes where from_start is null
      ), notifications_inserted as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'badge', slug, level, to_start, ${at(now)} from changes
        where from_start is null
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), weeks_updated as (${updateBadgeCounts("week", chunk)}), months_updated as (${updateBadgeCounts("month", chunk)})
      select count(*)::int as badges from earned where period_kind = ${kind} and period_start = ${at(period.start)}`,
  );
  return badges;
}

/** Common table expressions; the last one, `earned`, has the badges that the users earn. */
function earnedBadges(chunk: UserChunk): SQL {
  return sql`counted as (
      select user_id, slug, period_kind, period_start,
        row_number() over (partition by user_id, slug order by period_start) as level
      from (
        select user_id, slug, 'week' as period_kind, week_start as period_start
        from weekly_results cross join lateral (values
          ('weekly-goal-exercises', goal_exercises_met),
          ('weekly-goal-points', goal_points_met),
          ('weekly-challenge-points', goal_challenge_met)) as goals (slug, met)
        where met and ${inChunk("user_id", chunk)}
        union all
        select user_id, 'monthly-challenge-points', 'month', month_start
        from monthly_results where challenge_met and ${inChunk("user_id", chunk)}) as goals_met
    ), lifetime_levels as materialized (
      -- cast once here, not for each activity
      select exercise_id, slug, level, level::numeric as total from badges where kind = 'lifetime'
    ), amounts as (
      select user_id, exercise_id, start_time, sum(amount) over so_far - amount as before, sum(amount) over so_far as after
      from workout_activities join exercises on exercises.id = exercise_id
      cross join lateral (select case measurement_type
        when 'reps' then reps when 'time' then duration_seconds else distance_km end as amount) as own
      where amount > 0 and ${inChunk("user_id", chunk)} and exercise_id in (select exercise_id from lifetime_levels)
      window so_far as (partition by user_id, exercise_id order by start_time, workout_activities.id)
    ), lifetime as (
      select amounts.user_id, slug, level, case when by_week then 'week' else 'month' end as period_kind,
        case when by_week then week.period_start else month.period_start end as period_start
      from amounts
      join lifetime_levels on lifetime_levels.exercise_id = amounts.exercise_id
        and lifetime_levels.total > before and lifetime_levels.total <= after
      left join lateral (${firstPeriodAfter("week")}) as week on true
      left join lateral (${firstPeriodAfter("month")}) as month on true
      cross join lateral (
        select coalesce(week.period_end <= month.period_end, month.period_end is null) as by_week) as choice
      where week.period_end is not null or month.period_end is not null
    ), earned as materialized (
      select user_id, slug, level::int as level, period_kind, period_start from counted join badges using (slug, level)
      union all
      select user_id, slug, level, period_kind, period_start from lifetime
    )`;
}

/** A query for a user's first evaluated period of a kind that ended after an activity. */
function firstPeriodAfter(kind: EvaluationKind): SQL {
  const { table, start, end } = resultTable(kind);
  return sql`select ${start} as period_start, ${end} as period_end from ${table} as result
    where result.user_id = amounts.user_id and result.${end} > amounts.start_time order by ${start} limit 1`;
}

/** A statement that stores in each result of a kind how many badges it earned, if the number differs. */
function updateBadgeCounts(kind: EvaluationKind, chunk: UserChunk): SQL {
  const { table, start } = resultTable(kind);
  return sql`update ${table} as result set badges_awarded = coalesce(counts.n, 0)
    from ${table} as own
    left join (
      select user_id, period_start, count(*)::int as n from earned where period_kind = ${kind} group by 1, 2) as counts
      on counts.user_id = own.user_id and counts.period_start = own.${start}
    where result.user_id = own.user_id and result.${start} = own.${start}
      and ${inChunk("own.user_id", chunk)} and ${inChunk("result.user_id", chunk)}
      and result.badges_awarded <> coalesce(counts.n, 0)`;
}
