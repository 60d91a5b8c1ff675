import { WINDOW_DAYS } from "../../lib/attendance/google/sync-window.ts";
import type { Metrics } from "../../lib/attendance/metrics/counts-and-rates.ts";
import { loadGroupMetrics, loadTotalMetrics } from "../../lib/attendance/metrics/report-queries.ts";
import { config } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { table } from "../../lib/text-table.ts";
import { addDays } from "../../lib/time/dates.ts";
import { localDate } from "../../lib/time/periods.ts";
import { indented, type Summary } from "./summary.ts";

/** Summarises the attendance of the last days by consultant, for a terminal. */
export async function attendanceSummary(db: Db, now: Date): Promise<Summary> {
  const today = localDate(now, config().tracking.zone);
  const span = { from: addDays(today, 1 - WINDOW_DAYS), to: today };
  const [{ total }, consultants] = await Promise.all([
    loadTotalMetrics(db, span, today),
    loadGroupMetrics(db, span, "consultant"),
  ]);
  const lines = consultants.map(({ group, ...metrics }) => [group, ...cells(metrics)]);
  const header = ["consultant", "appointments", "came", "missed", "show rate", "no-show rate"];
  const sentence = `${total.totalSlots} appointments in ${WINDOW_DAYS} days, show rate ${percent(total.showRate)}`;
  const title = `Attendance of the last ${WINDOW_DAYS} days, ${span.from} to ${span.to}:`;
  return { sentence, report: [title, "", indented(table(header, [...lines, ["all", ...cells(total)]]))].join("\n") };
}

const cells = ({ totalSlots, completed, noShows, ghosts, showRate, noShowRate }: Metrics): string[] => [
  `${totalSlots}`,
  `${completed}`,
  `${noShows + ghosts}`,
  percent(showRate),
  percent(noShowRate),
];

const percent = (rate: number | null): string => (rate === null ? "-" : `${rate.toFixed(2)} %`);
