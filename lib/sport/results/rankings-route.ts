import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, row, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarMonth, id, whole } from "../../http/fields.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_COLUMN } from "../training/categories.ts";
import { type RankedUser, readFriendsRanking } from "./friends-ranking.ts";
import { namedUser, notEvaluated, queriedPeriod, requireUserId } from "./query.ts";

/** The indexes on global ranks end here. */
const MAX_ENTRIES = 100;

const rankingQuery = z.strictObject({
  userId: id.optional(),
  month: calendarMonth.optional(),
  scope: z.enum(["global", "friends"], { error: "global or friends" }).default("global"),
  category: z.enum(CATEGORIES, { error: `one of ${CATEGORIES.join(", ")}` }).default("points"),
  limit: whole(1, MAX_ENTRIES).default(MAX_ENTRIES),
});

interface Ranking {
  participants: number;
  entries: Partial<RankedUser>[];
  own: { rank: number; value: number } | null;
}

/**
 * `GET /api/sport/rankings?month&scope&category&userId&limit`: the ranking of a month, global or of a user and their
 * direct friends. A user's token reads only the rankings in which that user takes part.
 */
export const rankingsRoute = defineRoute({
  GET: method({
    summary:
      "The ranking of a month: of all users who take part in the global rankings, or of a user and their direct friends.",
    security: ["adminToken", "userToken"],
    responses: { 404: "The month has not been evaluated, or the user has no result in it." },
    query: rankingQuery,
    handle: async ({ db, caller, query, now }) => {
      const month = queriedPeriod("month", query.month, now);
      const { scope, category } = query;
      const read = scope === "global" ? readGlobal : readFriends;
      const ranking = await read(db, caller, query, month);
      return { monthStart: month.start, monthEnd: inclusiveEnd(month), scope, category, ...ranking };
    },
  }),
});

type RankingQuery = z.output<typeof rankingQuery>;

async function readGlobal(db: Db, caller: Caller, query: RankingQuery, month: Period): Promise<Ranking> {
  const userId = namedUser(caller, query.userId);
  if (userId !== undefined) requireSelf(caller, userId);
  const { evaluated, participants } = await readParticipants(db, month, query.category);
  if (!evaluated) throw notEvaluated("month", month);
  const own = userId === undefined ? null : await readOwn(db, month, query.category, userId);
  if (caller.role === "user" && own === null) {
    const name = `the global ranking by ${query.category} for the month from ${month.start.toISOString()}`;
    throw new AppError(
      "forbidden",
      `a user's token reads only rankings that the user is in; this user is not in ${name}`,
    );
  }
  const entries = await readTop(db, month, query.category, query.limit);
  // Other users get to see names, but no ids.
  const visible = entries.map(({ userId: entryUserId, ...entry }) =>
    caller.role === "admin" || entryUserId === userId ? { userId: entryUserId, ...entry } : entry,
  );
  return { participants, entries: visible, own };
}

async function readFriends(db: Db, caller: Caller, query: RankingQuery, month: Period): Promise<Ranking> {
  const userId = requireUserId(caller, query.userId);
  const entries = await readFriendsRanking(db, "month", month, VALUE_COLUMN[query.category], userId);
  const own = entries.find((entry) => entry.userId === userId);
  if (own === undefined) throw notEvaluated("month", month, userId);
  const { rank, value } = own;
  return { participants: entries.length, entries: entries.slice(0, query.limit), own: { rank, value } };
}

/** Whether a month has been evaluated, and how many users take part in its global ranking. */
function readParticipants(
  db: Db,
  month: Period,
  category: Category,
): Promise<{ evaluated: boolean; participants: number }> {
  return row(
    db,
    sql`select exists (select from monthly_rankings where month_start = ${at(month.start)}) as evaluated,
      coalesce((select participants from monthly_standings
        where month_start = ${at(month.start)} and category = ${category} order by value limit 1), 0) as participants`,
  );
}

async function readOwn(
  db: Db,
  month: Period,
  category: Category,
  userId: string,
): Promise<{ rank: number; value: number } | null> {
  const rank = sql.raw(`global_${category}`);
  const [own] = await rows<{ rank: number; value: number }>(
    db,
    sql`select ${rank} as rank, ${sql.raw(VALUE_COLUMN[category])}::float8 as value
      from monthly_rankings join monthly_results using (month_start, user_id)
      where month_start = ${at(month.start)} and user_id = ${userId} and ${rank} is not null`,
  );
  return own ?? null;
}

/** The top of the global ranking. Ranks are those of the evaluation, without users who have hidden since. */
function readTop(db: Db, month: Period, category: Category, limit: number): Promise<RankedUser[]> {
  const rank = sql.raw(`global_${category}`);
  return rows(
    db,
    sql`select user_id as "userId", coalesce(nickname, first_name) as name, ${rank} as rank,
        ${sql.raw(VALUE_COLUMN[category])}::float8 as value
      from monthly_rankings join monthly_results using (month_start, user_id) join users on users.id = user_id
      where month_start = ${at(month.start)} and ${rank} <= ${sql.raw(String(MAX_ENTRIES))} and ${rank} <= ${limit}
        and show_in_global_rankings
      order by rank, name, user_id limit ${limit}`,
  );
}
