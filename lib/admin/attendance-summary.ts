import { sql } from "drizzle-orm";
import { loadNoShowRate } from "../attendance/conditions.ts";
import { loadSyncStatus } from "../attendance/google/sync-status.ts";
import { checkCalendars } from "../attendance/health.ts";
import { config } from "../config/config.ts";
import { type Db, row } from "../db/db.ts";
import { localDate } from "../time/periods.ts";

/** How the attendance stands: up to when days are final, which are open, the no-show rate, and each calendar's last reading. */
export async function readAttendance(db: Db, now: Date) {
  const { calendarIds, zone } = config().tracking;
  const [days, state, noShows, calendars] = await Promise.all([
    row<{ lastFinal: string | null; open: number; oldestOpen: string | null }>(
      db,
      sql`select max(date) filter (where final)::text as "lastFinal", (count(*) filter (where not final))::int as open,
          min(date) filter (where not final)::text as "oldestOpen" from daily_metrics`,
    ),
    checkCalendars(db),
    loadNoShowRate(db, localDate(now, zone)),
    loadSyncStatus(db, calendarIds),
  ]);
  return { state, days, noShows, calendars };
}
