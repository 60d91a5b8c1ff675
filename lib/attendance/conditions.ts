import { sql } from "drizzle-orm";
import { config } from "../config/config.ts";
import { type Db, row } from "../db/db.ts";
import type { Condition } from "../supervision/conditions.ts";
import { addDays } from "../time/dates.ts";
import { localDate } from "../time/periods.ts";
import { REACH_DAYS } from "./google/sync-window.ts";

/** What is wrong with the attendance: too many who do not come, and days that nobody will read any more by himself. */
export async function attendanceConditions(db: Db, now: Date): Promise<Condition[]> {
  const { zone, noShowAlertPercent } = config().tracking;
  const today = localDate(now, zone);
  return [...(await manyNoShows(db, today, noShowAlertPercent)), ...(await outOfReach(db, today))];
}

export interface NoShowRate {
  from: string;
  to: string;
  /** Percent; null where there were no appointments. */
  rate: number | null;
  missed: number;
  total: number;
}

/** Of the seven days before today; today's own appointments are not all over yet. */
export async function noShowRate(db: Db, today: string): Promise<NoShowRate> {
  const [from, to] = [addDays(today, -7), addDays(today, -1)];
  const found = await row<{ rate: number | null; missed: number; total: number }>(
    db,
    sql`select round(100.0 * missed / nullif(total, 0), 2)::float8 as rate, missed, total from (
        select coalesce(sum(no_shows + ghosts), 0)::int as missed, coalesce(sum(total_slots), 0)::int as total
        from daily_metrics where date between ${from}::date and ${to}::date) as week`,
  );
  return { from, to, ...found };
}

async function manyNoShows(db: Db, today: string, most: number): Promise<Condition[]> {
  const { rate, from, to, missed, total } = await noShowRate(db, today);
  if (100 * missed <= most * total) return [];
  return [
    {
      key: "attendance:no-shows",
      title: `no-show rate of 7 days above ${most} %`,
      details: { rate: `${rate} %`, days: `${from} to ${to}`, missed: `${missed} of ${total} appointments` },
    },
  ];
}

/**
 * Days since a calendar was read for the first time that are not final, and too long ago for the daily run. While somebody is
 * about to read days, nobody needs to be told.
 */
async function outOfReach(db: Db, today: string): Promise<Condition[]> {
  const { days, first, last } = await row<{ days: number; first: string; last: string }>(
    db,
    sql`select count(*)::int as days, min(day)::date::text as first, max(day)::date::text as last
      from generate_series((select min(date) from daily_metrics where source = 'calendar'),
        ${addDays(today, -REACH_DAYS)}::date, interval '1 day') as day
      where not exists (select from daily_metrics where date = day::date and final)
        and not exists (select from job_runs
          where job_name = 'calendar-tracking' and status in ('pending', 'running'))`,
  );
  if (days === 0) return [];
  return [
    {
      key: "attendance:out-of-reach",
      title: `${days} days of attendance are not final, and are read no more by themselves`,
      details: { days: `${first} to ${last}`, remedy: `npm run job -- tracking --start ${first} --end ${last}` },
    },
  ];
}
