import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, instantOf, rows } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { whole } from "../../http/fields.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import type { EvaluationKind, ResultSums } from "../evaluation/period-results.ts";

/** Months in the answer. */
const MONTHS = 12;

/** `GET /api/admin/sport/overview?weeks&limit`: totals of the last weeks and months, and the best users of the newest week. */
export const overviewRoute = defineRoute({
  GET: method({
    summary: "Totals of the last weeks and months, and the leaderboard of the newest week.",
    query: z.strictObject({ weeks: whole(1, 52).default(12), limit: whole(1, 100).default(20) }),
    handle: async ({ db, query }) => {
      const [weeks, months] = await Promise.all([readTotals(db, "week", query.weeks), readTotals(db, "month", MONTHS)]);
      const [week, month] = [weeks.at(-1)?.period, months.at(-1)?.period];
      return {
        status: "ok",
        timezone: config().timeZone,
        week: week === undefined ? null : withInclusiveEnd(week),
        weeks: weeks.map(({ period, ...sums }) => ({ weekStart: period.start, ...sums })),
        leaderboard: week === undefined ? [] : await readLeaders(db, week, query.limit),
        month: month === undefined ? null : withInclusiveEnd(month),
        months: months.map(({ period, users, activeUsers, points, workouts, challengeMet }) => {
          return { monthStart: period.start, users, activeUsers, points, workouts, challengeMet };
        }),
      };
    },
  }),
});

const withInclusiveEnd = (period: Period) => ({ start: period.start, end: inclusiveEnd(period) });

/** Totals of the newest `count` evaluated periods of a kind, oldest first. */
async function readTotals(db: Db, kind: EvaluationKind, count: number): Promise<(ResultSums & { period: Period })[]> {
  const totals = await rows<ResultSums & { start: string; end: string }>(
    db,
    sql`select period_start as start, period_end as end, users, active_users as "activeUsers", points::float8 as points,
        workouts::float8 as workouts, points_goal_met as "pointsGoalMet", exercise_goal_met as "exerciseGoalMet",
        challenge_met as "challengeMet"
      from period_totals where period_kind = ${kind} order by period_start desc limit ${count}`,
  );
  return totals
    .reverse()
    .map(({ start, end, ...sums }) => ({ period: { start: instantOf(start), end: instantOf(end) }, ...sums }));
}

/** The users with the most points in a week, without those who hide from the global rankings now. */
function readLeaders(db: Db, week: Period, limit: number) {
  return rows<{ rank: number; userId: string; name: string | null; points: number; workouts: number }>(
    db,
    // leaderboard_results is ordered by week and has the points too; weekly_results is ordered by user.
    sql`select rank, user_id as "userId", name, leaders.points::float8 as points, total_workouts as workouts
      from (
        select user_id, coalesce(nickname, first_name) as name, points, (rank() over (order by points desc))::int as rank
        from leaderboard_results join users on users.id = user_id
        where week_start = ${at(week.start)} and points > 0 and show_in_global_rankings
        order by points desc, user_id limit ${limit}) as leaders
      join weekly_results using (user_id)
      where week_start = ${at(week.start)}
      order by rank, user_id`,
  );
}
