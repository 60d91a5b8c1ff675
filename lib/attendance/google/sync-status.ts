import { sql } from "drizzle-orm";
import { at, type Db, json, rows, withInstants } from "../../db/db.ts";
import type { AppError } from "../../errors.ts";

/** The result of each calendar's last sync. Health and monitoring read it instead of asking Google. */

/** Records which calendars were read, and which were not and why. */
export async function recordSyncStatus(
  tx: Db,
  succeeded: { calendarId: string }[],
  failures: { calendarId: string; error: AppError }[],
  now: Date,
): Promise<void> {
  // Sorted, so that two runs lock the rows in the same order.
  const results = [
    ...succeeded.map(({ calendarId }) => ({ calendarId, error: null })),
    ...failures.map(({ calendarId, error }) => ({ calendarId, error: error.message })),
  ].sort((a, b) => (a.calendarId < b.calendarId ? -1 : 1));
  await rows(
    tx,
    sql`insert into calendar_readings as old (calendar_id, succeeded_at, failed_at, error)
      select "calendarId", case when error is null then ${at(now)} end, case when error is not null then ${at(now)} end, error
      from jsonb_to_recordset(${json(results)}) as result ("calendarId" text, error text)
      on conflict (calendar_id) do update set succeeded_at = coalesce(excluded.succeeded_at, old.succeeded_at),
        failed_at = coalesce(excluded.failed_at, old.failed_at), error = excluded.error`,
  );
}

export interface CalendarSyncStatus {
  calendarId: string;
  succeededAt: Date | null;
  failedAt: Date | null;
  /** Why the last sync failed; null if it succeeded. */
  error: string | null;
}

interface SyncStatusRow extends Omit<CalendarSyncStatus, "succeededAt" | "failedAt"> {
  succeededAt: string | null;
  failedAt: string | null;
}

/** Loads the sync status of some calendars. A calendar that no run has tried is missing. */
export async function loadSyncStatus(db: Db, calendarIds: readonly string[]): Promise<CalendarSyncStatus[]> {
  const statuses = await rows<SyncStatusRow>(
    db,
    sql`select calendar_id as "calendarId", succeeded_at as "succeededAt", failed_at as "failedAt", error
      from calendar_readings where calendar_id in (select jsonb_array_elements_text(${json(calendarIds)}))
      order by calendar_id`,
  );
  return withInstants(statuses, "succeededAt", "failedAt");
}
