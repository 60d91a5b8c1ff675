import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { readFreeSlots } from "../../../../lib/booking/free-slots/free-slots.ts";
import { bookingSlots, providers, slotHolds } from "../../../../lib/booking/schema.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

/** Compares the free slots with the rule of docs/domain.md, section 6, applied to one slot at a time. */

const it = databaseTest();

const NOW = new Date("2026-03-28T22:00:00Z");
const QUARTER_MS = 15 * 60_000;
const SERVICES = ["massage", "course", "retreat"] as const;

/** Quarters of an hour from `NOW`, and how many quarters a slot and its buffers last. */
const slot = fc.record({
  service: fc.integer({ min: 0, max: 2 }),
  start: fc.integer({ min: -4, max: 60 }),
  length: fc.integer({ min: 1, max: 6 }),
  before: fc.integer({ min: 0, max: 3 }),
  after: fc.integer({ min: 0, max: 3 }),
  capacity: fc.integer({ min: 1, max: 3 }),
  booked: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) }),
  /** Of each hold, whether its time is over. */
  holds: fc.oneof({ weight: 2, arbitrary: fc.constant<boolean[]>([]) }, fc.array(fc.boolean(), { maxLength: 3 })),
});
type Slot = ReturnType<typeof slot.generate>["value"];

const overlap = (a: Slot, b: Slot) =>
  a.start - a.before < b.start + b.length + b.after && b.start - b.before < a.start + a.length + a.after;

/** As many of them as the tables take: no start twice, no place taken twice, no provider in two places. */
function possible(slots: Slot[]): Slot[] {
  const kept: Slot[] = [];
  for (const one of slots) {
    const { service, start, capacity, booked, holds } = one;
    const rivals = kept.filter((other) => overlap(one, other) && other.booked + other.holds.length > 0);
    if (kept.some((other) => other.service === service && other.start === start)) continue;
    if (booked + holds.length > capacity || (rivals.length > 0 && booked + holds.length > 0)) continue;
    kept.push(one);
  }
  return kept;
}

const live = ({ holds }: Slot): number => holds.filter((over) => !over).length;

function isFree(slot: Slot, all: Slot[], notice: readonly number[]): boolean {
  if (slot.start <= 0 || slot.start < (notice[slot.service] ?? 0) || slot.start >= 48) return false;
  if (slot.booked + live(slot) >= slot.capacity) return false;
  return !all.some((other) => other !== slot && overlap(slot, other) && other.booked + live(other) > 0);
}

it("free slots have a free place, keep the notice, and their provider is not busy elsewhere", async ({ db }) => {
  const quarters = (count: number) => new Date(NOW.getTime() + count * QUARTER_MS);
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(slot, { minLength: 10, maxLength: 60 }),
      fc.tuple(...SERVICES.map(() => fc.integer({ min: 0, max: 12 }))),
      async (drawn, notice) => {
        await db.delete(bookingSlots);
        await db.delete(providers);
        await addProvider(db, {}, []);
        for (const [index, id] of SERVICES.entries()) {
          await addService(db, { id, minNoticeMinutes: (notice[index] ?? 0) * 15 });
        }
        const slots = possible(drawn);
        const ids = await addSlots(
          db,
          ...slots.map(({ service, start, length, before, after, capacity, booked, holds }) => ({
            serviceId: SERVICES[service] ?? "",
            startsAt: quarters(start),
            endsAt: quarters(start + length),
            busyFrom: quarters(start - before),
            busyUntil: quarters(start + length + after),
            capacity,
            bookedCount: booked,
            heldCount: holds.length,
          })),
        );
        const holds = slots.flatMap((slot, index) =>
          slot.holds.map((over) => ({
            id: randomUUID(),
            slotId: ids[index] ?? 0,
            providerId: "praxis",
            expiresAt: quarters(over ? 0 : 1),
          })),
        );
        if (holds.length > 0) await db.insert(slotHolds).values(holds);
        const expected = slots.flatMap((slot, index) =>
          isFree(slot, slots, notice) ? [`${ids[index]} ${slot.capacity - slot.booked - live(slot)}`] : [],
        );
        const found = await readFreeSlots(db, { providerId: "praxis" }, { start: NOW, end: quarters(48) }, "UTC", NOW);
        expect(found.items.map(({ id, places }) => `${id} ${places}`).toSorted()).toEqual(expected.toSorted());
        seen += expected.length;
      },
    ),
    { numRuns: 100, seed: 20_260_328 },
  );
  expect(seen).toBeGreaterThan(300);
});
