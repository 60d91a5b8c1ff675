import { type SQL, sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type Evaluated, resultsOf } from "./period-results.ts";
import { type Chunk, within } from "./user-chunks.ts";

/**
 * A query: where the users of a chunk stand among themselves and their direct friends by columns of a period's results.
 * Whoever has a result takes part; equal values share a rank (1, 2, 2, 4). One row for each user with a result:
 * `user_id`, the columns, `<column>_rank` for each, `participants`.
 */
export function amongFriends(kind: Evaluated, period: Period, chunk: Chunk, columns: readonly string[]): SQL {
  const { table, start } = resultsOf(kind);
  const ranks = columns.map(
    (column) => `count(*) filter (where theirs.${column} > mine.${column}) + 1 as ${column}_rank`,
  );
  // For each user and each friend by itself: joined as a whole, everybody's results would be read for every chunk.
  return sql`select mine.user_id, ${sql.raw(columns.map((column) => `mine.${column}`).join(", "))}, standing.*
    from ${table} as mine cross join lateral (
      select count(*) + 1 as participants, ${sql.raw(ranks.join(", "))}
      from (
        select user_b as friend_id from friendships where user_a = mine.user_id and status = 'accepted'
        union all
        select user_a from friendships where user_b = mine.user_id and status = 'accepted') as friends
      cross join lateral (
        select * from ${table} where user_id = friend_id and ${start} = ${at(period.start)} offset 0) as theirs
      ) as standing
    where mine.${start} = ${at(period.start)} and ${within("mine.user_id", chunk)}`;
}
