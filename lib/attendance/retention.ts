import { sql } from "drizzle-orm";
import { config } from "../config/config.ts";
import { type Db, rows } from "../db/db.ts";
import { addDays } from "../time/dates.ts";
import { localDate } from "../time/periods.ts";

/**
 * Empties titles, customers and addresses of appointments that are more than `days` days old, at most `batch` at a time.
 * Outcomes and metrics stay. A sync that reads such days again brings the titles back, until the next cleanup.
 * @returns how many appointments were emptied.
 */
export async function anonymizeAppointments(tx: Db, now: Date, days: number, batch: number): Promise<number> {
  const before = addDays(localDate(now, config().tracking.zone), -days);
  const emptied = await rows(
    tx,
    sql`update calendar_appointments set title = null, customer_key = null, customer_name = null, organizer = null,
        booked_by = null
      where id in (select id from calendar_appointments
        where title is not null and local_date < ${before}::date order by local_date limit ${batch} for update skip locked)
      returning id`,
  );
  return emptied.length;
}
