import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { tellCustomer } from "../messages/booking-mails.ts";
import { changingBooking, releasePlace, saveChange } from "./booking-rows.ts";
import type { Booking } from "./schema.ts";

/**
 * Cancels a booking for its customer; one that is cancelled already stays as it is.
 * @throws AppError `conflict` for one that took place, `too-late` from its start on.
 */
export function cancelForCustomer(db: Db, known: Booking, now: Date): Promise<Booking> {
  return changingBooking(db, known, [], async (tx, booking) => {
    if (booking.status === "cancelled") return booking;
    requireAhead(booking, now);
    return cancel(tx, booking, "customer", now);
  });
}

/**
 * What a customer may change is a booking that is on and has not begun.
 * @throws AppError `conflict`, `too-late`.
 */
export function requireAhead({ status, startsAt }: Booking, now: Date): void {
  if (status !== "pending" && status !== "confirmed") {
    throw new AppError("conflict", `expected a booking that is pending or confirmed, got one that is ${status}`);
  }
  if (startsAt <= now) {
    throw new AppError("too-late", `expected this before the booking's start, which was ${startsAt.toISOString()}`);
  }
}

/** Cancels a booking of this transaction: gives its place back and tells its customer. */
export async function cancel(tx: Db, booking: Booking, reason: string, now: Date): Promise<Booking> {
  const change = { status: "cancelled", cancelledAt: now, cancelReason: reason, sequence: booking.sequence + 1 };
  const cancelled = await saveChange(tx, { ...booking, ...change }, now);
  await releasePlace(tx, booking);
  await tellCustomer(tx, cancelled, "cancelled", now);
  return cancelled;
}
