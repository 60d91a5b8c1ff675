import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { addDays, type DateRange, precedingRange } from "../../time/dates.ts";
import { localDate, newestEnded } from "../../time/periods.ts";
import { type GroupMetrics, loadGroupMetrics, loadTotalMetrics, type RangeMetrics } from "../metrics/report-queries.ts";

/** The content of the weekly report. */
export interface WeekData {
  week: RangeMetrics;
  /** The week before. */
  before: RangeMetrics;
  /** Groups by date, by hour (`09:00`) and by consultant. */
  days: GroupMetrics[];
  hours: GroupMetrics[];
  consultants: GroupMetrics[];
  /** Dates that were imported and not read from a calendar. */
  imported: string[];
}

/** The newest week (Monday to Sunday) that has ended in a zone at an instant. Pure. */
export function newestEndedWeek(now: Date, zone: string): DateRange {
  const from = localDate(newestEnded("week", now, zone).start, zone);
  return { from, to: addDays(from, 6) };
}

/** Loads the rest of the report. @param week The metrics of the week as a whole. @param today The local date. */
export async function loadWeek(db: Db, week: RangeMetrics, today: string): Promise<WeekData> {
  // One query after the other, because a dry run has only one connection.
  return {
    week,
    before: await loadTotalMetrics(db, precedingRange(week), today),
    days: await loadGroupMetrics(db, week, "day"),
    hours: await loadGroupMetrics(db, week, "hour"),
    consultants: await loadGroupMetrics(db, week, "consultant"),
    imported: await loadImportedDates(db, week),
  };
}

async function loadImportedDates(db: Db, { from, to }: DateRange): Promise<string[]> {
  const days = await rows<{ date: string }>(
    db,
    sql`select date::text as date from daily_metrics
      where date between ${from}::date and ${to}::date and source <> 'calendar' order by daily_metrics.date`,
  );
  return days.map(({ date }) => date);
}
