import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type EvaluationKind, resultTable } from "../evaluation/period-results.ts";
import { friendsOf } from "../training/accepted-friends.ts";

/** A user in a ranking or on a leaderboard. */
export interface RankedUser {
  userId: string;
  name: string | null;
  rank: number;
  value: number;
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
): Promise<RankedUser[]> {
  const { table, start } = resultTable(kind);
  const value = sql.raw(column);
  return rows(
    db,
    sql`with participants as (
        select ${userId}::text as user_id
        union
        select friend_id from (${friendsOf(sql`${userId}`)}) as friends
      )
      select user_id as "userId", coalesce(nickname, first_name) as name, ${value}::float8 as value,
        rank() over (order by ${value} desc)::int as rank
      from ${table} as result join participants using (user_id) join users on users.id = user_id
      where ${start} = ${at(period.start)}
      order by rank, name, user_id`,
  );
}
