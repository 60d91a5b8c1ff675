import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, row, rows } from "../../db/db.ts";
import { lockProviders } from "../provider-lock.ts";

const DAY_MS = 86_400_000;

/**
 * Cancels bookings that nobody has confirmed a day after their time, and gives their places back. Nobody is told: the
 * customer has known for a day that nothing came of it. At most `batch`; takes providers' locks, so nothing may be locked
 * before it in the transaction.
 * @returns how many.
 */
export async function cancelNeverConfirmed(tx: Db, now: Date, batch: number): Promise<number> {
  const overdue = sql`status = 'pending' and ends_at < ${at(new Date(now.getTime() - DAY_MS))}`;
  const found = await rows<{ id: string; provider: string }>(
    tx,
    sql`select id, provider_id as provider from bookings where ${overdue} order by ends_at limit ${batch}`,
  );
  if (found.length === 0) return 0;
  await lockProviders(
    tx,
    found.map(({ provider }) => provider),
  );
  const { cancelled } = await row<{ cancelled: number }>(
    tx,
    sql`with cancelled as (
        update bookings set status = 'cancelled', cancelled_at = ${at(now)}, cancel_reason = 'never-confirmed',
          sequence = sequence + 1, updated_at = ${at(now)}
        where id in ${those(found)} and status = 'pending' returning slot_id),
      places as (select slot_id, count(*)::int as places from cancelled group by slot_id),
      freed as (update booking_slots as slot set booked_count = booked_count - places from places where slot.id = slot_id)
      select count(*)::int as cancelled from cancelled`,
  );
  return cancelled;
}

/** What a booking no longer says once its customer is forgotten. */
export const FORGOTTEN: SQL = sql`customer_name = '', customer_email = '', request_hash = '', token_salt = '',
  cancel_token_hash = '', cancel_reason = null`;

/**
 * Empties what bookings that ended more than `days` ago say of their customers, and makes their tokens worthless; what
 * was booked, and when, stays. The hash of the Idempotency-Key stays too, so that a late replay books nothing. At most
 * `batch`. @returns how many.
 */
export async function forgetCustomers(tx: Db, now: Date, days: number, batch: number): Promise<number> {
  const forgotten = await rows(
    tx,
    sql`update bookings set ${FORGOTTEN}
      where id in (select id from bookings
        where ends_at < ${at(new Date(now.getTime() - days * DAY_MS))} and customer_email <> ''
        order by ends_at limit ${batch})
      returning id`,
  );
  return forgotten.length;
}

const those = (found: { id: string }[]): SQL =>
  sql`(select value::uuid from jsonb_array_elements_text(${json(found.map(({ id }) => id))}))`;
