import { and, asc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { userOrViewer } from "../../http/access.ts";
import { id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import type { EvaluationKind } from "../evaluation/period-results.ts";
import { awards, monthlyRankings, monthlyResults, userBadges, weeklyResults } from "../evaluation/schema.ts";
import { notEvaluated, periodParameters, queriedKind, queriedPeriod, requireUserId } from "./query.ts";
import { result } from "./result-schemas.ts";

export const getResult = operation({
  id: "getResult",
  method: "GET",
  path: "/api/sport/results",
  access: userOrViewer,
  summary: "Shows a user's result of a week or month: points, workouts, goals, ranks, badges and awards.",
  description:
    "Of the week that contains the date `week`, or of `month`; without either, of the newest week that has ended.",
  sampleQuery: { userId: "one-of-mine" },
  query: z.strictObject({ userId: id.optional(), ...periodParameters }),
  responses: {
    200: { description: "The result.", schema: result },
    404: "The period has not been evaluated, or the user has no result in it.",
  },
  handle: async ({ db, caller, query, now }) => {
    const userId = requireUserId(caller, query.userId);
    const kind = queriedKind(query);
    const period = queriedPeriod(kind, query[kind], now);
    const result = await (kind === "week" ? readWeek : readMonth)(db, userId, period);
    if (result === undefined) throw notEvaluated(kind, period, userId);
    return { ...result, ...(await readBadgesAndAwards(db, userId, kind, period)) };
  },
});

async function readWeek(db: Db, userId: string, week: Period) {
  const [stored] = await db
    .select()
    .from(weeklyResults)
    .where(and(eq(weeklyResults.userId, userId), eq(weeklyResults.weekStart, week.start)));
  return stored && { ...stored, periodKind: "week" as const, weekEnd: inclusiveEnd(week) };
}

async function readMonth(db: Db, userId: string, month: Period) {
  const [stored] = await db
    .select({ result: monthlyResults, rankings: monthlyRankings })
    .from(monthlyResults)
    .leftJoin(
      monthlyRankings,
      and(eq(monthlyRankings.userId, userId), eq(monthlyRankings.monthStart, monthlyResults.monthStart)),
    )
    .where(and(eq(monthlyResults.userId, userId), eq(monthlyResults.monthStart, month.start)));
  if (stored === undefined) return undefined;
  return {
    ...stored.result,
    periodKind: "month" as const,
    monthEnd: inclusiveEnd(month),
    ranks: stored.rankings && ranksOf(stored.rankings),
  };
}

function ranksOf(rankings: typeof monthlyRankings.$inferSelect) {
  const { globalPoints, globalPullups, globalPushups, globalSitups } = rankings;
  const { friendsPoints, friendsPullups, friendsPushups, friendsSitups, friendsParticipants } = rankings;
  return {
    global: { points: globalPoints, pullups: globalPullups, pushups: globalPushups, situps: globalSitups },
    friends: {
      points: friendsPoints,
      pullups: friendsPullups,
      pushups: friendsPushups,
      situps: friendsSitups,
      participants: friendsParticipants,
    },
  };
}

/** The badges and awards that a user earned in a period. */
async function readBadgesAndAwards(db: Db, userId: string, kind: EvaluationKind, { start }: Period) {
  const ofPeriod = <T extends typeof userBadges | typeof awards>(table: T) =>
    and(eq(table.userId, userId), eq(table.periodKind, kind), eq(table.periodStart, start));
  const { slug, level } = userBadges;
  return {
    badges: await db
      .select({ slug, level })
      .from(userBadges)
      .where(ofPeriod(userBadges))
      .orderBy(asc(slug), asc(level)),
    awards: await db.select({ type: awards.type }).from(awards).where(ofPeriod(awards)).orderBy(asc(awards.type)),
  };
}
