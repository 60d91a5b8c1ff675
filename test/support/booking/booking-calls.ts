import { randomUUID } from "node:crypto";
import { type BookingRequest, createBooking } from "../../../lib/booking/bookings/create-booking.ts";
import { holdPlace } from "../../../lib/booking/free-slots/holds.ts";
import type { services } from "../../../lib/booking/schema.ts";
import type { Db } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { addProvider, addService, addSlots } from "../../worlds/slots.ts";

/** Calls of booking's functions at a given instant, without a request. */

export const START = new Date("2026-06-01T12:00:00Z");

export const minus = (instant: Date, ms: number): Date => new Date(instant.getTime() - ms);
export const plus = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/** Stores a provider with a service and one slot that starts at START by default. @returns the slot's id. */
export async function addSlot(
  db: Db,
  service: Partial<typeof services.$inferInsert> = {},
  slot: object = {},
): Promise<number> {
  await addProvider(db);
  await addService(db, service);
  return (await addSlots(db, { startsAt: START, ...slot }))[0]!;
}

/** A valid request to book a place. */
export const bookingRequest = (slotId: number, other: Partial<BookingRequest> = {}): BookingRequest => ({
  slotId,
  name: "Ada",
  email: "ada@club.example",
  language: "en",
  ...other,
});

/** Books a place. @returns the result of `codeOf`. */
export const bookAt = (db: Db, slotId: number, now: Date, other: Partial<BookingRequest> = {}): Promise<string> =>
  codeOf(createBooking(db, bookingRequest(slotId, other), randomUUID(), now));

/** Holds a place. @returns the result of `codeOf`. */
export const holdAt = (db: Db, slotId: number, now: Date): Promise<string> => codeOf(holdPlace(db, slotId, now));

/** `ok`, or the code of the error. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
