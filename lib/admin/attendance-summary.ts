import { sql } from "drizzle-orm";
import * as z from "zod";
import { loadNoShowRate } from "../attendance/conditions.ts";
import { loadSyncStatus } from "../attendance/google/sync-status.ts";
import { checkCalendars } from "../attendance/health.ts";
import { config } from "../config/config.ts";
import { type Db, row } from "../db/db.ts";
import { sentDate, sentInstant } from "../http/responses/fields.ts";
import { localDate } from "../time/periods.ts";

const calendarSync = z
  .object({
    calendarId: z.string(),
    succeededAt: sentInstant.nullable(),
    failedAt: sentInstant.nullable(),
    error: z.string().nullable().meta({ description: "Why the last sync failed; null if it succeeded." }),
  })
  .meta({ id: "CalendarSync", description: "When a calendar was read, and when reading it failed." });

export const attendanceSummary = z
  .object({
    state: z
      .object({
        status: z.enum(["pass", "warn", "fail"]),
        output: z.string().optional().meta({ description: "What is wrong and what to do, in sentences." }),
      })
      .meta({ id: "CalendarHealth", description: "Whether the calendars can be read." }),
    days: z.object({
      lastFinal: sentDate.nullable().meta({ description: "The last date whose figures no longer change." }),
      open: z.int().meta({ description: "The number of days whose figures may still change." }),
      oldestOpen: sentDate.nullable(),
    }),
    noShows: z
      .object({
        from: sentDate,
        to: sentDate,
        rate: z.number().nullable().meta({ description: "In percent with two decimals; null without appointments." }),
        missed: z.int(),
        total: z.int(),
      })
      .meta({ id: "NoShowRate", description: "The no-shows and ghosts of the seven days before today." }),
    calendars: z.array(calendarSync).meta({ description: "A calendar that was never tried is missing." }),
  })
  .meta({ id: "AttendanceSummary", description: "The state of the attendance, and the newest figures." });

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
