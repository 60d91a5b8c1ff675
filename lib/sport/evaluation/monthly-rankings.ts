import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { updateChanged } from "../../db/upsert.ts";
import type { Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_OF } from "../training/categories.ts";
import { dropWithoutResult } from "./period-results.ts";
import { amongFriends } from "./ranks-among-friends.ts";
import { type Chunk, within } from "./user-chunks.ts";

/**
 * Derives the global order of a month from all its results: for each category and each value over 0 that somebody who
 * shows in the global rankings has, its rank (1, 2, 2, 4 over users) and how many take part.
 */
export async function deriveStandings(tx: Db, month: Period): Promise<void> {
  await rows(
    tx,
    sql`with reached as (
        select category, value, count(*) as users
        from monthly_results as result join users on users.id = result.user_id
        cross join lateral (values ${each((category) => `('${category}', ${VALUE_OF[category]})`)}) as own (category, value)
        where month_start = ${at(month.start)} and show_in_global_rankings and value > 0
        group by 1, 2
      ), ranked as materialized (
        select category, value, sum(users) over better - users + 1 as rank,
          sum(users) over (partition by category) as participants
        from reached window better as (partition by category order by value desc)
      ), gone as (
        delete from monthly_standings as old where month_start = ${at(month.start)}
          and not exists (select from ranked where ranked.category = old.category and ranked.value = old.value)
      )
      insert into monthly_standings as old (month_start, category, value, rank, participants)
      select ${at(month.start)}, category, value, rank, participants from ranked order by category, value
      ${updateChanged(["month_start", "category", "value"], ["rank", "participants"])}`,
  );
}

/**
 * Derives the ranks of a chunk's users in a month: globally by the standings, none for who does not show there or did
 * nothing of the kind; and among their direct friends. To be called when results and standings are there.
 */
export async function deriveRankings(tx: Db, month: Period, chunk: Chunk): Promise<void> {
  await dropWithoutResult(tx, "monthly_rankings", "month", month, chunk);
  const columns = [
    ...CATEGORIES.map((category) => `global_${category}`),
    ...CATEGORIES.map((category) => `friends_${category}`),
    "friends_participants",
  ];
  await rows(
    tx,
    sql`insert into monthly_rankings as old (month_start, user_id, ${sql.raw(columns.join(", "))})
      select ${at(month.start)}, standing.user_id, ${each((category) => `${category}_standing.rank`)},
        ${each((category) => `${VALUE_OF[category]}_rank`)}, standing.participants
      from (${amongFriends("month", month, chunk, Object.values(VALUE_OF))}) as standing
      join users on users.id = standing.user_id and ${within("users.id", chunk)}
      ${sql.join(CATEGORIES.map((category) => globalStanding(category, month)))}
      order by standing.user_id
      ${updateChanged(["month_start", "user_id"], columns)}`,
  );
}

/** Looked up by its key for one user at a time: all standings of the month may be as many as there are users. */
function globalStanding(category: Category, month: Period): SQL {
  return sql`left join lateral (
      select rank from monthly_standings where month_start = ${at(month.start)} and category = ${category}
        and value = standing.${sql.raw(VALUE_OF[category])} offset 0
    ) as ${sql.raw(`${category}_standing`)} on show_in_global_rankings `;
}

/**
 * The awards of a month: one for the challenge, and one for each rank from 1 to 3; among friends where at least two take
 * part and the user did something of the kind. All who share a rank get its award.
 */
export function monthlyAwards(month: Period, chunk: Chunk): SQL {
  const globally = (category: Category) => `('global', '${category}', global_${category}, true)`;
  const withFriends = (category: Category) =>
    `('friends', '${category}', friends_${category}, friends_participants >= 2 and ${VALUE_OF[category]} > 0)`;
  return sql`select user_id, 'monthly-champion' as type from monthly_results
    where month_start = ${at(month.start)} and ${within("user_id", chunk)} and challenge_met
    union all
    select user_id, concat_ws('-', 'monthly-rank', scope, category, rank)
    from monthly_rankings join monthly_results using (month_start, user_id)
    cross join lateral (values ${each(globally)}, ${each(withFriends)}) as reached (scope, category, rank, counts)
    where month_start = ${at(month.start)} and rank <= 3 and counts
      and ${within("monthly_rankings.user_id", chunk)} and ${within("monthly_results.user_id", chunk)}`;
}

/** A list with an entry for each category. */
function each(entry: (category: Category) => string): SQL {
  return sql.raw(CATEGORIES.map(entry).join(", "));
}
