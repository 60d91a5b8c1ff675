import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { COUNTS, fieldName, METRIC_COLUMNS, type Metrics } from "../metrics/counts-and-rates.ts";
import type { DayChange } from "../metrics/daily-metrics.ts";
import type { TrackingRun } from "./sync-range.ts";

/** The part of a run's response that lists days and changes. */

export interface DayLine extends Metrics {
  date: string;
  final: boolean;
}

/** What differs on a day that had metrics before: `{"completed": {"from": 12, "to": 11}}`. */
export interface ChangedDay {
  date: string;
  changed: Partial<Record<keyof Metrics, { from: number; to: number }>>;
}

export interface TrackingDetails {
  days: DayLine[];
  /** Whether there are more days than listed. */
  daysTruncated: boolean;
  changes: ChangedDay[];
  changesTruncated: boolean;
}

const MAX_LISTED = 400;

/** Loads the days of a run as they are now, and lists what this invocation has changed on days that had metrics before. */
export async function loadTrackingDetails({ context, state, changes }: TrackingRun): Promise<TrackingDetails> {
  const days = await loadDays(context.db, state.first, state.last, MAX_LISTED + 1);
  return { days: days.slice(0, MAX_LISTED), daysTruncated: days.length > MAX_LISTED, ...listChanges(changes) };
}

/** Loads the days that were read, from one date to another, both inclusive. */
function loadDays(db: Db, first: string, last: string, limit: number): Promise<DayLine[]> {
  return rows(
    db,
    sql`select date::text as date, final, ${METRIC_COLUMNS} from daily_metrics
      where date between ${first}::date and ${last}::date order by daily_metrics.date limit ${limit}`,
  );
}

/** Lists changed days in the order of their dates, at most 400. Pure. */
export function listChanges(
  changes: ReadonlyMap<string, DayChange>,
): Pick<TrackingDetails, "changes" | "changesTruncated"> {
  const changed = [...changes.values()].flatMap(compareDay).sort((a, b) => (a.date < b.date ? -1 : 1));
  return { changes: changed.slice(0, MAX_LISTED), changesTruncated: changed.length > MAX_LISTED };
}

/** The counts of a day that differ; an empty list for a day that had none before. */
function compareDay({ date, before, after }: DayChange): ChangedDay[] {
  if (before === undefined) return [];
  const different = COUNTS.filter((count) => before[count] !== after[count]);
  if (different.length === 0) return [];
  const changed = different.map((count) => [fieldName(count), { from: before[count], to: after[count] }]);
  return [{ date, changed: Object.fromEntries(changed) }];
}
