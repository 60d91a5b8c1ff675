import { type SQL, sql } from "drizzle-orm";
import { at, type Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { releaseBlockingHolds } from "../free-slots/holds.ts";
import { notifyCustomer } from "../messages/booking-mails.ts";
import { bookingFromRow, changeBooking, releasePlace } from "./booking-rows.ts";
import { requireChangeable } from "./cancel.ts";
import { readSlotCapacity, reservePlace, takePlaceSql } from "./reserve.ts";
import type { Booking } from "./schema.ts";

/**
 * Moves a booking to another slot of its service. If the new place cannot be taken, the booking keeps its old one. A move
 * to its present slot changes nothing.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`; `conflict` for a slot of another
 * service, or a booking that can no longer be changed.
 */
export async function reschedule(db: Db, known: Booking, slotId: number, now: Date): Promise<Booking> {
  const slot = await readSlotCapacity(db, slotId, now);
  return changeBooking(db, known, [slot.providerId], async (tx, booking) => {
    requireChangeable(booking, now);
    if (booking.slotId === slotId) return booking;
    requireSameService(booking.serviceId, slot.serviceId);
    await releaseBlockingHolds(tx, slot, now);
    // Release the old place first, because the two slots may overlap.
    await releasePlace(tx, booking);
    const moved = bookingFromRow(await reservePlace(tx, moveBookingSql(booking.id, slotId, now), slotId, now));
    await notifyCustomer(tx, moved, "rescheduled", now);
    return moved;
  });
}

function requireSameService(serviceId: string, otherServiceId: string): void {
  if (serviceId === otherServiceId) return;
  const [expected, got] = [`a slot of the service ${serviceId}`, `a slot of the service ${otherServiceId}`];
  throw new AppError("conflict", `slotId: expected ${expected}, got ${got}`, {
    detail: { field: "slotId", expected, got },
  });
}

function moveBookingSql(bookingId: string, slotId: number, now: Date): SQL {
  return sql`with taken as (${takePlaceSql(slotId, "booked_count", now)})
    update bookings as booking set slot_id = taken.id, service_name = taken.service_name,
      provider_id = taken.provider_id, provider_name = taken.provider_name, provider_timezone = taken.provider_timezone,
      starts_at = taken.starts_at, ends_at = taken.ends_at, price = taken.price, category = taken.category,
      rush_fee_percent = taken.rush_fee_percent, sequence = booking.sequence + 1, updated_at = ${at(now)}
    from taken where booking.id = ${bookingId} returning booking.*`;
}
