import { createHash, randomUUID } from "node:crypto";
import { type Booking, bookings } from "../../lib/booking/bookings/schema.ts";
import type { Db } from "../../lib/db/db.ts";
import { HOUR_MS } from "./slots.ts";

/** Builds a valid booking. Defaults: an hour, confirmed, its slot deleted. */
export function booking(over: Partial<Booking> = {}): Booking {
  const id = over.id ?? randomUUID();
  const startsAt = over.startsAt ?? new Date("2026-03-10T09:00:00Z");
  return {
    slotId: null,
    serviceId: "massage",
    serviceName: "Massage",
    providerId: "praxis",
    providerName: "Praxis Nord",
    providerTimezone: "Europe/Berlin",
    endsAt: new Date(startsAt.getTime() + HOUR_MS),
    price: 40,
    rushFeePercent: 0,
    category: "normal",
    customerName: "Ada",
    customerEmail: "ada@club.example",
    language: "de",
    timezone: "Europe/Berlin",
    status: "confirmed",
    sequence: 0,
    idempotencyKeyHash: createHash("sha256").update(id).digest("hex"),
    requestHash: "request",
    tokenSalt: "salt",
    cancelTokenHash: "token",
    createdAt: new Date("2026-02-01T00:00:00Z"),
    updatedAt: new Date("2026-02-01T00:00:00Z"),
    cancelledAt: null,
    cancelReason: null,
    ...over,
    id,
    startsAt,
  };
}

/** Stores bookings with defaults for missing fields. @returns the bookings. */
export async function addBookings(db: Db, ...overrides: Partial<Booking>[]): Promise<Booking[]> {
  const added = overrides.map((over) => booking(over));
  await db.insert(bookings).values(added);
  return added;
}
