import { type SQL, sql } from "drizzle-orm";
import { at, type Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { releaseOverdue } from "../free-slots/holds.ts";
import { tellCustomer } from "../messages/booking-mails.ts";
import { bookingOf, changingBooking, releasePlace } from "./booking-rows.ts";
import { requireAhead } from "./cancel.ts";
import { placeTaken, readOffer, takePlace } from "./reserve.ts";
import type { Booking } from "./schema.ts";

/**
 * Moves a booking to another slot of its service, in one step: it has the new place, or the old one. A move to where it
 * is already changes nothing.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`; `conflict` for a slot of another
 * service, or a booking that is no longer on.
 */
export async function reschedule(db: Db, known: Booking, slotId: number, now: Date): Promise<Booking> {
  const offer = await readOffer(db, slotId, now);
  return changingBooking(db, known, [offer.providerId], async (tx, booking) => {
    requireAhead(booking, now);
    if (booking.slotId === slotId) return booking;
    requireSameService(booking.serviceId, offer.serviceId);
    await releaseOverdue(tx, offer, now);
    // First the old place, then the new one: the two slots may overlap.
    await releasePlace(tx, booking);
    const moved = bookingOf(await placeTaken(tx, takeAndMove(booking.id, slotId, now), slotId, now));
    await tellCustomer(tx, moved, "rescheduled", now);
    return moved;
  });
}

function requireSameService(serviceId: string, other: string): void {
  if (serviceId === other) return;
  const [expected, got] = [`a slot of the service ${serviceId}`, `one of ${other}`];
  throw new AppError("conflict", `slotId: expected ${expected}, got ${got}`, {
    detail: { field: "slotId", expected, got },
  });
}

function takeAndMove(bookingId: string, slotId: number, now: Date): SQL {
  return sql`with taken as (${takePlace(slotId, "booked_count", now)})
    update bookings as booking set slot_id = taken.id, service_name = taken.service_name,
      provider_id = taken.provider_id, provider_name = taken.provider_name, provider_timezone = taken.provider_timezone,
      starts_at = taken.starts_at, ends_at = taken.ends_at, price = taken.price, category = taken.category,
      rush_fee_percent = taken.rush_fee_percent, sequence = booking.sequence + 1, updated_at = ${at(now)}
    from taken where booking.id = ${bookingId} returning booking.*`;
}
