import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import type { Evaluated, Goal, ResultSums } from "./period-results.ts";

/** What a period's results come to: summed up chunk by chunk, kept once everybody's are there. */

export const NO_RESULTS: ResultSums = {
  users: 0,
  activeUsers: 0,
  points: 0,
  workouts: 0,
  pointsGoalMet: 0,
  exerciseGoalMet: 0,
  challengeMet: 0,
};

/** The sums of two sets of users; a goal that the period does not have stays null. Pure. */
export function addSums(a: ResultSums, b: ResultSums): ResultSums {
  const met = (goal: Goal) => (a[goal] === null || b[goal] === null ? null : a[goal] + b[goal]);
  return {
    users: a.users + b.users,
    activeUsers: a.activeUsers + b.activeUsers,
    points: Math.round((a.points + b.points) * 100) / 100,
    workouts: a.workouts + b.workouts,
    pointsGoalMet: met("pointsGoalMet"),
    exerciseGoalMet: met("exerciseGoalMet"),
    challengeMet: met("challengeMet"),
  };
}

/** Puts them down in place of what a former evaluation came to. */
export async function writeTotals(tx: Db, kind: Evaluated, { start, end }: Period, sums: ResultSums): Promise<void> {
  await rows(
    tx,
    sql`insert into period_totals as old (period_kind, period_start, ${sql.raw(COLUMNS.join(", "))})
      values (${kind}, ${at(start)}, ${at(end)}, ${sums.users}, ${sums.activeUsers}, ${sums.points}, ${sums.workouts},
        ${sums.pointsGoalMet}, ${sums.exerciseGoalMet}, ${sums.challengeMet})
      ${updateChanged(["period_kind", "period_start"], COLUMNS)}`,
  );
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
