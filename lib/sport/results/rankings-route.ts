import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, row, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarMonth, id, whole } from "../../http/fields.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_OF } from "../training/categories.ts";
import { readAmongFriends, type Standing } from "./friends-ranking.ts";
import { notEvaluated, subject, wantedPeriod } from "./query.ts";

/** As far as the stored order is indexed. */
const MOST = 100;

const ranking = z.strictObject({
  userId: id.optional(),
  month: calendarMonth.optional(),
  scope: z.enum(["global", "friends"], { error: "global or friends" }).default("global"),
  category: z.enum(CATEGORIES, { error: `one of ${CATEGORIES.join(", ")}` }).default("points"),
  limit: whole(1, MOST).default(MOST),
});

interface Ranking {
  participants: number;
  entries: Partial<Standing>[];
  own: { rank: number; value: number } | null;
}

/**
 * `GET /api/sport/rankings?month&scope&category&userId&limit`: a month's order of all who show in it, or of a user and
 * their direct friends. A user's token reads the rankings that user is in.
 */
export const rankingsRoute = defineRoute({
  GET: method({
    summary: "A month's ranking: of all who show in it, or of a user and their direct friends.",
    security: ["adminToken", "userToken"],
    answers: { 404: "The month is not evaluated, or not for this user." },
    query: ranking,
    handle: async ({ db, caller, query, now }) => {
      const month = wantedPeriod("month", query.month, now);
      const { scope, category } = query;
      const read = scope === "global" ? readGlobal : readFriends;
      const found = await read(db, caller, query, month);
      return { monthStart: month.start, monthEnd: inclusiveEnd(month), scope, category, ...found };
    },
  }),
});

type Asked = z.output<typeof ranking>;

async function readGlobal(db: Db, caller: Caller, asked: Asked, month: Period): Promise<Ranking> {
  const userId = asked.userId ?? (caller.role === "user" ? caller.userId : undefined);
  if (userId !== undefined) requireSelf(caller, userId);
  const { evaluated, participants } = await readExtent(db, month, asked.category);
  if (!evaluated) throw notEvaluated("month", month);
  const own = userId === undefined ? null : await readOwn(db, month, asked.category, userId);
  if (caller.role === "user" && own === null) {
    const by = `the global ranking by ${asked.category} for the month from ${month.start.toISOString()}`;
    throw new AppError("forbidden", `a user's token reads the rankings that user is in; this one is not in ${by}`);
  }
  const entries = await readTop(db, month, asked.category, asked.limit);
  const shown = entries.map(({ userId: whose, ...entry }) =>
    caller.role === "admin" || whose === userId ? { userId: whose, ...entry } : entry,
  );
  return { participants, entries: shown, own };
}

async function readFriends(db: Db, caller: Caller, asked: Asked, month: Period): Promise<Ranking> {
  const userId = subject(caller, asked.userId);
  const entries = await readAmongFriends(db, "month", month, VALUE_OF[asked.category], userId);
  const own = entries.find((entry) => entry.userId === userId);
  if (own === undefined) throw notEvaluated("month", month, userId);
  const { rank, value } = own;
  return { participants: entries.length, entries: entries.slice(0, asked.limit), own: { rank, value } };
}

/** Whether a month is evaluated, and how many take part in its global ranking. */
function readExtent(db: Db, month: Period, category: Category): Promise<{ evaluated: boolean; participants: number }> {
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
    sql`select ${rank} as rank, ${sql.raw(VALUE_OF[category])}::float8 as value
      from monthly_rankings join monthly_results using (month_start, user_id)
      where month_start = ${at(month.start)} and user_id = ${userId} and ${rank} is not null`,
  );
  return own ?? null;
}

/** The first of the global ranking. Ranks are the evaluation's; who has hidden since is not shown any more. */
function readTop(db: Db, month: Period, category: Category, limit: number): Promise<Standing[]> {
  const rank = sql.raw(`global_${category}`);
  return rows(
    db,
    sql`select user_id as "userId", coalesce(nickname, first_name) as name, ${rank} as rank,
        ${sql.raw(VALUE_OF[category])}::float8 as value
      from monthly_rankings join monthly_results using (month_start, user_id) join users on users.id = user_id
      where month_start = ${at(month.start)} and ${rank} <= ${sql.raw(String(MOST))} and ${rank} <= ${limit}
        and show_in_global_rankings
      order by rank, name, user_id limit ${limit}`,
  );
}
