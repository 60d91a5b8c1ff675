import { and, asc, eq, gte, lt } from "drizzle-orm";
import { bookingSlots, providerAvailability, services } from "../../lib/booking/schema.ts";
import { slotMaintenance } from "../../lib/booking/slots/maintenance.ts";
import type { Db } from "../../lib/db/db.ts";
import { createInvocation } from "../../lib/jobs/invocation.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { inHours } from "../support/booking/booking-requests.ts";
import { addProvider, addService, addSlots, everyDay, HOUR_MS } from "./slots.ts";

/** Random providers and slots for a round of bookings, and the demand for each slot. */

export type Random = () => number;

/** Draws a whole number from `from` to `to`, both included. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** A slot that more customers may want than it has places. */
export interface ContestedSlot {
  slotId: number;
  capacity: number;
  /** How many customers request a place. */
  demand: number;
}

export interface BookingWorld {
  /** Slots that follow each other, so that only requests for the same slot compete. */
  calm: ContestedSlot[];
  /** Pairs of overlapping slots of two services: their provider can only serve one. */
  rivals: [ContestedSlot, ContestedSlot][];
  /** Providers of two services, with some slots of each. Slots of different services overlap. */
  busy: { providerId: string; slots: number[][] }[];
}

/** Stores the providers of a round. Maintenance generates the slots of `calm` and `busy` from their hours. */
export async function addBookingWorld(db: Db, random: Random): Promise<BookingWorld> {
  await addProvider(db, { id: "calm" }, everyDay(0, 24));
  await addService(db, { id: "calm", providerId: "calm" }, offered(0, 24, random));
  const ids = BUSY.slice(0, between(random, 1, BUSY.length));
  for (const providerId of ids) {
    await addProvider(db, { id: providerId }, everyDay(8, 18));
    const shorter = { durationMinutes: 40, bufferAfter: 10, confirmationRequired: random() < 0.5 };
    await addService(db, { id: `${providerId}-long`, providerId }, offered(8, 18, random));
    await addService(db, { id: `${providerId}-short`, providerId, ...shorter }, offered(8, 18, random));
  }
  await maintain(db, 0, ["calm", ...ids]);
  const day = inHours(0).setUTCHours(48);
  const calm = await slotsFrom(db, "calm", day, between(random, 1, 4));
  const hour = between(random, 8, 15);
  const busy = ids.map(async (providerId) => {
    const services = Map.groupBy(await slotsFrom(db, providerId, day + hour * HOUR_MS, 3), (slot) => slot.serviceId);
    return { providerId, slots: [...services.values()].map((slots) => slots.map(({ id }) => id)) };
  });
  return {
    calm: calm.map(({ id, capacity }) => contested(id, capacity, random)),
    rivals: await makeRivals(db, random),
    busy: await Promise.all(busy),
  };
}

const BUSY = ["busy-1", "busy-2"];

/** Time slots on every day between two hours. */
function offered(from: number, to: number, random: Random) {
  const capacity = randomCapacity(random);
  return everyDay(from, to).map((hours) => ({ ...hours, capacity }));
}

const randomCapacity = (random: Random): number => (random() < 0.5 ? 1 : between(random, 2, 6));

const contested = (slotId: number, capacity: number, random: Random): ContestedSlot => ({
  slotId,
  capacity,
  demand: between(random, 0, capacity + 8),
});

/** Reads a provider's slots that start within this many hours from an instant. */
const slotsFrom = (db: Db, providerId: string, from: number, hours: number) =>
  db
    .select()
    .from(bookingSlots)
    .where(
      and(
        eq(bookingSlots.providerId, providerId),
        gte(bookingSlots.startsAt, new Date(from)),
        lt(bookingSlots.startsAt, new Date(from + hours * HOUR_MS)),
      ),
    )
    .orderBy(asc(bookingSlots.startsAt), asc(bookingSlots.id));

async function makeRivals(db: Db, random: Random): Promise<[ContestedSlot, ContestedSlot][]> {
  await addProvider(db, { id: "rival" }, []);
  for (const id of ["rival-a", "rival-b"]) await addService(db, { id, providerId: "rival" });
  const shift = between(random, -59, 59) * 60_000;
  const pairs: [ContestedSlot, ContestedSlot][] = [];
  for (let n = between(random, 1, 3); n > 0; n--) {
    const start = inHours(30 + 4 * n);
    const [a, b] = [
      { providerId: "rival", serviceId: "rival-a", startsAt: start, capacity: randomCapacity(random) },
      {
        providerId: "rival",
        serviceId: "rival-b",
        startsAt: new Date(+start + shift),
        capacity: randomCapacity(random),
      },
    ];
    const [first, second] = await addSlots(db, a, b);
    pairs.push([contested(first!, a.capacity, random), contested(second!, b.capacity, random)]);
  }
  return pairs;
}

/** Changes a provider's prices and the hour until which the provider works. */
export async function changeCatalog(
  db: Db,
  change: { providerId: string; until: number; price: number },
): Promise<void> {
  await db
    .update(providerAvailability)
    .set({ endMinute: change.until * 60 })
    .where(eq(providerAvailability.providerId, change.providerId));
  await db.update(services).set({ price: change.price }).where(eq(services.providerId, change.providerId));
}

/**
 * Runs maintenance for the next days as a manual run. @throws if it does not complete.
 * @param nth The number of the run in its round; two runs with the same instant would be one.
 */
export async function maintain(db: Db, nth: number, providerId: string[]): Promise<void> {
  const now = new Date();
  const invocation = createInvocation(db, now, "manual", now.getTime() + 60_000);
  const occurrence = new Date(now.getTime() + nth * 60_000);
  const { outcome } = await runOccurrence(slotMaintenance, { daysAhead: 2, providerId }, occurrence, invocation);
  if (outcome.status !== "completed") throw new Error(`expected a run to complete, got ${JSON.stringify(outcome)}`);
}
