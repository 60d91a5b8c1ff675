import { eq, getTableColumns, sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { lockProviders } from "../provider-lock.ts";
import { type Booking, bookings } from "./schema.ts";

/** Finds a booking by its id. */
export async function findBooking(db: Db, id: string): Promise<Booking | undefined> {
  const [booking] = await db.select().from(bookings).where(eq(bookings.id, id));
  return booking;
}

/** Converts a row of `bookings` that a raw statement returned, as Drizzle would. */
export function bookingFromRow(row: Record<string, unknown>): Booking {
  const values = Object.entries(getTableColumns(bookings)).map(([key, column]) => {
    const value = row[column.name];
    return [key, value === null ? null : column.mapFromDriverValue(value)];
  });
  return Object.fromEntries(values) as Booking;
}

/**
 * Runs `change` in a transaction that holds the locks of the booking and of its provider's slots.
 * @param known The booking as read before; `change` receives its present state.
 * @param otherProviderIds Providers whose slots `change` writes too.
 */
export function changeBooking<T>(
  db: Db,
  known: Pick<Booking, "id" | "providerId">,
  otherProviderIds: readonly string[],
  change: (tx: Db, booking: Booking) => Promise<T>,
): Promise<T> {
  return transact(db, async (tx) => {
    await lockProviders(tx, [known.providerId, ...otherProviderIds]);
    const [booking] = await tx.select().from(bookings).where(eq(bookings.id, known.id)).for("update");
    if (booking === undefined) throw bookingNotFound(known.id);
    return change(tx, booking);
  });
}

/** The error for an unknown booking id (404). */
export function bookingNotFound(id: string): AppError {
  return new AppError("not-found", `There is no booking with the id ${id}.`);
}

/** Writes the status, sequence and cancellation of a changed booking. @returns the booking as stored. */
export async function updateBooking(tx: Db, changed: Booking, now: Date): Promise<Booking> {
  const { id, status, sequence, cancelledAt, cancelReason } = changed;
  const change = { status, sequence, cancelledAt, cancelReason, updatedAt: now };
  await tx.update(bookings).set(change).where(eq(bookings.id, id));
  return { ...changed, updatedAt: now };
}

/** Returns a booking's place to its slot, if the slot still exists. The caller holds the provider's lock. */
export async function releasePlace(tx: Db, { slotId }: { slotId: number | null }): Promise<void> {
  if (slotId === null) return;
  await rows(tx, sql`update booking_slots set booked_count = booked_count - 1 where id = ${slotId}`);
}
