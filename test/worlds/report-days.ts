import { dailyMetrics } from "../../lib/attendance/schema.ts";
import type { Db } from "../../lib/db/db.ts";

type Counts = Partial<
  Record<"completed" | "sold" | "noShows" | "ghosts" | "cancelled" | "rescheduled" | "overhang", number>
>;

/** A day of the report. Missing counts are 0; by default the day was read from the calendars and is final. */
export interface ReportDay extends Counts {
  date: string;
  hours?: Record<string, Counts>;
  consultants?: Record<string, Counts>;
  /** Whether `sold` is null, as in an import. */
  soldUnknown?: boolean;
  final?: boolean;
  source?: "calendar" | "outcomes" | "figures";
}

const NONE = { completed: 0, sold: 0, noShows: 0, ghosts: 0, cancelled: 0, rescheduled: 0, overhang: 0 };

function counted(counts: Counts) {
  const { completed, sold, noShows, ghosts, cancelled, rescheduled, overhang } = { ...NONE, ...counts };
  const totalSlots = completed + noShows + ghosts + cancelled + rescheduled + overhang;
  return { totalSlots, completed, sold, noShows, ghosts, cancelled, rescheduled, overhang, pending: 0 };
}

/** Parts of a day as JSON, with column names. */
function stored(parts: Record<string, Counts> = {}) {
  const columns = (counts: Counts) =>
    Object.entries(counted(counts)).map(([field, n]) => [field.replace(/[A-Z]/g, (big) => `_${big.toLowerCase()}`), n]);
  return Object.fromEntries(Object.entries(parts).map(([part, counts]) => [part, Object.fromEntries(columns(counts))]));
}

/** Stores days as if a run had computed them. */
export async function addReportDays(db: Db, ...days: ReportDay[]): Promise<void> {
  const values = days.map(
    ({ date, hours, consultants, soldUnknown = false, final = true, source = "calendar", ...day }) => ({
      date,
      ...counted(day),
      ...(soldUnknown && { sold: null }),
      byHour: stored(hours),
      byUser: stored(consultants),
      byPotential: {},
      final,
      source,
      readAt: new Date(`${date}T23:00:00Z`),
    }),
  );
  await db.insert(dailyMetrics).values(values);
}
