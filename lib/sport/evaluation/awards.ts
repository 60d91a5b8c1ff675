import { type SQL, sql } from "drizzle-orm";
import { at, type Db, row } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { type Evaluated, resultsOf } from "./period-results.ts";
import { type Chunk, within } from "./user-chunks.ts";

/**
 * Derives the awards of a period for a chunk of users. Awards no longer earned go, with their notice; the results say
 * how many each user holds. To be called when the ranks of the period are there.
 * @param wanted The awards there ought to be, as a query for `user_id` and `type`.
 * @returns how many awards the chunk's users hold for the period.
 */
export async function deriveAwards(
  tx: Db,
  kind: Evaluated,
  period: Period,
  chunk: Chunk,
  wanted: SQL,
  now: Date,
): Promise<{ held: number }> {
  const { table, start } = resultsOf(kind);
  return row(
    tx,
    sql`with wanted as materialized (${wanted}), gone as (
        delete from awards as old
        where period_start = ${at(period.start)} and period_kind = ${kind} and ${within("old.user_id", chunk)}
          and not exists (select from wanted where wanted.user_id = old.user_id and wanted.type = old.type)
        returning user_id, type
      ), unnoticed as (
        delete from notifications as old using gone
        where old.user_id = gone.user_id and old.kind = 'award' and old.slug = gone.type
          and old.period_start = ${at(period.start)} and ${within("old.user_id", chunk)}
      ), given as (
        insert into awards (user_id, type, period_kind, period_start)
        select user_id, type, ${kind}, ${at(period.start)} from wanted order by user_id, type
        on conflict (user_id, type, period_start) do nothing
        returning user_id, type
      ), noticed as (
        insert into notifications (user_id, kind, slug, level, period_start, created_at)
        select user_id, 'award', type, 0, ${at(period.start)}, ${at(now)} from given
        on conflict (user_id, kind, slug, level, period_start) do nothing
      ), counted as (
        update ${table} as result set awards_awarded = coalesce(held.n, 0)
        from ${table} as own
        left join (select user_id, count(*)::int as n from wanted group by 1) as held on held.user_id = own.user_id
        where result.user_id = own.user_id and result.${start} = own.${start}
          and own.${start} = ${at(period.start)} and ${within("own.user_id", chunk)}
          and ${within("result.user_id", chunk)}
          and result.awards_awarded <> coalesce(held.n, 0)
      )
      select count(*)::int as held from wanted`,
  );
}
