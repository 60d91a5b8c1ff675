import { NO_COUNTS } from "../../../lib/attendance/google/sync-state.ts";
import type { ReportRun } from "../../../lib/attendance/report/weekly-report.ts";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import { addReportDays, type ReportDay } from "../../worlds/report-days.ts";

/** The evening after the week from Monday, 9 February to Sunday, 15 February 2026. */
export const MONDAY_EVENING = new Date("2026-02-16T22:00:00Z");

export const WEEK = ["09", "10", "11", "12", "13", "14", "15"].map((day) => `2026-02-${day}`);

/** Stores that week. Days that a test does not give have no appointments. */
export async function addWeek(db: Db, ...days: ReportDay[]): Promise<void> {
  const given = new Set(days.map(({ date }) => date));
  await addReportDays(db, ...days, ...WEEK.filter((date) => !given.has(date)).map((date) => ({ date })));
}

export function configureReport(more: Environment = {}): void {
  configure({ TRACKING_REPORT_TO: "boss@club.example", EMAIL_FROM: "Club <club@club.example>", ...more });
}

export interface LogEntry {
  level: string;
  event: string;
  fields: Record<string, unknown> | undefined;
}

/** A run that has reached its report. */
export function reportRun(db: Db, now = MONDAY_EVENING): ReportRun & { logged: LogEntry[] } {
  const logged: LogEntry[] = [];
  return {
    logged,
    zone: "Europe/Berlin",
    state: {
      done: 1,
      total: 1,
      first: "2026-02-16",
      last: "2026-02-16",
      next: "2026-02-17",
      all: true,
      judgedUpTo: null,
      counts: NO_COUNTS,
    },
    context: {
      db,
      now,
      log: (level, event, fields) => logged.push({ level, event, fields }),
      checkpoint: (work) => transact(db, work),
    },
  };
}
