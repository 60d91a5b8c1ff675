import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { notifyCustomer } from "../messages/booking-mails.ts";
import { changeBooking, updateBooking } from "./booking-rows.ts";
import { cancel } from "./cancel.ts";
import type { Booking, BookingStatus } from "./schema.ts";

/** The statuses from which an operator can set each status. A cancelled booking keeps its status. */
const ALLOWED_FROM: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  pending: [],
  confirmed: ["pending"],
  cancelled: ["pending", "confirmed"],
  completed: ["confirmed", "no_show"],
  no_show: ["confirmed", "completed"],
};

/**
 * Sets a booking's status for the operator; its present status changes nothing. The customer gets a mail about a
 * confirmation and about a cancellation.
 * @param reason The reason of a cancellation.
 * @throws AppError `conflict` for a status that cannot follow the present one, or for an outcome before the start.
 */
export function setStatus(db: Db, known: Booking, status: BookingStatus, reason: string, now: Date): Promise<Booking> {
  return changeBooking(db, known, [], async (tx, booking) => {
    if (booking.status === status) return booking;
    requireTransition(booking, status, now);
    if (status === "cancelled") return cancel(tx, booking, reason, now);
    if (status !== "confirmed") return updateBooking(tx, { ...booking, status }, now);
    const confirmed = await updateBooking(tx, { ...booking, status, sequence: booking.sequence + 1 }, now);
    await notifyCustomer(tx, confirmed, "confirmed", now);
    return confirmed;
  });
}

function requireTransition(booking: Booking, status: BookingStatus, now: Date): void {
  if (!ALLOWED_FROM[status].includes(booking.status)) {
    throw new AppError("conflict", `A booking that is ${booking.status} cannot become ${status}.`);
  }
  if ((status === "completed" || status === "no_show") && booking.startsAt > now) {
    const start = booking.startsAt.toISOString();
    throw new AppError("conflict", `A booking can become ${status} only after its start, ${start}.`);
  }
}
