import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import type { EvaluationKind, Goal, ResultSums } from "./period-results.ts";

/** The totals of a period over all users: added up chunk by chunk, and stored when the evaluation is complete. */

export const NO_RESULTS: ResultSums = {
  users: 0,
  activeUsers: 0,
  points: 0,
  workouts: 0,
  pointsGoalMet: 0,
  exerciseGoalMet: 0,
  challengeMet: 0,
};

/** Adds the sums of two sets of users. A goal that the period does not have stays null. Pure. */
export function addSums(a: ResultSums, b: ResultSums): ResultSums {
  const addGoal = (goal: Goal) => (a[goal] === null || b[goal] === null ? null : a[goal] + b[goal]);
  return {
    users: a.users + b.users,
    activeUsers: a.activeUsers + b.activeUsers,
    points: Math.round((a.points + b.points) * 100) / 100,
    workouts: a.workouts + b.workouts,
    pointsGoalMet: addGoal("pointsGoalMet"),
    exerciseGoalMet: addGoal("exerciseGoalMet"),
    challengeMet: addGoal("challengeMet"),
  };
}

const COLUMNS = [
  "period_end",
  "users",
  "active_users",
  "points",
  "workouts",
  "points_goal_met",
  "exercise_goal_met",
  "challenge_met",
];

/** Stores the totals of a period and replaces those of an earlier evaluation. */
export async function writePeriodTotals(
  tx: Db,
  kind: EvaluationKind,
  { start, end }: Period,
  sums: ResultSums,
): Promise<void> {
  await rows(
    tx,
    sql`insert into period_totals as old (period_kind, period_start, ${sql.raw(COLUMNS.join(", "))})
      values (${kind}, ${at(start)}, ${at(end)}, ${sums.users}, ${sums.activeUsers}, ${sums.points}, ${sums.workouts},
        ${sums.pointsGoalMet}, ${sums.exerciseGoalMet}, ${sums.challengeMet})
      ${updateChanged(["period_kind", "period_start"], COLUMNS)}`,
  );
}
