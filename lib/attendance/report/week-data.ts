import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { addDays } from "../../time/dates.ts";
import { localDate, newestEnded } from "../../time/periods.ts";
import {
  type DateRange,
  type GroupMetrics,
  loadGroupMetrics,
  loadTotalMetrics,
  precedingRange,
  type RangeMetrics,
} from "../metrics/report-queries.ts";

/** What the weekly report tells of. */
export interface WeekData {
  week: RangeMetrics;
  before: RangeMetrics;
  /** By date, hour `09:00` and consultant. */
  days: GroupMetrics[];
  hours: GroupMetrics[];
  consultants: GroupMetrics[];
  /** The dates that no calendar was read for. */
  imported: string[];
}

/** The newest week, Monday to Sunday in a zone, that has ended at an instant. Pure. */
export function newestEndedWeek(now: Date, zone: string): DateRange {
  const from = localDate(newestEnded("week", now, zone).start, zone);
  return { from, to: addDays(from, 6) };
}

/** @param week The figures of the week as a whole. @param today The local date. */
export async function loadWeek(db: Db, week: RangeMetrics, today: string): Promise<WeekData> {
  // One after the other: a dry run has one connection for everything.
  return {
    week,
    before: await loadTotalMetrics(db, precedingRange(week), today),
    days: await loadGroupMetrics(db, week, "day"),
    hours: await loadGroupMetrics(db, week, "hour"),
    consultants: await loadGroupMetrics(db, week, "consultant"),
    imported: await importedDays(db, week),
  };
}

async function importedDays(db: Db, { from, to }: DateRange): Promise<string[]> {
  const found = await rows<{ day: string }>(
    db,
    sql`select date::text as day from daily_metrics
      where date between ${from}::date and ${to}::date and source <> 'calendar' order by date`,
  );
  return found.map(({ day }) => day);
}
