import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { COUNTS, fieldName, METRIC_COLUMNS, type Metrics } from "../metrics/counts-and-rates.ts";
import type { DayChange } from "../metrics/daily-metrics.ts";
import type { TrackingRun } from "./sync-range.ts";

/** A day as an answer tells of it. */
export interface DayLine extends Metrics {
  date: string;
  final: boolean;
}

/** What is different on a day that had figures before: `{"completed": {"from": 12, "to": 11}}`. */
export interface ChangedDay {
  date: string;
  changed: Partial<Record<keyof Metrics, { from: number; to: number }>>;
}

export interface TrackingDetails {
  days: DayLine[];
  /** There are more days than are listed. */
  daysTruncated: boolean;
  changes: ChangedDay[];
  changesTruncated: boolean;
}

const LISTED = 400;

/** The days of a run as they are now, and what this invocation has changed of days that had figures before. */
export async function loadTrackingDetails({ context, state, changes }: TrackingRun): Promise<TrackingDetails> {
  const days = await loadDays(context.db, state.first, state.last, LISTED + 1);
  const changed = [...changes.values()].flatMap(diffDay).sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    days: days.slice(0, LISTED),
    daysTruncated: days.length > LISTED,
    changes: changed.slice(0, LISTED),
    changesTruncated: changed.length > LISTED,
  };
}

/** Days that were read, from one date to another, both included. */
export function loadDays(db: Db, first: string, last: string, most: number): Promise<DayLine[]> {
  return rows(
    db,
    sql`select date::text as date, final, ${METRIC_COLUMNS} from daily_metrics
      where date between ${first}::date and ${last}::date order by daily_metrics.date limit ${most}`,
  );
}

/** What of a day's counts is different; nothing for a day that had none. Pure. */
export function diffDay({ date, before, after }: DayChange): ChangedDay[] {
  if (before === undefined) return [];
  const different = COUNTS.filter((count) => before[count] !== after[count]);
  if (different.length === 0) return [];
  const changed = different.map((count) => [fieldName(count), { from: before[count], to: after[count] }]);
  return [{ date, changed: Object.fromEntries(changed) }];
}
