import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { inChunk, type UserChunk } from "./user-chunks.ts";

/** The table with the results of each kind of period, and its columns for the period. */
const RESULT_TABLES = {
  week: { table: "weekly_results", start: "week_start", end: "week_end" },
  month: { table: "monthly_results", start: "month_start", end: "month_end" },
} as const;

/** The kinds of periods that are evaluated. */
export type EvaluationKind = keyof typeof RESULT_TABLES;

/** The table with a kind's results and its columns for the period, as parts of a statement. */
export function resultTable(kind: EvaluationKind): { table: SQL; start: SQL; end: SQL } {
  const { table, start, end } = RESULT_TABLES[kind];
  return { table: sql.raw(table), start: sql.raw(start), end: sql.raw(end) };
}

/** The columns that only the results of one kind have, as parts of the statement in `deriveResults`. */
export interface ResultExtension {
  /** More common table expressions; they may read `active_users` and `sums`. Each ends with a comma. */
  with: SQL;
  /** Joins to `derived`, which has one row for each user. */
  joins: SQL;
  /** The value of each column. */
  columns: Record<string, SQL>;
  /** For each goal, the column that says whether the user reached it; null if this kind has no such goal. */
  goals: Record<Goal, string | null>;
}

/** A user's own goals, which only weeks have, and the challenge for all users. */
export type Goal = "pointsGoalMet" | "exerciseGoalMet" | "challengeMet";

/** Sums over the results of many users. For each goal: how many users reached it, or null. */
export interface ResultSums extends Record<Goal, number | null> {
  users: number;
  /** Users with at least one workout. */
  activeUsers: number;
  points: number;
  workouts: number;
}

/** A result that an evaluation changed: the points before and after. */
export interface ResultChange {
  userId: string;
  pointsBefore: number;
  points: number;
}

/** What an evaluation did to the results of many users. */
export interface ResultChanges {
  newResults: number;
  changedResults: number;
  /** A few of the changed results. */
  changes: ResultChange[];
}

/** How many changed results are named. */
const MAX_CHANGES = 5;

export const NO_CHANGES: ResultChanges = { newResults: 0, changedResults: 0, changes: [] };

/** Adds the changes of two sets of users. Pure. */
export const addChanges = (a: ResultChanges, b: ResultChanges): ResultChanges => ({
  newResults: a.newResults + b.newResults,
  changedResults: a.changedResults + b.changedResults,
  changes: [...a.changes, ...b.changes].slice(0, MAX_CHANGES),
});

const COMMON_COLUMNS = ["total_points", "total_workouts", "total_exercises", "exercise_totals"];

/**
 * Writes the results of a chunk's users for a period (docs/domain.md, section 3). Each active user gets a row, even
 * without a workout; an inactive user gets none and loses an existing one. Rows that would not change are not written.
 *
 * Each table is restricted to the chunk by itself: with joins alone, the planner reads whole tables for each chunk.
 * @returns sums over the chunk's users, and how many rows were written.
 */
export async function deriveResults(
  tx: Db,
  kind: EvaluationKind,
  period: Period,
  chunk: UserChunk,
  extension: ResultExtension,
): Promise<ResultSums & ResultChanges> {
  const { table, start } = resultTable(kind);
  const columns = [RESULT_TABLES[kind].end, ...COMMON_COLUMNS, ...Object.keys(extension.columns)];
  const goalCounts = Object.entries(extension.goals).map(([goal, column]) =>
    sql.raw(`${column === null ? "null" : `(count(*) filter (where ${column}))`}::int as "${goal}"`),
  );
  return row(
    tx,
    sql`with active_users as materialized (
        select * from users where is_active and ${inChunk("id", chunk)}
      ), sums as materialized (
        select activity.user_id, activity.exercise_id, sum(points_earned) as points,
          sum(reps) as reps, sum(duration_seconds) as seconds, sum(distance_km) as km
        from active_users join workout_activities as activity on activity.user_id = active_users.id
        where activity.start_time >= ${at(period.start)} and activity.start_time < ${at(period.end)}
          and ${inChunk("activity.user_id", chunk)}
        group by 1, 2
      ), totals as (
        select user_id, sum(points) as points, count(*) as exercises,
          -- built as text, which takes a third of the time of jsonb_build_object
          ('{' || string_agg(to_json(exercise_id) || ':{"points":' || points || coalesce(',"reps":' || trim_scale(reps), '')
            || coalesce(',"seconds":' || trim_scale(seconds), '') || coalesce(',"km":' || trim_scale(km), '') || '}',
            ',') || '}')::jsonb as by_exercise
        from sums group by 1
      ), workout_counts as (
        select workouts.user_id, count(*) as workouts
        from active_users join workouts on workouts.user_id = active_users.id
        where start_time >= ${at(period.start)} and start_time < ${at(period.end)}
          and ${inChunk("workouts.user_id", chunk)}
        group by 1
      ), ${extension.with} derived as (
        select active_users.*, coalesce(totals.points, 0) as points, coalesce(workouts, 0) as workouts,
          coalesce(exercises, 0) as exercises, coalesce(by_exercise, '{}') as by_exercise
        from active_users
        left join totals on totals.user_id = active_users.id
        left join workout_counts on workout_counts.user_id = active_users.id
      ), results as materialized (
        select derived.id, points, workouts, exercises, by_exercise, ${sql.join(
          Object.entries(extension.columns).map(([column, value]) => sql`${value} as ${sql.raw(column)}`),
          sql`, `,
        )}
        from derived ${extension.joins}
      ), deleted as (
        delete from ${table} as old using users
        where old.user_id = users.id and not users.is_active and ${start} = ${at(period.start)}
          and ${inChunk("old.user_id", chunk)} and ${inChunk("users.id", chunk)}
      ), written as (
        insert into ${table} as old (user_id, ${start}, ${sql.raw(columns.join(", "))})
        select id, ${at(period.start)}, ${at(period.end)}, points, workouts, exercises, by_exercise,
          ${sql.raw(Object.keys(extension.columns).join(", "))}
        from results order by id
        ${updateChanged(["user_id", RESULT_TABLES[kind].start], columns)}
        returning user_id
      ), changed as materialized (
        -- the table as it was before this statement
        select results.id, earlier.total_points as before, results.points as after
        from written join results on results.id = written.user_id
        join ${table} as earlier on earlier.user_id = written.user_id
        where earlier.${start} = ${at(period.start)} and ${inChunk("earlier.user_id", chunk)}
      )
      select count(*)::int as users, (count(*) filter (where workouts > 0))::int as "activeUsers",
        coalesce(sum(points), 0)::float8 as points, coalesce(sum(workouts), 0)::int as workouts,
        ${sql.join(goalCounts, sql`, `)},
        (select count(*) from changed)::int as "changedResults",
        ((select count(*) from written) - (select count(*) from changed))::int as "newResults",
        (select coalesce(jsonb_agg(jsonb_build_object('userId', id, 'pointsBefore', before, 'points', after)), '[]')
          from (select * from changed order by abs(after - before) desc, id limit ${MAX_CHANGES}) as most) as changes
      from results`,
  );
}

/** Deletes a chunk's ranks in a period of users who no longer have a result of that period. */
export async function deleteRanksWithoutResult(
  tx: Db,
  ranksTable: "leaderboard_results" | "monthly_rankings",
  kind: EvaluationKind,
  period: Period,
  chunk: UserChunk,
): Promise<void> {
  const { table: results, start } = resultTable(kind);
  await rows(
    tx,
    sql`delete from ${sql.raw(ranksTable)} as old where ${start} = ${at(period.start)} and ${inChunk("old.user_id", chunk)}
      and not exists (select from ${results} as result
        where result.user_id = old.user_id and result.${start} = ${at(period.start)}
          and ${inChunk("result.user_id", chunk)})`,
  );
}
