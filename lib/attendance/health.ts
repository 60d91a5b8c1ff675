import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { loadServiceAccount } from "./google/credentials.ts";
import { loadSyncStatus } from "./google/sync-status.ts";

export interface CalendarHealth {
  status: "pass" | "warn" | "fail";
  /** What is wrong and what to do, in sentences. */
  output?: string;
}

/**
 * Checks whether the calendars can be read: the settings, and the result of the last sync. Does not call Google, because every
 * visitor of the health endpoint could use up the quota.
 */
export async function checkCalendars(db: Db): Promise<CalendarHealth> {
  const { production, tracking } = config();
  const { calendarIds, credentials } = tracking;
  if (calendarIds.length === 0) {
    // Credentials without a calendar: a setting is missing. Neither of them: attendance is not used.
    const status = credentials === undefined ? "pass" : "warn";
    return { status, output: "attendance is not tracked: GOOGLE_CALENDAR_IDS is not set" };
  }
  try {
    loadServiceAccount();
  } catch (error) {
    return { status: production ? "fail" : "warn", output: describeError(error).message };
  }
  const calendars = await loadSyncStatus(db, calendarIds);
  const errors = new Set(calendars.flatMap(({ error }) => error ?? []));
  return errors.size === 0 ? { status: "pass" } : { status: "warn", output: [...errors].join("; ") };
}
