import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type EvaluationKind, resultTable } from "../evaluation/period-results.ts";
import { friendsOf } from "../training/accepted-friends.ts";
import { afterCursor, BY_RANK, copyNumber, NAME, type RankingPage, type RankingRow } from "./ranking-page.ts";

export interface FriendsRanking {
  participants: number;
  /** The rank and value of the user; undefined without a result of the period. */
  own: { rank: number; value: number } | undefined;
  /** The entries after the cursor. */
  entries: RankingRow[];
}

/**
 * Ranks a user and their direct friends by a column of their stored results. Equal values share a rank (1, 2, 2, 4).
 * @returns the users who have a result of the period, best first; equal ranks by name.
 */
export async function readFriendsRanking(
  db: Db,
  kind: EvaluationKind,
  period: Period,
  column: string,
  userId: string,
  { cursor }: RankingPage,
): Promise<FriendsRanking> {
  const { table, start } = resultTable(kind);
  const value = sql.raw(column);
  const ranked = await rows<RankingRow & { isAfter: boolean }>(
    db,
    sql`with participants as (
        select ${userId}::text as user_id
        union
        select friend_id from (${friendsOf(sql`${userId}`)}) as friends
      )
      select *, ${afterCursor(cursor)} as "isAfter" from (
        select user_id as "userId", ${NAME} as name, ${value}::float8 as value,
          rank() over (order by ${value} desc)::int as rank, ${copyNumber(value)}
        from ${table} as result join participants using (user_id) join users on users.id = user_id
        where ${start} = ${at(period.start)}) as ranked
      order by ${BY_RANK}`,
  );
  const own = ranked.find((entry) => entry.userId === userId);
  return {
    participants: ranked.length,
    own: own && { rank: own.rank, value: own.value },
    entries: ranked.filter(({ isAfter }) => isAfter).map(({ isAfter: _, ...entry }) => entry),
  };
}
