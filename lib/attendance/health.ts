import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { loadServiceAccount } from "./google/credentials.ts";
import { loadSyncStatus } from "./google/sync-status.ts";

/** How it stands with the calendars, in sentences that say what to do. */
export interface CalendarHealth {
  status: "pass" | "warn" | "fail";
  output?: string;
}

/**
 * Whether the calendars can be read: the settings now, and what became of the last reading. Google is not asked: whoever may
 * call this could make us ask it as often as they please.
 */
export async function checkCalendars(db: Db): Promise<CalendarHealth> {
  const { production, tracking } = config();
  const { calendarIds, credentials } = tracking;
  if (calendarIds.length === 0) {
    // Credentials without a calendar are a setting that was forgotten; without both, attendance is not used.
    const status = credentials === undefined ? "pass" : "warn";
    return { status, output: "attendance is not tracked: GOOGLE_CALENDAR_IDS is not set" };
  }
  try {
    loadServiceAccount();
  } catch (error) {
    return { status: production ? "fail" : "warn", output: describeError(error).message };
  }
  const readings = await loadSyncStatus(db, calendarIds);
  const troubles = new Set(readings.flatMap(({ error }) => error ?? []));
  return troubles.size === 0 ? { status: "pass" } : { status: "warn", output: [...troubles].join("; ") };
}
