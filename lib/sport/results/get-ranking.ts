import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, row, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { userOrViewer } from "../../http/access.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { calendarMonth, id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { listOf } from "../../http/responses/pages.ts";
import { inclusiveEnd, type Period } from "../../time/periods.ts";
import { SCOPES } from "../evaluation/award-types.ts";
import { CATEGORIES, type Category, VALUE_COLUMN } from "../training/categories.ts";
import { readFriendsRanking } from "./friends-ranking.ts";
import { namedUser, notEvaluated, queriedPeriod, requireUserId } from "./query.ts";
import {
  afterCursor,
  BY_RANK,
  copyNumber,
  MAX_ENTRIES,
  NAME,
  type RankingPage,
  type RankingRow,
  rankingPage,
  rankingPageQuery,
} from "./ranking-page.ts";
import { month, rank, userId, userName } from "./result-schemas.ts";

const scope = z.enum(SCOPES, { error: "global or friends" });
const category = z
  .enum(CATEGORIES, { error: `one of ${CATEGORIES.join(", ")}` })
  .meta({ id: "RankingCategory", description: "What a ranking orders users by." });
const value = z.number().meta({ description: "Points, or repetitions of the exercise." });

const rankingQuery = z.strictObject({
  userId: id.optional().meta({ description: "The user of `own`. With a user's token, it is that user." }),
  month: calendarMonth.optional(),
  scope: scope.default("global").meta({
    description:
      "All users who take part in the global rankings and have a value above 0, or a user and their direct friends.",
  }),
  category: category.default("points"),
  ...rankingPageQuery,
});

const entry = z
  .object({
    userId: userId
      .optional()
      .meta({ description: "Missing for other users in a global ranking that is read with a user's token." }),
    name: userName,
    rank,
    value,
  })
  .meta({ id: "RankingEntry", description: "A user and their value in the ranking." });

const ranking = z
  .object({
    ...month,
    scope,
    category,
    participants: z.int().meta({ description: "How many users take part, also beyond rank 100." }),
    own: z
      .object({ rank, value })
      .nullable()
      .meta({ description: "The user's own place; null if no user is named or that user takes no part." }),
    ...listOf("RankingPage", entry).shape,
  })
  .meta({ id: "Ranking", description: "The ranking of a month." });

export const getRanking = operation({
  id: "getRanking",
  method: "GET",
  path: "/api/sport/rankings",
  access: userOrViewer,
  summary: "Ranks all users who take part in the global rankings, or a user and their direct friends, by a month.",
  description:
    "Global rankings end with rank 100; their ranks are those of the evaluation, without users who have hidden since. A user's token reads only the rankings in which that user takes part. `friends` requires `userId` with ADMIN_TOKEN.",
  query: rankingQuery,
  responses: {
    200: { description: "The ranking, best first; equal ranks by name.", schema: ranking },
    404: "The month has not been evaluated, or the user has no result in it.",
  },
  handle: async ({ db, caller, query, now }) => {
    const month = queriedPeriod("month", query.month, now);
    const { scope, category } = query;
    const read = scope === "global" ? readGlobal : readFriends;
    const ranking = await read(db, caller, query, month);
    return { monthStart: month.start, monthEnd: inclusiveEnd(month), scope, category, ...ranking };
  },
});

type RankingQuery = z.output<typeof rankingQuery>;

async function readGlobal(db: Db, caller: Caller, query: RankingQuery, month: Period) {
  const userId = namedUser(caller, query.userId);
  if (userId !== undefined) requireSelf(caller, userId);
  const { evaluated, participants } = await readParticipants(db, month, query.category);
  if (!evaluated) throw notEvaluated("month", month);
  const own = userId === undefined ? null : await readOwn(db, month, query.category, userId);
  if (caller.kind === "user" && own === null) {
    const name = `the global ranking by ${query.category} for the month from ${month.start.toISOString()}`;
    throw new AppError(
      "forbidden",
      `a user's token reads only rankings that the user is in; this user is not in ${name}`,
    );
  }
  const entries = await readTop(db, month, query.category, query);
  // Other users get to see names, but no ids.
  const page = rankingPage(entries, query.limit, ({ userId: entryUserId, ...entry }) =>
    caller.kind === "operator" || entryUserId === userId ? { userId: entryUserId, ...entry } : entry,
  );
  return { participants, own, ...page };
}

async function readFriends(db: Db, caller: Caller, query: RankingQuery, month: Period) {
  const userId = requireUserId(caller, query.userId);
  const column = VALUE_COLUMN[query.category];
  const { participants, own, entries } = await readFriendsRanking(db, "month", month, column, userId, query);
  if (own === undefined) throw notEvaluated("month", month, userId);
  return { participants, own, ...rankingPage(entries, query.limit, (user) => user) };
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
function readTop(db: Db, month: Period, category: Category, { limit, cursor }: RankingPage): Promise<RankingRow[]> {
  const rank = sql.raw(`global_${category}`);
  return rows(
    db,
    sql`select * from (
        select user_id as "userId", ${NAME} as name, ${rank} as rank,
          ${sql.raw(VALUE_COLUMN[category])}::float8 as value, ${copyNumber(rank)}
        from monthly_rankings join monthly_results using (month_start, user_id) join users on users.id = user_id
        where month_start = ${at(month.start)} and ${rank} <= ${sql.raw(String(MAX_ENTRIES))}
          and ${rank} >= ${cursor?.[0] ?? 1}::float8 and show_in_global_rankings) as top
      where ${afterCursor(cursor)} order by ${BY_RANK} limit ${limit + 1}`,
  );
}
