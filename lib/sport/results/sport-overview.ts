import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, instantOf, rows } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import { periodStart, rank, span, userId, userName } from "./result-schemas.ts";

const MONTHS = 12;

const sums = {
  users: z.int().meta({ description: "Users who were evaluated." }),
  activeUsers: z.int().meta({ description: "Users with at least one workout." }),
  points: z.number(),
  workouts: z.int(),
  challengeMet: z.int().meta({ description: "Users who completed the challenge." }),
};
const weekTotals = z
  .object({
    weekStart: periodStart,
    ...sums,
    pointsGoalMet: z.int().meta({ description: "Users who reached their points goal." }),
    exerciseGoalMet: z.int().meta({ description: "Users who reached all their exercise goals." }),
  })
  .meta({ id: "WeekTotals", description: "Totals of all users in one week." });
const monthTotals = z
  .object({ monthStart: periodStart, ...sums })
  .meta({ id: "MonthTotals", description: "Totals of all users in one month." });
const leader = z
  .object({ rank, userId, name: userName, points: z.number(), workouts: z.int() })
  .meta({ id: "WeekLeader", description: "A user of the week's leaderboard over all users." });

const overview = z
  .object({
    timezone: z.string().meta({ description: "The zone in which weeks and months begin." }),
    week: span.nullable().meta({ description: "The newest evaluated week; null if there is none." }),
    weeks: z.array(weekTotals).meta({ description: "The newest evaluated weeks, oldest first." }),
    leaderboard: z
      .array(leader)
      .meta({ description: "The users with the most points in the newest week who show in the global rankings." }),
    month: span.nullable().meta({ description: "The newest evaluated month; null if there is none." }),
    months: z.array(monthTotals).meta({ description: `The newest ${MONTHS} evaluated months, oldest first.` }),
  })
  .meta({ id: "SportOverview", description: "Totals of weeks and months, and the leaderboard of the newest week." });

export const getSportOverview = operation({
  id: "getSportOverview",
  method: "GET",
  path: "/api/admin/sport/overview",
  access: viewers,
  summary: "Shows the totals of the last weeks and months, and the leaderboard of the newest week.",
  query: z.strictObject({
    weeks: whole(1, 52).default(12).meta({ description: "The number of weeks." }),
    limit: whole(1, 100).default(20).meta({ description: "The number of users on the leaderboard." }),
  }),
  responses: { 200: { description: "The totals.", schema: overview } },
  handle: async ({ db, query }) => {
    const [weeks, months] = await Promise.all([readWeeks(db, query.weeks), readMonths(db)]);
    const [week, month] = [weeks.at(-1)?.period, months.at(-1)?.period];
    return {
      timezone: config().timeZone,
      week: week === undefined ? null : withInclusiveEnd(week),
      weeks: weeks.map(({ period, ...totals }) => ({ weekStart: period.start, ...totals })),
      leaderboard: week === undefined ? [] : await readLeaders(db, week, query.limit),
      month: month === undefined ? null : withInclusiveEnd(month),
      months: months.map(({ period, ...totals }) => ({ monthStart: period.start, ...totals })),
    };
  },
});

const withInclusiveEnd = (period: Period) => ({ start: period.start, end: inclusiveEnd(period) });

interface Totals {
  users: number;
  activeUsers: number;
  points: number;
  workouts: number;
  challengeMet: number;
}
type WeekTotals = Totals & { pointsGoalMet: number; exerciseGoalMet: number };
type Read<T> = T & { start: string; end: string };

const TOTALS = sql`period_start as start, period_end as end, users, active_users as "activeUsers", points::float8 as points,
  workouts::float8 as workouts, challenge_met as "challengeMet"`;

/** Reads the totals of the newest evaluated weeks, the oldest first. */
export async function readWeeks(db: Db, count: number): Promise<(WeekTotals & { period: Period })[]> {
  const totals = await rows<Read<WeekTotals>>(
    db,
    sql`select ${TOTALS}, points_goal_met as "pointsGoalMet", exercise_goal_met as "exerciseGoalMet"
      from period_totals where period_kind = 'week' order by period_start desc limit ${count}`,
  );
  return totals.reverse().map(withPeriod);
}

async function readMonths(db: Db): Promise<(Totals & { period: Period })[]> {
  const totals = await rows<Read<Totals>>(
    db,
    sql`select ${TOTALS} from period_totals where period_kind = 'month' order by period_start desc limit ${MONTHS}`,
  );
  return totals.reverse().map(withPeriod);
}

const withPeriod = <T>({ start, end, ...totals }: Read<T>) => ({
  ...totals,
  period: { start: instantOf(start), end: instantOf(end) },
});

/** The users with the most points in a week, without those who hide from the global rankings now. */
export function readLeaders(db: Db, week: Period, limit: number) {
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
