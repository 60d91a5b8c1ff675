import { type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { keyPart, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";

/**
 * Pages of rankings. Entries are ordered by rank and name. A cursor holds both and the entry's number among those that are equal
 * in them, but not the user's id: clients can read cursors, and not every id is theirs to know.
 */

/** The largest page, and the last rank of global rankings: the indexes on global ranks end here. */
export const MAX_ENTRIES = 100;

const key = sortKey(keyPart.number, keyPart.text, keyPart.number);

export const rankingPageQuery = pageQuery(key, { most: MAX_ENTRIES, usual: MAX_ENTRIES });

export interface RankingPage {
  limit: number;
  cursor?: z.output<typeof key> | undefined;
}

/** A user in a ranking. */
export interface RankedUser {
  userId: string;
  name: string | null;
  rank: number;
  value: number;
}

/** A row of a ranking, with its place among the entries of the same rank and name. */
export interface RankingRow extends RankedUser {
  copy: number;
}

/** A user's name, as a part of a statement about `users`. */
export const NAME = sql`coalesce(nickname, first_name)`;

/** The number of an entry among those of the same value and name. @param value What the ranking compares. */
export const copyNumber = (value: SQL): SQL =>
  sql`(row_number() over (partition by ${value}, coalesce(nickname, first_name, '') order by user_id))::int as copy`;

/** The order of rankings, of columns `rank`, `name` and `copy`. */
export const BY_RANK = sql`rank, coalesce(name, ''), copy`;

/** Whether a row comes after the cursor. */
export const afterCursor = (cursor: RankingPage["cursor"]): SQL =>
  cursor === undefined
    ? sql`true`
    : sql`(${BY_RANK}) > (${cursor[0]}::float8, ${cursor[1]}::text, ${cursor[2]}::float8)`;

/** @param rows Ordered rows after the cursor, at least one more than `limit` if there are as many. */
export const rankingPage = <Item>(rows: readonly RankingRow[], limit: number, toItem: (user: RankedUser) => Item) =>
  toPage(
    rows,
    limit,
    ({ rank, name, copy }) => [rank, name ?? "", copy],
    ({ copy: _, ...user }) => toItem(user),
  );
