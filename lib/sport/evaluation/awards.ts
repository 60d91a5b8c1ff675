import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { CATEGORIES, type Category, VALUE_COLUMN } from "../training/categories.ts";
import { type EvaluationKind, resultTable } from "./period-results.ts";
import { inChunk, type UserChunk } from "./user-chunks.ts";

/**
 * A query for the awards of a week: gold, silver and bronze for ranks 1 to 3 on the friends leaderboard, if at least two
 * users take part and the user has points. All users who share a rank get its award.
 */
export function weeklyAwards(week: Period, chunk: UserChunk): SQL {
  return sql`select user_id, 'friends-' || (array['gold', 'silver', 'bronze'])[rank] as type
    from leaderboard_results
    where week_start = ${at(week.start)} and ${inChunk("user_id", chunk)}
      and rank <= 3 and participants >= 2 and points > 0`;
}

/**
 * A query for the awards of a month: one for the challenge, and one for each rank from 1 to 3. Ranks among friends count
 * if at least two users take part and the user's value is above 0. All users who share a rank get its award.
 */
export function monthlyAwards(month: Period, chunk: UserChunk): SQL {
  const globalRank = (category: Category) => `('global', '${category}', global_${category}, true)`;
  const friendsRank = (category: Category) =>
    `('friends', '${category}', friends_${category}, friends_participants >= 2 and ${VALUE_COLUMN[category]} > 0)`;
  const ranks = [...CATEGORIES.map(globalRank), ...CATEGORIES.map(friendsRank)];
  return sql`select user_id, 'monthly-champion' as type from monthly_results
    where month_start = ${at(month.start)} and ${inChunk("user_id", chunk)} and challenge_met
    union all
    select user_id, concat_ws('-', 'monthly-rank', scope, category, rank)
    from monthly_rankings join monthly_results using (month_start, user_id)
    cross join lateral (values ${sql.raw(ranks.join(", "))}) as ranks (scope, category, rank, counts)
    where month_start = ${at(month.start)} and rank <= 3 and counts
      and ${inChunk("monthly_rankings.user_id", chunk)} and ${inChunk("monthly_results.user_id", chunk)}`;
}

/**
 * Writes the awards of a chunk's users for a period, and deletes those that are no longer earned, with their
 * notifications. Stores in each result how many awards the user has. Needs the ranks of the period.
 * @param earned A query for the awards that the users earn: `user_id` and `type`.
 * @returns how many awards the chunk's users have for the period.
 */
export async function deriveAwards(
  tx: Db,
  kind: EvaluationKind,
  period: Period,
  chunk: UserChunk,
  earned: SQL,
  now: Date,
): Promise<number> {
  const { table, start } = resultTable(kind);
  const { awards } = await row<{ awards: number }>(
    tx,
    sql`with earned as materialized (${earned}), deleted as (
        delete from awards as old
        where period_start = ${at(period.start)} and period_kind = ${kind} and ${inChunk("old.user_id", chunk)}
          and not exists (select from earned where earned.user_id = old.user_id and earned.type = old.type)
        returning user_id, type
      ), notifications_deleted as (
        delete from notifications as old using deleted
        where old.user_id = deleted.user_id and old.kind = 'award' and old.slug = deleted.type
          and old.period_start = ${at(period.start)} and ${inChunk("old.user_id", chunk)}
      ), inserted as (
        insert into awards (user_id, type, period_kind, period_start)
        select user_id, type, ${kind}, ${at(period.start)} from earned order by user_id, type
        on conflict (user_id, type, period_start) do nothing
        returning user_id, type
      ), notifications_inserted as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'award', type, 0, ${at(period.start)}, ${at(now)} from inserted
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), results_updated as (
        update ${table} as result set awards_awarded = coalesce(counts.n, 0)
        from ${table} as own
        left join (select user_id, count(*)::int as n from earned group by 1) as counts on counts.user_id = own.user_id
        where result.user_id = own.user_id and result.${start} = own.${start}
          and own.${start} = ${at(period.start)} and ${inChunk("own.user_id", chunk)}
          and ${inChunk("result.user_id", chunk)}
          and result.awards_awarded <> coalesce(counts.n, 0)
      )
      select count(*)::int as awards from earned`,
  );
  return awards;
}
