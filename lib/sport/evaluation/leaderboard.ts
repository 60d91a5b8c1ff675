import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { friendsOf } from "../training/accepted-friends.ts";
import { deleteRanksWithoutResult, type EvaluationKind, resultTable } from "./period-results.ts";
import { inChunk, type UserChunk } from "./user-chunks.ts";

/** Writes the ranks of a chunk's users among their friends in a week. Needs the results of all users. */
export async function deriveLeaderboard(tx: Db, week: Period, chunk: UserChunk): Promise<void> {
  await deleteRanksWithoutResult(tx, "leaderboard_results", "week", week, chunk);
  await rows(
    tx,
    sql`insert into leaderboard_results as old (week_start, user_id, rank, points, participants)
      select ${at(week.start)}, user_id, total_points_rank, total_points, participants
      from (${ranksAmongFriends("week", week, chunk, ["total_points"])}) as ranked order by user_id
      ${updateChanged(["week_start", "user_id"], ["rank", "points", "participants"])}`,
  );
}

/**
 * A query for the ranks of a chunk's users among themselves and their direct friends, by columns of a period's results.
 * Friends without a result do not take part. Equal values share a rank (1, 2, 2, 4).
 * @returns a query for `user_id`, the columns, `<column>_rank` for each, and `participants`.
 */
export function ranksAmongFriends(
  kind: EvaluationKind,
  period: Period,
  chunk: UserChunk,
  columns: readonly string[],
): SQL {
  const { table, start } = resultTable(kind);
  const ranks = columns.map(
    (column) => `count(*) filter (where theirs.${column} > mine.${column}) + 1 as ${column}_rank`,
  );
  // Looks up each friend by key: a join would read the results of all users for every chunk.
  return sql`select mine.user_id, ${sql.raw(columns.map((column) => `mine.${column}`).join(", "))}, ranks.*
    from ${table} as mine cross join lateral (
      select count(*) + 1 as participants, ${sql.raw(ranks.join(", "))}
      from (${friendsOf(sql`mine.user_id`)}) as friends
      cross join lateral (
        select * from ${table} where user_id = friend_id and ${start} = ${at(period.start)} offset 0) as theirs
      ) as ranks
    where mine.${start} = ${at(period.start)} and ${inChunk("mine.user_id", chunk)}`;
}
