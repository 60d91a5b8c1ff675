import { sql } from "drizzle-orm";
import { config } from "../config/config.ts";
import { at, type Db, rows } from "../db/db.ts";

/**
 * Empties titles, customers and addresses of appointments that are more than `days` days old, at most `batch` at a time.
 * Outcomes and metrics stay. A sync that reads such days again brings the titles back, until the next cleanup.
 * @returns how many appointments were emptied.
 */
export async function anonymizeAppointments(tx: Db, now: Date, days: number, batch: number): Promise<number> {
  // The database computes the local date, because the first use of a zone costs this process 20 ms.
  const before = sql`(${at(now)} at time zone ${config().tracking.zone}::text)::date - ${days}::int`;
  const emptied = await rows(
    tx,
    sql`update calendar_appointments set title = null, customer_key = null, customer_name = null, organizer = null,
        booked_by = null
      where id in (select id from calendar_appointments
        where title is not null and local_date < ${before} order by local_date limit ${batch} for update skip locked)
      returning id`,
  );
  return emptied.length;
}
