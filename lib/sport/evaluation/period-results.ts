import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { type Chunk, within } from "./user-chunks.ts";

/** Where the results of each kind of evaluated period lie, and what their columns for the period are called. */
const RESULTS = {
  week: { table: "weekly_results", start: "week_start", end: "week_end" },
  month: { table: "monthly_results", start: "month_start", end: "month_end" },
} as const;

/** The kinds of periods that are evaluated. */
export type Evaluated = keyof typeof RESULTS;

/** The table of a kind's results, and its columns for the period, as parts of a statement. */
export function resultsOf(kind: Evaluated): { table: SQL; start: SQL; end: SQL } {
  const { table, start, end } = RESULTS[kind];
  return { table: sql.raw(table), start: sql.raw(start), end: sql.raw(end) };
}

/** What the results of one kind hold beside what all of them do. */
export interface OwnResults {
  /** Further common table expressions over `members` and `sums`, each with a comma behind it. */
  with: SQL;
  /** What is joined to the chunk's `derived` rows. */
  joins: SQL;
  /** Its columns, and their values. */
  columns: Record<string, SQL>;
  /** Which of its columns say whether a goal was met. */
  goals: Record<Goal, string | null>;
}

/** What may be met in a period: a user's own goals, of which a month has none, and the challenge for all. */
export type Goal = "pointsGoalMet" | "exerciseGoalMet" | "challengeMet";

/** Sums over users' results. */
export interface ResultSums extends Record<Goal, number | null> {
  users: number;
  /** Of them, those who trained. */
  activeUsers: number;
  points: number;
  workouts: number;
}

/**
 * Derives the results of a chunk of users for a period (domain, section 3): every active user gets a row, also one who
 * trained nothing; an inactive one gets none and loses one from before. Rows that would not change are not written.
 * Each table is told which users are meant: left to find out by a join, the planner reads all of it for every chunk.
 * @returns sums over the chunk's users.
 */
export async function deriveResults(
  tx: Db,
  kind: Evaluated,
  period: Period,
  chunk: Chunk,
  own: OwnResults,
): Promise<ResultSums> {
  const { table, start } = resultsOf(kind);
  const columns = [RESULTS[kind].end, ...COLUMNS, ...Object.keys(own.columns)];
  const met = Object.entries(own.goals).map(([goal, column]) =>
    sql.raw(`${column === null ? "null" : `(count(*) filter (where ${column}))`}::int as "${goal}"`),
  );
  return row(
    tx,
    sql`with members as materialized (
        select * from users where is_active and ${within("id", chunk)}
      ), sums as materialized (
        select done.user_id, done.exercise_id, sum(points_earned) as points,
          sum(reps) as reps, sum(duration_seconds) as seconds, sum(distance_km) as km
        from members join workout_activities as done on done.user_id = members.id
        where done.start_time >= ${at(period.start)} and done.start_time < ${at(period.end)}
          and ${within("done.user_id", chunk)}
        group by 1, 2
      ), totals as (
        select user_id, sum(points) as points, count(*) as exercises,
          -- put together as text, which takes a third of the time that jsonb_build_object does
          ('{' || string_agg(to_json(exercise_id) || ':{"points":' || points || coalesce(',"reps":' || trim_scale(reps), '')
            || coalesce(',"seconds":' || trim_scale(seconds), '') || coalesce(',"km":' || trim_scale(km), '') || '}',
            ',') || '}')::jsonb as by_exercise
        from sums group by 1
      ), visits as (
        select workouts.user_id, count(*) as workouts
        from members join workouts on workouts.user_id = members.id
        where start_time >= ${at(period.start)} and start_time < ${at(period.end)}
          and ${within("workouts.user_id", chunk)}
        group by 1
      ), ${own.with} derived as (
        select members.*, coalesce(totals.points, 0) as points, coalesce(workouts, 0) as workouts,
          coalesce(exercises, 0) as exercises, coalesce(by_exercise, '{}') as by_exercise
        from members
        left join totals on totals.user_id = members.id
        left join visits on visits.user_id = members.id
      ), results as materialized (
        select derived.id, points, workouts, exercises, by_exercise, ${sql.join(
          Object.entries(own.columns).map(([column, value]) => sql`${value} as ${sql.raw(column)}`),
          sql`, `,
        )}
        from derived ${own.joins}
      ), gone as (
        delete from ${table} as old using users
        where old.user_id = users.id and not users.is_active and ${start} = ${at(period.start)}
          and ${within("old.user_id", chunk)} and ${within("users.id", chunk)}
      ), written as (
        insert into ${table} as old (user_id, ${start}, ${sql.raw(columns.join(", "))})
        select id, ${at(period.start)}, ${at(period.end)}, points, workouts, exercises, by_exercise,
          ${sql.raw(Object.keys(own.columns).join(", "))}
        from results order by id
        ${updateChanged(["user_id", RESULTS[kind].start], columns)}
      )
      select count(*)::int as users, (count(*) filter (where workouts > 0))::int as "activeUsers",
        coalesce(sum(points), 0)::float8 as points, coalesce(sum(workouts), 0)::int as workouts, ${sql.join(met, sql`, `)}
      from results`,
  );
}

const COLUMNS = ["total_points", "total_workouts", "total_exercises", "exercise_totals"];

/** Deletes a chunk's rows of a table that is derived from results, where the user has no result of the period any more. */
export async function dropWithoutResult(
  tx: Db,
  table: "leaderboard_results" | "monthly_rankings",
  kind: Evaluated,
  period: Period,
  chunk: Chunk,
): Promise<void> {
  const { table: results, start } = resultsOf(kind);
  await rows(
    tx,
    sql`delete from ${sql.raw(table)} as old where ${start} = ${at(period.start)} and ${within("old.user_id", chunk)}
      and not exists (select from ${results} as result
        where result.user_id = old.user_id and result.${start} = ${at(period.start)}
          and ${within("result.user_id", chunk)})`,
  );
}
