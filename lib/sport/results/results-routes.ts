import { and, asc, desc, eq } from "drizzle-orm";
import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate, id } from "../../http/fields.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import type { Evaluated } from "../evaluation/period-results.ts";
import { awards, monthlyRankings, monthlyResults, userBadges, weeklyResults } from "../evaluation/schema.ts";
import { readAmongFriends } from "./friends-ranking.ts";
import { notEvaluated, ofPeriod, subject, wantedKind, wantedPeriod } from "./query.ts";

/** What the frontend reads: a user's own results, badges and the week's leaderboard they are in. */

/**
 * `GET /api/sport/results?userId&week|month`: a user's week or month; the newest ended week unless `week` names a date
 * in another, or `month` a month.
 */
export const resultsRoute = defineRoute({
  GET: method({
    summary: "A user's week or month: points, workouts, goals, ranks, and the badges and awards it earned.",
    security: ["adminToken", "userToken"],
    asked: { userId: "member-001" },
    answers: { 404: "The period is not evaluated, or not for this user." },
    query: z.strictObject({ userId: id.optional(), ...ofPeriod }),
    handle: async ({ db, caller, query, now }) => {
      const userId = subject(caller, query.userId);
      const kind = wantedKind(query);
      const wanted = wantedPeriod(kind, query[kind], now);
      const result = await (kind === "week" ? readWeek : readMonth)(db, userId, wanted);
      if (result === undefined) throw notEvaluated(kind, wanted, userId);
      return { ...result, ...(await readHonours(db, userId, kind, wanted)) };
    },
  }),
});

/** `GET /api/sport/leaderboard?userId&week`: a user among their direct friends; equal points share a rank. */
export const leaderboardRoute = defineRoute({
  GET: method({
    summary: "A user's week among their direct friends; equal points share a rank.",
    security: ["adminToken", "userToken"],
    asked: { userId: "member-001" },
    answers: { 404: "The week is not evaluated, or not for this user." },
    query: z.strictObject({ userId: id.optional(), week: calendarDate.optional() }),
    handle: async ({ db, caller, query, now }) => {
      const userId = subject(caller, query.userId);
      const week = wantedPeriod("week", query.week, now);
      const standings = await readAmongFriends(db, "week", week, "total_points", userId);
      const entries = standings.map(({ value: points, ...entry }) => ({ ...entry, points }));
      const own = entries.find((entry) => entry.userId === userId);
      if (own === undefined) throw notEvaluated("week", week, userId);
      const { rank, points } = own;
      const weekEnd = inclusiveEnd(week);
      return { userId, weekStart: week.start, weekEnd, rank, points, participants: entries.length, entries };
    },
  }),
});

/** `GET /api/sport/badges?userId`: all badges and awards of a user, the newest first. */
export const badgesRoute = defineRoute({
  GET: method({
    summary: "All badges and awards of a user, the newest first.",
    security: ["adminToken", "userToken"],
    asked: { userId: "member-001" },
    query: z.strictObject({ userId: id.optional() }),
    handle: async ({ db, caller, query }) => {
      const userId = subject(caller, query.userId);
      const { slug, level, periodKind, periodStart } = userBadges;
      const held = await db
        .select({ slug, level, periodKind, periodStart })
        .from(userBadges)
        .where(eq(userBadges.userId, userId))
        .orderBy(desc(periodStart), asc(slug), asc(level));
      const won = await db
        .select({ type: awards.type, periodKind: awards.periodKind, periodStart: awards.periodStart })
        .from(awards)
        .where(eq(awards.userId, userId))
        .orderBy(desc(awards.periodStart), asc(awards.type));
      return { userId, badges: held, awards: won };
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
  const [found] = await db
    .select({ result: monthlyResults, rankings: monthlyRankings })
    .from(monthlyResults)
    .leftJoin(
      monthlyRankings,
      and(eq(monthlyRankings.userId, userId), eq(monthlyRankings.monthStart, monthlyResults.monthStart)),
    )
    .where(and(eq(monthlyResults.userId, userId), eq(monthlyResults.monthStart, month.start)));
  if (found === undefined) return undefined;
  return { ...found.result, monthEnd: inclusiveEnd(month), ranks: found.rankings && ranks(found.rankings) };
}

function ranks(stored: typeof monthlyRankings.$inferSelect) {
  const { globalPoints, globalPullups, globalPushups, globalSitups } = stored;
  const { friendsPoints, friendsPullups, friendsPushups, friendsSitups, friendsParticipants } = stored;
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

/** The badges and awards that a period earned a user. */
async function readHonours(db: Db, userId: string, kind: Evaluated, { start }: Period) {
  const earned = <T extends typeof userBadges | typeof awards>(table: T) =>
    and(eq(table.userId, userId), eq(table.periodKind, kind), eq(table.periodStart, start));
  const { slug, level } = userBadges;
  return {
    badges: await db.select({ slug, level }).from(userBadges).where(earned(userBadges)).orderBy(asc(slug), asc(level)),
    awards: await db.select({ type: awards.type }).from(awards).where(earned(awards)).orderBy(asc(awards.type)),
  };
}
