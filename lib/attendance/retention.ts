import { sql } from "drizzle-orm";
import { config } from "../config/config.ts";
import { type Db, rows } from "../db/db.ts";
import { addDays } from "../time/dates.ts";
import { localDate } from "../time/periods.ts";

/**
 * Forgets whom appointments of more than `days` ago were with: titles, customers and addresses. What they came to, and so
 * the figures, stays. At most `batch` of them. Whoever reads such days again brings them back until the next time.
 * @returns how many.
 */
export async function anonymizeAppointments(tx: Db, now: Date, days: number, batch: number): Promise<number> {
  const before = addDays(localDate(now, config().tracking.zone), -days);
  const forgotten = await rows(
    tx,
    sql`update calendar_appointments set title = null, customer_key = null, customer_name = null, organizer = null,
        booked_by = null
      where id in (select id from calendar_appointments
        where title is not null and local_date < ${before}::date order by local_date limit ${batch} for update skip locked)
      returning id`,
  );
  return forgotten.length;
}
