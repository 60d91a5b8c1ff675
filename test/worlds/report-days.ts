import { dailyMetrics } from "../../lib/attendance/schema.ts";
import type { Db } from "../../lib/db/db.ts";

type Counts = Partial<
  Record<"completed" | "sold" | "noShows" | "ghosts" | "cancelled" | "rescheduled" | "overhang", number>
>;

/** A day as a test states it: what it does not say is 0, and the day has been read from the calendars and is final. */
export interface ReportDay extends Counts {
  date: string;
  hours?: Record<string, Counts>;
  consultants?: Record<string, Counts>;
  /** What an import does not say. */
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

/** As it stands in the JSON of a day's parts: by column. */
function stored(parts: Record<string, Counts> = {}) {
  const columns = (counts: Counts) =>
    Object.entries(counted(counts)).map(([field, n]) => [field.replace(/[A-Z]/g, (big) => `_${big.toLowerCase()}`), n]);
  return Object.fromEntries(Object.entries(parts).map(([part, counts]) => [part, Object.fromEntries(columns(counts))]));
}

/** Puts days on record as if tracking had computed them. */
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
