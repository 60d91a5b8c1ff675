import { sql } from "drizzle-orm";
import { config } from "../config/config.ts";
import { type Db, row } from "../db/db.ts";
import type { Condition } from "../supervision/job-conditions.ts";
import { addDays } from "../time/dates.ts";
import { localDate } from "../time/periods.ts";
import { REACH_DAYS } from "./google/sync-window.ts";

/** The conditions of the attendance: too many no-shows, and days that the daily run no longer reaches. */
export async function attendanceConditions(db: Db, now: Date): Promise<Condition[]> {
  const { zone, noShowAlertPercent } = config().tracking;
  const today = localDate(now, zone);
  return [...(await checkNoShowRate(db, today, noShowAlertPercent)), ...(await checkUnreachableDays(db, today))];
}

export interface NoShowRate {
  from: string;
  to: string;
  /** Percent with two decimals; null without appointments. */
  rate: number | null;
  missed: number;
  total: number;
}

/** Loads the no-show rate of the seven days before today. Today's appointments are not all over yet. */
export async function loadNoShowRate(db: Db, today: string): Promise<NoShowRate> {
  const [from, to] = [addDays(today, -7), addDays(today, -1)];
  const week = await row<{ rate: number | null; missed: number; total: number }>(
    db,
    sql`select round(100.0 * missed / nullif(total, 0), 2)::float8 as rate, missed, total from (
        select coalesce(sum(no_shows + ghosts), 0)::int as missed, coalesce(sum(total_slots), 0)::int as total
        from daily_metrics where date between ${from}::date and ${to}::date) as week`,
  );
  return { from, to, ...week };
}

async function checkNoShowRate(db: Db, today: string, maxPercent: number): Promise<Condition[]> {
  const { rate, from, to, missed, total } = await loadNoShowRate(db, today);
  if (100 * missed <= maxPercent * total) return [];
  return [
    {
      key: "attendance:no-shows",
      title: `no-show rate of 7 days above ${maxPercent} %`,
      details: { rate: `${rate} %`, days: `${from} to ${to}`, missed: `${missed} of ${total} appointments` },
    },
  ];
}

/**
 * Days since the first one read from a calendar that are not final and lie too far back for the daily run. While a run is
 * pending or running there is no condition, because that run may read them.
 */
async function checkUnreachableDays(db: Db, today: string): Promise<Condition[]> {
  const { days, first, last } = await row<{ days: number; first: string; last: string }>(
    db,
    sql`select count(*)::int as days, min(day)::date::text as first, max(day)::date::text as last
      from generate_series((select min(date)::timestamp from daily_metrics where source = 'calendar'),
        ${addDays(today, -REACH_DAYS)}::timestamp, interval '1 day') as day
      where not exists (select from daily_metrics where date = day::date and final)
        and not exists (select from job_runs
          where job_name = 'calendar-tracking' and status in ('pending', 'running'))`,
  );
  if (days === 0) return [];
  return [
    {
      key: "attendance:out-of-reach",
      title: `${days} days of attendance are not final, and the daily run no longer reads them`,
      details: { days: `${first} to ${last}`, remedy: `npm run cli -- tracking --start ${first} --end ${last}` },
    },
  ];
}
