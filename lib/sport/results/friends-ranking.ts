import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type Evaluated, resultsOf } from "../evaluation/period-results.ts";

/** Somebody in a leaderboard. */
export interface Standing {
  userId: string;
  name: string | null;
  rank: number;
  value: number;
}

/** The stored results of a user and their direct friends, ranked by a column of theirs; equal values share a rank. */
export async function readAmongFriends(
  db: Db,
  kind: Evaluated,
  period: Period,
  column: string,
  userId: string,
): Promise<Standing[]> {
  const { table, start } = resultsOf(kind);
  const value = sql.raw(column);
  return rows(
    db,
    sql`with circle as (
        select ${userId}::text as user_id
        union select user_b from friendships where user_a = ${userId} and status = 'accepted'
        union select user_a from friendships where user_b = ${userId} and status = 'accepted'
      )
      select user_id as "userId", coalesce(nickname, first_name) as name, ${value}::float8 as value,
        rank() over (order by ${value} desc)::int as rank
      from ${table} as result join circle using (user_id) join users on users.id = user_id
      where ${start} = ${at(period.start)}
      order by rank, name, user_id`,
  );
}
