import { eq, getTableColumns, sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { lockProviders } from "../provider-lock.ts";
import { type Booking, bookings } from "./schema.ts";

/** A booking by its id; undefined where there is none. */
export async function readBooking(db: Db, id: string): Promise<Booking | undefined> {
  const [booking] = await db.select().from(bookings).where(eq(bookings.id, id));
  return booking;
}

/** A row of `bookings` that a statement in the open returned, with the values Drizzle would read. */
export function bookingOf(row: Record<string, unknown>): Booking {
  const values = Object.entries(getTableColumns(bookings)).map(([key, column]) => {
    const value = row[column.name];
    return [key, value === null ? null : column.mapFromDriverValue(value)];
  });
  return Object.fromEntries(values) as Booking;
}

/**
 * Runs `work` in a transaction in which nobody else changes the booking, nor what the slots of its provider hold.
 * @param known As it was read before: `work` gets it as it is now.
 * @param others Whose slots `work` changes too.
 */
export function changingBooking<T>(
  db: Db,
  known: Pick<Booking, "id" | "providerId">,
  others: readonly string[],
  work: (tx: Db, booking: Booking) => Promise<T>,
): Promise<T> {
  return transact(db, async (tx) => {
    await lockProviders(tx, [known.providerId, ...others]);
    const [booking] = await tx.select().from(bookings).where(eq(bookings.id, known.id)).for("update");
    if (booking === undefined) throw unknownBooking(known.id);
    return work(tx, booking);
  });
}

/** The error (404) of a booking that there is not. */
export function unknownBooking(id: string): AppError {
  return new AppError("not-found", `expected a booking with the id ${id}, got none`);
}

/** Writes what changed of a booking. @returns it as it is then. */
export async function saveChange(tx: Db, changed: Booking, now: Date): Promise<Booking> {
  const { id, status, sequence, cancelledAt, cancelReason } = changed;
  const change = { status, sequence, cancelledAt, cancelReason, updatedAt: now };
  await tx.update(bookings).set(change).where(eq(bookings.id, id));
  return { ...changed, updatedAt: now };
}

/** Gives a booking's place back; one whose slot is gone has none. Under the provider's lock. */
export async function releasePlace(tx: Db, { slotId }: { slotId: number | null }): Promise<void> {
  if (slotId === null) return;
  await rows(tx, sql`update booking_slots set booked_count = booked_count - 1 where id = ${slotId}`);
}
