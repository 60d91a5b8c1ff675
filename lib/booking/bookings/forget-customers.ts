import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, row, rows } from "../../db/db.ts";
import { DAY_MS } from "../../time/durations.ts";
import { lockProviders } from "../provider-lock.ts";
import { OPEN_STATUSES, statusList } from "./schema.ts";

/**
 * Clears a booking's personal data and its token. The booked service, time and price stay, so that past metrics do not
 * change. The hash of the Idempotency-Key stays too, so that a late replay books nothing.
 */
const FORGOTTEN_COLUMNS: SQL = sql`customer_name = '', customer_email = '', request_hash = '', token_salt = '',
  cancel_token_hash = '', cancel_reason = null`;

/**
 * Forgets the customers of bookings that ended more than `days` ago.
 * @param limit The most bookings to clear.
 * @returns the number of cleared bookings.
 */
export async function forgetPastCustomers(tx: Db, now: Date, days: number, limit: number): Promise<number> {
  const cleared = await rows(
    tx,
    sql`update bookings set ${FORGOTTEN_COLUMNS}
      where id in (select id from bookings
        where ends_at < ${at(new Date(now.getTime() - days * DAY_MS))} and customer_email <> ''
        order by ends_at limit ${limit})
      returning id`,
  );
  return cleared.length;
}

export interface ForgottenCustomer {
  bookingIds: string[];
  /** How many of the bookings were upcoming and are now cancelled. */
  cancelled: number;
}

/**
 * Forgets one customer in all bookings. Upcoming bookings are cancelled and return their places; no mail is sent,
 * because the address is no longer known. Takes the locks of the providers, so the transaction must not hold other locks.
 * @param addresses The customer's email addresses in lower case.
 */
export async function forgetCustomer(tx: Db, addresses: readonly string[], now: Date): Promise<ForgottenCustomer> {
  const ofCustomer = sql`customer_email <> ''
    and lower(customer_email) in (select jsonb_array_elements_text(${json(addresses)}))`;
  const providers = await rows<{ id: string }>(
    tx,
    sql`select distinct provider_id as id from bookings where ${ofCustomer}`,
  );
  if (providers.length === 0) return { bookingIds: [], cancelled: 0 };
  const providerIds = providers.map(({ id }) => id);
  await lockProviders(tx, providerIds);
  // A booking made just now with another provider is not included: the caller repeats the whole for later bookings.
  return row(
    tx,
    sql`with own as (
        select id, slot_id, starts_at > ${at(now)} and status in ${statusList(OPEN_STATUSES)} as upcoming from bookings
        where ${ofCustomer}
          and provider_id in (select value collate "C" from jsonb_array_elements_text(${json(providerIds)}))
        for update),
      forgotten as (
        update bookings as booking set ${FORGOTTEN_COLUMNS}, updated_at = ${at(now)},
          status = case when upcoming then 'cancelled' else status end,
          cancelled_at = case when upcoming then ${at(now)} else cancelled_at end,
          sequence = sequence + upcoming::int
        from own where booking.id = own.id),
      places as (select slot_id, count(*)::int as places from own where upcoming group by slot_id),
      released as (update booking_slots as slot set booked_count = booked_count - places from places where slot.id = slot_id)
      select coalesce(jsonb_agg(id), '[]') as "bookingIds", (count(*) filter (where upcoming))::int as cancelled from own`,
  );
}
