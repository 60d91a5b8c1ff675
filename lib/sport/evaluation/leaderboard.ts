import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { dropWithoutResult } from "./period-results.ts";
import { amongFriends } from "./ranks-among-friends.ts";
import { type Chunk, within } from "./user-chunks.ts";

/**
 * Derives where the users of a chunk stand among themselves and their direct friends in a week. To be called when all
 * results of the week are there.
 */
export async function deriveLeaderboard(tx: Db, week: Period, chunk: Chunk): Promise<void> {
  await dropWithoutResult(tx, "leaderboard_results", "week", week, chunk);
  await rows(
    tx,
    sql`insert into leaderboard_results as old (week_start, user_id, rank, points, participants)
      select ${at(week.start)}, user_id, total_points_rank, total_points, participants
      from (${amongFriends("week", week, chunk, ["total_points"])}) as standing order by user_id
      ${updateChanged(["week_start", "user_id"], ["rank", "points", "participants"])}`,
  );
}

/**
 * The friends awards of a week by its leaderboard: gold, silver, bronze for ranks 1 to 3 where at least two take part
 * and points were made; all who share a rank get its award.
 */
export function friendsAwards(week: Period, chunk: Chunk): SQL {
  return sql`select user_id, 'friends-' || (array['gold', 'silver', 'bronze'])[rank] as type
    from leaderboard_results
    where week_start = ${at(week.start)} and ${within("user_id", chunk)}
      and rank <= 3 and participants >= 2 and points > 0`;
}
