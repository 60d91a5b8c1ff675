import { sql } from "drizzle-orm";
import { at, type Db, json, row, rows } from "../../db/db.ts";
import { lockProviders } from "../provider-lock.ts";
import { FORGOTTEN } from "./cancel-unconfirmed.ts";

export interface ForgottenCustomer {
  bookingIds: string[];
  /** How many of these were ahead, and are cancelled. */
  cancelled: number;
}

/**
 * Forgets a customer: what is ahead is cancelled and gives its place back; every booking loses what it says of them, as
 * after `BOOKING_RETENTION_DAYS`. What was booked, when and for how much stays, so that no count of a past day changes.
 * Nobody is told, there is no one to tell any more. Takes providers' locks, so nothing may be locked before it in the
 * transaction.
 * @param addresses In lower case.
 */
export async function forgetCustomer(tx: Db, addresses: readonly string[], now: Date): Promise<ForgottenCustomer> {
  const theirs = sql`lower(customer_email) in (select jsonb_array_elements_text(${json(addresses)}))`;
  const found = await rows<{ provider: string }>(
    tx,
    sql`select distinct provider_id as provider from bookings where customer_email <> '' and ${theirs}`,
  );
  if (found.length === 0) return { bookingIds: [], cancelled: 0 };
  await lockProviders(
    tx,
    found.map(({ provider }) => provider),
  );
  // One that they make with another provider in this moment is found by doing this again, as all that comes later.
  return row(
    tx,
    sql`with theirs as (
        select id, slot_id, starts_at > ${at(now)} and status in ('pending', 'confirmed') as ahead from bookings
        where customer_email <> '' and ${theirs}
          and provider_id in (select value collate "C" from jsonb_array_elements_text(${json(found.map(({ provider }) => provider))}))
        for update),
      forgotten as (
        update bookings as booking set ${FORGOTTEN}, updated_at = ${at(now)},
          status = case when ahead then 'cancelled' else status end,
          cancelled_at = case when ahead then ${at(now)} else cancelled_at end,
          sequence = sequence + ahead::int
        from theirs where booking.id = theirs.id),
      places as (select slot_id, count(*)::int as places from theirs where ahead group by slot_id),
      freed as (update booking_slots as slot set booked_count = booked_count - places from places where slot.id = slot_id)
      select coalesce(jsonb_agg(id), '[]') as "bookingIds", (count(*) filter (where ahead))::int as cancelled from theirs`,
  );
}
