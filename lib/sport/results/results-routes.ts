import { and, asc, desc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate, id } from "../../http/fields.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import type { EvaluationKind } from "../evaluation/period-results.ts";
import { awards, monthlyRankings, monthlyResults, userBadges, weeklyResults } from "../evaluation/schema.ts";
import { readFriendsRanking } from "./friends-ranking.ts";
import { notEvaluated, periodParameters, queriedKind, queriedPeriod, requireUserId } from "./query.ts";

/** Read endpoints for one user: results of a week or month, the leaderboard of a week, badges and awards. */

/**
 * `GET /api/sport/results?userId&week|month`: a user's result of the week that contains the date `week`, or of `month`.
 * Without either, the newest ended week.
 */
export const resultsRoute = defineRoute({
  GET: method({
    summary: "A user's result of a week or month: points, workouts, goals, ranks, badges and awards.",
    security: ["adminToken", "userToken"],
    sampleQuery: { userId: "member-001" },
    responses: { 404: "The period has not been evaluated, or the user has no result in it." },
    query: z.strictObject({ userId: id.optional(), ...periodParameters }),
    handle: async ({ db, caller, query, now }) => {
      const userId = requireUserId(caller, query.userId);
      const kind = queriedKind(query);
      const period = queriedPeriod(kind, query[kind], now);
      const result = await (kind === "week" ? readWeek : readMonth)(db, userId, period);
      if (result === undefined) throw notEvaluated(kind, period, userId);
      return { ...result, ...(await readBadgesAndAwards(db, userId, kind, period)) };
    },
  }),
});

/** `GET /api/sport/leaderboard?userId&week`: a user and their direct friends by the points of a week. */
export const leaderboardRoute = defineRoute({
  GET: method({
    summary: "A user and their direct friends, ranked by the points of a week; equal points share a rank.",
    security: ["adminToken", "userToken"],
    sampleQuery: { userId: "member-001" },
    responses: { 404: "The week has not been evaluated, or the user has no result in it." },
    query: z.strictObject({ userId: id.optional(), week: calendarDate.optional() }),
    handle: async ({ db, caller, query, now }) => {
      const userId = requireUserId(caller, query.userId);
      const week = queriedPeriod("week", query.week, now);
      const ranking = await readFriendsRanking(db, "week", week, "total_points", userId);
      const entries = ranking.map(({ value: points, ...entry }) => ({ ...entry, points }));
      const own = entries.find((entry) => entry.userId === userId);
      if (own === undefined) throw notEvaluated("week", week, userId);
      const { rank, points } = own;
      const weekEnd = inclusiveEnd(week);
      return { userId, weekStart: week.start, weekEnd, rank, points, participants: entries.length, entries };
    },
  }),
});

/** `GET /api/sport/badges?userId`: all badges and awards of a user, newest first. */
export const badgesRoute = defineRoute({
  GET: method({
    summary: "All badges and awards of a user, newest first.",
    security: ["adminToken", "userToken"],
    sampleQuery: { userId: "member-001" },
    query: z.strictObject({ userId: id.optional() }),
    handle: async ({ db, caller, query }) => {
      const userId = requireUserId(caller, query.userId);
      const { slug, level, periodKind, periodStart } = userBadges;
      const badges = await db
        .select({ slug, level, periodKind, periodStart })
        .from(userBadges)
        .where(eq(userBadges.userId, userId))
        .orderBy(desc(periodStart), asc(slug), asc(level));
      const userAwards = await db
        .select({ type: awards.type, periodKind: awards.periodKind, periodStart: awards.periodStart })
        .from(awards)
        .where(eq(awards.userId, userId))
        .orderBy(desc(awards.periodStart), asc(awards.type));
      return { userId, badges, awards: userAwards };
    },
  }),
});

async function readWeek(db: Db, userId: string, week: Period) {
  const [result] = await db
    .select()
    .from(weeklyResults)
    .where(and(eq(weeklyResults.userId, userId), eq(weeklyResults.weekStart, week.start)));
  return result && { ...result, weekEnd: inclusiveEnd(week) };
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
  return { ...stored.result, monthEnd: inclusiveEnd(month), ranks: stored.rankings && ranksOf(stored.rankings) };
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
