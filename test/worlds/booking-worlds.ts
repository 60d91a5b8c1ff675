import { and, asc, eq, gte, lt } from "drizzle-orm";
import { bookingSlots, providerAvailability, services } from "../../lib/booking/schema.ts";
import { slotMaintenance } from "../../lib/booking/slots/maintenance.ts";
import type { Db } from "../../lib/db/db.ts";
import { invocationHere } from "../../lib/jobs/invocation.ts";
import { fire } from "../../lib/jobs/occurrence.ts";
import { inHours } from "../support/booking/booking-requests.ts";
import { addProvider, addService, addSlots, everyDay, HOUR_MS } from "./slots.ts";

/** The providers of a round of bookings, and how many ask for what they offer. */

export type Random = () => number;

/** A whole number from `from` to `to`, both included. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

export interface Contested {
  slotId: number;
  capacity: number;
  /** How many ask for a place. */
  wanted: number;
}

export interface World {
  /** Slots one after another, which nothing but requests for them gets in the way of. */
  calm: Contested[];
  /** Pairs of slots of two services, which overlap: their provider cannot serve both. */
  rivals: [Contested, Contested][];
  /** Providers of two services, with some slots of each: those of different services overlap. */
  busy: { providerId: string; slots: number[][] }[];
}

/** Makes the world of a round; slots of `calm` and `busy` are what maintenance makes of their providers' hours. */
export async function makeWorld(db: Db, random: Random): Promise<World> {
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

/** Offered on every day between two hours. */
function offered(from: number, to: number, random: Random) {
  const capacity = someCapacity(random);
  return everyDay(from, to).map((hours) => ({ ...hours, capacity }));
}

const someCapacity = (random: Random): number => (random() < 0.5 ? 1 : between(random, 2, 6));

const contested = (slotId: number, capacity: number, random: Random): Contested => ({
  slotId,
  capacity,
  wanted: between(random, 0, capacity + 8),
});

/** A provider's slots that start from an instant on and within so many hours. */
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

async function makeRivals(db: Db, random: Random): Promise<[Contested, Contested][]> {
  await addProvider(db, { id: "rival" }, []);
  for (const id of ["rival-a", "rival-b"]) await addService(db, { id, providerId: "rival" });
  const shift = between(random, -59, 59) * 60_000;
  const pairs: [Contested, Contested][] = [];
  for (let n = between(random, 1, 3); n > 0; n--) {
    const start = inHours(30 + 4 * n);
    const [a, b] = [
      { providerId: "rival", serviceId: "rival-a", startsAt: start, capacity: someCapacity(random) },
      { providerId: "rival", serviceId: "rival-b", startsAt: new Date(+start + shift), capacity: someCapacity(random) },
    ];
    const [first, second] = await addSlots(db, a, b);
    pairs.push([contested(first!, a.capacity, random), contested(second!, b.capacity, random)]);
  }
  return pairs;
}

/** A provider changes prices, and until which hour they work. */
export async function changeSetup(db: Db, to: { providerId: string; until: number; price: number }): Promise<void> {
  await db
    .update(providerAvailability)
    .set({ endMinute: to.until * 60 })
    .where(eq(providerAvailability.providerId, to.providerId));
  await db.update(services).set({ price: to.price }).where(eq(services.providerId, to.providerId));
}

/**
 * A run of maintenance over the next days, as somebody starts it by hand; the `nth` of a round, since one that is started
 * in the same millisecond as another would be the same. @throws where it does not complete.
 */
export async function maintain(db: Db, nth: number, providerId: string[]): Promise<void> {
  const now = new Date();
  const invocation = invocationHere(db, now, "manual", now.getTime() + 60_000);
  const occurrence = new Date(now.getTime() + nth * 60_000);
  const { outcome } = await fire(slotMaintenance, { daysAhead: 2, providerId }, occurrence, invocation);
  if (outcome.status !== "completed") throw new Error(`expected a run to complete, got ${JSON.stringify(outcome)}`);
}
