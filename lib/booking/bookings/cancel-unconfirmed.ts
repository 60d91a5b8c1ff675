import { sql } from "drizzle-orm";
import { at, type Db, json, row, rows } from "../../db/db.ts";
import { DAY_MS } from "../../time/durations.ts";
import { lockProviders } from "../provider-lock.ts";

/**
 * Cancels bookings that are still unconfirmed a day after their end, and returns their places. Their customers get no
 * mail, because the time has passed anyway. Takes the locks of the providers, so the transaction must not hold other locks.
 * @param limit The most bookings to cancel.
 * @returns the number of cancelled bookings.
 */
export async function cancelUnconfirmed(tx: Db, now: Date, limit: number): Promise<number> {
  const overdue = await rows<{ id: string; providerId: string }>(
    tx,
    sql`select id, provider_id as "providerId" from bookings
      where status = 'pending' and ends_at < ${at(new Date(now.getTime() - DAY_MS))} order by ends_at limit ${limit}`,
  );
  if (overdue.length === 0) return 0;
  await lockProviders(
    tx,
    overdue.map(({ providerId }) => providerId),
  );
  const ids = json(overdue.map(({ id }) => id));
  // A booking confirmed before the lock was granted is left out.
  const { cancelled } = await row<{ cancelled: number }>(
    tx,
    sql`with cancelled as (
        update bookings set status = 'cancelled', cancelled_at = ${at(now)}, cancel_reason = 'never-confirmed',
          sequence = sequence + 1, updated_at = ${at(now)}
        where id in (select value::uuid from jsonb_array_elements_text(${ids})) and status = 'pending' returning slot_id),
      places as (select slot_id, count(*)::int as places from cancelled group by slot_id),
      released as (update booking_slots as slot set booked_count = booked_count - places from places where slot.id = slot_id)
      select count(*)::int as cancelled from cancelled`,
  );
  return cancelled;
}
