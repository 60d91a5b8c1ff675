import { and, asc, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../config.ts";
import { at, type Db, rows } from "../db/db.ts";
import { AppError, fieldError } from "../errors.ts";
import { type Caller, requireSelf } from "../http/caller.ts";
import { defineRoute, method } from "../http/define-route.ts";
import { calendarDate, id } from "../http/fields.ts";
import { inclusiveEnd, newestEnded, type Period, periodOfDate } from "../time.ts";
import { awards, userBadges, weeklyResults } from "./schema.ts";

/** What the frontend reads: a user's own results, badges and the leaderboard they are in. */

const ofWeek = z.strictObject({ userId: id.optional(), week: calendarDate.optional() });

/** `GET /api/sport/results?userId&week`: a user's week; the newest ended one unless `week` names a date in another. */
export const resultsRoute = defineRoute({
  GET: method({
    query: ofWeek,
    handle: async ({ db, caller, query, now }) => {
      const userId = subject(caller, query.userId);
      const week = wantedWeek(query.week, now);
      const [result] = await db
        .select()
        .from(weeklyResults)
        .where(and(eq(weeklyResults.userId, userId), eq(weeklyResults.weekStart, week.start)));
      if (result === undefined) throw notEvaluated(userId, week);
      const earned = <T extends typeof userBadges | typeof awards>(table: T) =>
        and(eq(table.userId, userId), eq(table.periodKind, "week"), eq(table.periodStart, week.start));
      const { slug, level } = userBadges;
      return {
        ...result,
        weekEnd: inclusiveEnd(week),
        badges: await db
          .select({ slug, level })
          .from(userBadges)
          .where(earned(userBadges))
          .orderBy(asc(slug), asc(level)),
        awards: await db.select({ type: awards.type }).from(awards).where(earned(awards)).orderBy(asc(awards.type)),
      };
    },
  }),
});

/** `GET /api/sport/leaderboard?userId&week`: a user among their direct friends; equal points share a rank. */
export const leaderboardRoute = defineRoute({
  GET: method({
    query: ofWeek,
    handle: async ({ db, caller, query, now }) => {
      const userId = subject(caller, query.userId);
      const week = wantedWeek(query.week, now);
      const entries = await readLeaderboard(db, userId, week);
      const own = entries.find((entry) => entry.userId === userId);
      if (own === undefined) throw notEvaluated(userId, week);
      const { rank, points } = own;
      const weekEnd = inclusiveEnd(week);
      return { userId, weekStart: week.start, weekEnd, rank, points, participants: entries.length, entries };
    },
  }),
});

/** `GET /api/sport/badges?userId`: all badges and awards of a user, the newest first. */
export const badgesRoute = defineRoute({
  GET: method({
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

interface Entry {
  userId: string;
  name: string | null;
  rank: number;
  points: number;
}

/** The stored results of a user and their friends, ranked. */
async function readLeaderboard(db: Db, userId: string, week: Period): Promise<Entry[]> {
  return rows(
    db,
    sql`with circle as (
        select ${userId}::text as user_id
        union select user_b from friendships where user_a = ${userId} and status = 'accepted'
        union select user_a from friendships where user_b = ${userId} and status = 'accepted'
      )
      select user_id as "userId", coalesce(nickname, first_name) as name, total_points::float8 as points,
        rank() over (order by total_points desc)::int as rank
      from weekly_results as result join circle using (user_id) join users on users.id = user_id
      where week_start = ${at(week.start)}
      order by rank, name, user_id`,
  );
}

/** Whose data is asked for: a user's token means that user, the operator has to say. */
function subject(caller: Caller, userId: string | undefined): string {
  const wanted = userId ?? (caller.role === "user" ? caller.userId : undefined);
  if (wanted === undefined) {
    throw fieldError("invalid-parameter", { field: "userId", expected: "the id of a user", got: "nothing" });
  }
  requireSelf(caller, wanted);
  return wanted;
}

function wantedWeek(date: string | undefined, now: Date): Period {
  const { timeZone } = config();
  return date === undefined ? newestEnded("week", now, timeZone) : periodOfDate("week", date, timeZone);
}

function notEvaluated(userId: string, week: Period): AppError {
  return new AppError("not-found", `no result of user ${userId} for the week from ${week.start.toISOString()}`);
}
