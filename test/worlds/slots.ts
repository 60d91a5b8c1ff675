import {
  availabilityExceptions,
  bookingSlots,
  providerAvailability,
  providers,
  services,
  serviceTimeSlots,
} from "../../lib/booking/schema.ts";
import type { Db } from "../../lib/db/db.ts";

/** Builders of providers, services, hours and slots with valid defaults. A test states only what matters to it. */

export const HOUR_MS = 3_600_000;

type NewProvider = Partial<typeof providers.$inferInsert>;

/** Stores a provider with the given windows. Defaults: UTC, every day from 9 to 17 without a break. @returns the id. */
export async function addProvider(
  db: Db,
  provider: NewProvider = {},
  windows: Partial<typeof providerAvailability.$inferInsert>[] = everyDay(9, 17),
): Promise<string> {
  const id = provider.id ?? "praxis";
  await db.insert(providers).values({ name: id, timezone: "UTC", ...provider, id });
  if (windows.length > 0) {
    const values = windows.map((window) => ({
      weekday: 0,
      startMinute: 540,
      endMinute: 1020,
      ...window,
      providerId: id,
    }));
    await db.insert(providerAvailability).values(values);
  }
  return id;
}

/** Windows with the same hours on every weekday. */
export const everyDay = (from: number, to: number) =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, startMinute: from * 60, endMinute: to * 60 }));

type NewService = Partial<typeof services.$inferInsert>;

/** Stores a service. Defaults: an hour, price 40, of the provider `praxis`. @returns the id. */
export async function addService(
  db: Db,
  service: NewService = {},
  timeSlots: Partial<typeof serviceTimeSlots.$inferInsert>[] = [],
): Promise<string> {
  const id = service.id ?? "massage";
  await db.insert(services).values({ name: id, providerId: "praxis", durationMinutes: 60, price: 40, ...service, id });
  if (timeSlots.length > 0) {
    const values = timeSlots.map((slot) => ({ weekday: 0, startMinute: 540, endMinute: 1020, ...slot, serviceId: id }));
    await db.insert(serviceTimeSlots).values(values);
  }
  return id;
}

/** Stores an exception. Default: the provider `praxis` is closed on the date. */
export async function addException(
  db: Db,
  exception: Partial<typeof availabilityExceptions.$inferInsert> & { date: string },
): Promise<void> {
  await db.insert(availabilityExceptions).values({ providerId: "praxis", kind: "closed", ...exception });
}

type NewSlot = Partial<typeof bookingSlots.$inferInsert> & { startsAt: Date };

/** Stores slots as maintenance would (UTC). Defaults: an hour of the service `massage`. @returns the ids in order. */
export async function addSlots(db: Db, ...slots: NewSlot[]): Promise<number[]> {
  const values = slots.map((slot) => {
    const endsAt = slot.endsAt ?? new Date(slot.startsAt.getTime() + HOUR_MS);
    return {
      serviceId: "massage",
      providerId: "praxis",
      localDate: slot.startsAt.toISOString().slice(0, 10),
      endsAt,
      busyFrom: slot.startsAt,
      busyUntil: endsAt,
      capacity: 1,
      category: "normal" as const,
      rushFeePercent: 0,
      basePrice: 40,
      price: 40,
      ...slot,
    };
  });
  const added = await db.insert(bookingSlots).values(values).returning({ id: bookingSlots.id });
  return added.map(({ id }) => id);
}
