import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_COLUMN } from "../training/categories.ts";
import { ranksAmongFriends } from "./leaderboard.ts";
import { deleteRanksWithoutResult } from "./period-results.ts";
import { inChunk, type UserChunk } from "./user-chunks.ts";

/**
 * Writes the standings of a month: for each category, the rank of each value above 0 that a user in the global rankings
 * has (1, 2, 2, 4 over users), and how many users take part. Needs the results of all users.
 */
export async function deriveStandings(tx: Db, month: Period): Promise<void> {
  const values = CATEGORIES.map((category) => `('${category}', ${VALUE_COLUMN[category]})`).join(", ");
  await rows(
    tx,
    sql`with value_counts as (
        select category, value, count(*) as users
        from monthly_results as result join users on users.id = result.user_id
        cross join lateral (values ${sql.raw(values)}) as own (category, value)
        where month_start = ${at(month.start)} and show_in_global_rankings and value > 0
        group by 1, 2
      ), ranked as materialized (
        select category, value, sum(users) over better - users + 1 as rank,
          sum(users) over (partition by category) as participants
        from value_counts window better as (partition by category order by value desc)
      ), deleted as (
        delete from monthly_standings as old where month_start = ${at(month.start)}
          and not exists (select from ranked where ranked.category = old.category and ranked.value = old.value)
      )
      insert into monthly_standings as old (month_start, category, value, rank, participants)
      select ${at(month.start)}, category, value, rank, participants from ranked order by category, value
      ${updateChanged(["month_start", "category", "value"], ["rank", "participants"])}`,
  );
}

/**
 * Writes the ranks of a chunk's users in a month, globally and among their direct friends. A user who hides from the
 * global rankings, or whose value is 0, has no global rank. Needs the results of all users and the standings.
 */
export async function deriveRankings(tx: Db, month: Period, chunk: UserChunk): Promise<void> {
  await deleteRanksWithoutResult(tx, "monthly_rankings", "month", month, chunk);
  const columns = [
    ...CATEGORIES.map((category) => `global_${category}`),
    ...CATEGORIES.map((category) => `friends_${category}`),
    "friends_participants",
  ];
  const values = [
    ...CATEGORIES.map((category) => `${category}_standing.rank`),
    ...CATEGORIES.map((category) => `ranked.${VALUE_COLUMN[category]}_rank`),
    "ranked.participants",
  ];
  await rows(
    tx,
    sql`insert into monthly_rankings as old (month_start, user_id, ${sql.raw(columns.join(", "))})
      select ${at(month.start)}, ranked.user_id, ${sql.raw(values.join(", "))}
      from (${ranksAmongFriends("month", month, chunk, Object.values(VALUE_COLUMN))}) as ranked
      join users on users.id = ranked.user_id and ${inChunk("users.id", chunk)}
      ${sql.join(CATEGORIES.map((category) => joinStanding(category, month)))}
      order by ranked.user_id
      ${updateChanged(["month_start", "user_id"], columns)}`,
  );
}

/** Looks up the standing by key for one user at a time: a month may have as many standings as users. */
function joinStanding(category: Category, month: Period): SQL {
  return sql`left join lateral (
      select rank from monthly_standings where month_start = ${at(month.start)} and category = ${category}
        and value = ranked.${sql.raw(VALUE_COLUMN[category])} offset 0
    ) as ${sql.raw(`${category}_standing`)} on show_in_global_rankings `;
}
