import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { notifyCustomer } from "../messages/booking-mails.ts";
import { changeBooking, releasePlace, updateBooking } from "./booking-rows.ts";
import { type Booking, isOpen } from "./schema.ts";

/**
 * Cancels a booking for its customer. A booking that is already cancelled stays as it is.
 * @throws AppError `conflict` for a booking that took place, `too-late` from its start on.
 */
export function cancelForCustomer(db: Db, known: Booking, now: Date): Promise<Booking> {
  return changeBooking(db, known, [], async (tx, booking) => {
    if (booking.status === "cancelled") return booking;
    requireChangeable(booking, now);
    return cancel(tx, booking, "customer", now);
  });
}

/**
 * A customer may change a booking that is pending or confirmed and has not started.
 * @throws AppError `conflict`, `too-late`.
 */
export function requireChangeable({ status, startsAt }: Booking, now: Date): void {
  if (!isOpen(status)) {
    throw new AppError("conflict", `Only a pending or confirmed booking can be changed; this one is ${status}.`);
  }
  if (startsAt <= now) {
    throw new AppError(
      "too-late",
      `A booking can only be changed before its start, which was ${startsAt.toISOString()}.`,
    );
  }
}

/** Cancels a booking in the caller's transaction, returns its place and notifies its customer. */
export async function cancel(tx: Db, booking: Booking, reason: string, now: Date): Promise<Booking> {
  const change = {
    status: "cancelled",
    cancelledAt: now,
    cancelReason: reason,
    sequence: booking.sequence + 1,
  } as const;
  const cancelled = await updateBooking(tx, { ...booking, ...change }, now);
  await releasePlace(tx, booking);
  await notifyCustomer(tx, cancelled, "cancelled", now);
  return cancelled;
}
