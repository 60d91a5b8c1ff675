import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { tellCustomer } from "../messages/booking-mails.ts";
import { changingBooking, saveChange } from "./booking-rows.ts";
import { cancel } from "./cancel.ts";
import type { Booking } from "./schema.ts";

export const STATUSES = ["pending", "confirmed", "cancelled", "completed", "no_show"] as const;
export type Status = (typeof STATUSES)[number];

/** What the operator makes of a booking, from what it may be before. Nothing comes back from `cancelled`. */
const COMES_FROM: Readonly<Record<Status, readonly string[]>> = {
  pending: [],
  confirmed: ["pending"],
  cancelled: ["pending", "confirmed"],
  completed: ["confirmed", "no_show"],
  no_show: ["confirmed", "completed"],
};

/**
 * Sets a booking's status for the operator; the status it has already changes nothing. Its customer hears of a
 * confirmation and of a cancellation.
 * @param reason Of a cancellation.
 * @throws AppError `conflict` for a way the status does not go, or for an outcome before the start.
 */
export function setStatus(db: Db, known: Booking, status: Status, reason: string, now: Date): Promise<Booking> {
  return changingBooking(db, known, [], async (tx, booking) => {
    if (booking.status === status) return booking;
    requireWay(booking, status, now);
    if (status === "cancelled") return cancel(tx, booking, reason, now);
    if (status !== "confirmed") return saveChange(tx, { ...booking, status }, now);
    const confirmed = await saveChange(tx, { ...booking, status, sequence: booking.sequence + 1 }, now);
    await tellCustomer(tx, confirmed, "confirmed", now);
    return confirmed;
  });
}

function requireWay(booking: Booking, status: Status, now: Date): void {
  const from = COMES_FROM[status];
  if (!from.includes(booking.status)) {
    const expected = from.length > 0 ? from.join(" or ") : "none";
    throw new AppError("conflict", `from ${booking.status} to ${status}: expected ${expected} before ${status}`);
  }
  if ((status === "completed" || status === "no_show") && booking.startsAt > now) {
    const start = booking.startsAt.toISOString();
    throw new AppError("conflict", `from ${booking.status} to ${status}: expected not before its start, ${start}`);
  }
}
