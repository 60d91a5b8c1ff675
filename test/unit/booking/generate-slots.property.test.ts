import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type GeneratedSlot,
  generateSlots,
  type SlotSettings,
} from "../../../lib/booking/availability/generate-slots.ts";
import { workingHours } from "../../../lib/booking/availability/working-hours.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { dateOfWall, wallOfDate } from "../../../lib/time/wall-minutes.ts";
import { type ExpectedSlot, expectedSlots, type ProviderHours } from "../../support/booking/slot-oracle.ts";
import { runs, THOROUGH } from "../../support/thorough.ts";
import { changesOfClock } from "../../support/wall-tape.ts";
import { daysLater, exceptionsAround, randomService, randomWeek, ZONES } from "../../worlds/random-schedules.ts";

const FROM = "2011-01-01";
const TO = "2027-01-01";
const DAYS = 5844;

/** A zone and a date, mostly one with a clock change. */
const changes = ZONES.map((zone) => ({ zone, dates: changesOfClock(zone, THOROUGH ? FROM : "2024-01-01", TO) }));
const changeOfClock = fc
  .constantFrom(...changes.filter(({ dates }) => dates.length > 0))
  .chain(({ zone, dates }) => fc.record({ zone: fc.constant(zone), date: fc.constantFrom(...dates) }));
const anyDay = fc.record({
  zone: fc.constantFrom(...ZONES),
  date: fc.integer({ min: 0, max: DAYS - 1 }).map((days) => daysLater(FROM, days)),
});

/** A service, its provider's hours, and up to four consecutive dates. */
const situation = fc.oneof({ arbitrary: changeOfClock, weight: 9 }, anyDay).chain(({ zone, date }) =>
  fc.record({
    service: randomService,
    provider: fc.record({ zone: fc.constant(zone), week: randomWeek, exceptions: exceptionsAround(date) }),
    first: fc.integer({ min: -2, max: 1 }).map((days) => daysLater(date, days)),
    days: fc.integer({ min: 0, max: 3 }),
  }),
);

function slotsOf(
  service: SlotSettings,
  { zone, ...provider }: ProviderHours,
  first: string,
  last: string,
): GeneratedSlot[] {
  const schedule = { ...provider, clock: wallClock(zone) };
  return generateSlots(service, workingHours(schedule, wallOfDate(first), wallOfDate(last)));
}

const KEYS = [
  ...["date", "startsAt", "endsAt", "busyFrom", "busyUntil"],
  ...["capacity", "category", "rushFeePercent", "basePriceCents", "priceCents"],
];
/** One line per slot, because comparing objects would take most of the time. */
const lines = (slots: ExpectedSlot[]): string => slots.map((slot) => JSON.stringify(slot, KEYS)).join("\n");

const iso = (instant: number): string => new Date(instant).toISOString();
const asText = (slot: GeneratedSlot): ExpectedSlot => ({
  ...slot,
  date: dateOfWall(slot.day),
  startsAt: iso(slot.startsAt),
  endsAt: iso(slot.endsAt),
  busyFrom: iso(slot.busyFrom),
  busyUntil: iso(slot.busyUntil),
});

function compare(service: SlotSettings, provider: ProviderHours, first: string, last: string): void {
  const found = slotsOf(service, provider, first, last).map(asText);
  expect(lines(found)).toBe(lines(expectedSlots(service, provider, first, last)));
}

describe("generated slots", () => {
  it("equal those of the oracle for random services and schedules around clock changes", () => {
    const property = fc.property(situation, ({ service, provider, first, days }) =>
      compare(service, provider, first, daysLater(first, days)),
    );
    fc.assert(property, { numRuns: runs(1500) });
  });

  it.each(changes)("equal those of the oracle at every clock change in $zone", (change) => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 0, end: 1440, breakHours: null }));
    const provider = { zone: change.zone, week, exceptions: [] };
    const service = { durationMinutes: 8, bufferBefore: 3, bufferAfter: 2, priceCents: 1999, timeSlots: [] };
    for (const date of change.dates) compare(service, provider, daysLater(date, -1), daysLater(date, 1));
  });

  it("of a date do not depend on the other dates of the request", () => {
    const property = fc.property(situation, ({ service, provider, first, days }) => {
      const dates = Array.from({ length: days + 1 }, (_, n) => daysLater(first, n));
      const together = slotsOf(service, provider, first, daysLater(first, days));
      const apart = dates.flatMap((date) => slotsOf(service, provider, date, date));
      expect(lines(together.map(asText))).toBe(lines(apart.map(asText)));
    });
    fc.assert(property, { numRuns: runs(1000) });
  });

  it("are in order, start on their date, have the service's duration and never overlap, buffers included", () => {
    const property = fc.property(situation, ({ service, provider, first, days }) => {
      const clock = wallClock(provider.zone);
      const slots = slotsOf(service, provider, first, daysLater(first, days));
      for (const [n, slot] of slots.entries()) {
        expect(dateOfWall(clock.wallAt(slot.startsAt))).toBe(dateOfWall(slot.day));
        expect(slot.endsAt - slot.startsAt).toBe(service.durationMinutes * 60_000);
        expect(slot.startsAt - slot.busyFrom).toBe(service.bufferBefore * 60_000);
        expect(slot.busyUntil - slot.endsAt).toBe(service.bufferAfter * 60_000);
        expect(slot.busyFrom).toBeGreaterThanOrEqual(slots[n - 1]?.busyUntil ?? Number.NEGATIVE_INFINITY);
      }
    });
    fc.assert(property);
  });

  it("fill a window before and after its break, and leave less than one slot at the end of each part", () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(minutes, randomService, (times, { timeSlots: _, ...service }) => {
        const [start, breakHours, resume, end] = times.toSorted((a, b) => a - b) as [number, number, number, number];
        const week = [{ weekday: 2, start, end, breakHours: { start: breakHours, end: resume } }];
        const provider = { zone: "+05:45", week, exceptions: [] };
        const slots = slotsOf({ ...service, timeSlots: [] }, provider, "2026-06-08", "2026-06-14");
        const midnight = Date.parse("2026-06-10T00:00+05:45");
        const piece = service.bufferBefore + service.durationMinutes + service.bufferAfter;
        const begins = [
          ...Array.from({ length: Math.floor((breakHours - start) / piece) }, (_, n) => start + n * piece),
          ...Array.from({ length: Math.floor((end - resume) / piece) }, (_, n) => resume + n * piece),
        ];
        expect(slots.map(({ busyFrom }) => (busyFrom - midnight) / 60_000)).toEqual(begins);
        expect(slots.map(({ busyUntil }) => (busyUntil - midnight) / 60_000)).toEqual(begins.map((at) => at + piece));
      }),
    );
  });

  it("have different prices if their prices before the surcharge differ", () => {
    const cents = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1_000_000_000 }));
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 23 }), (priceCents, more, hour) => {
        const week = [{ weekday: 0, start: hour * 60, end: (hour + 1) * 60, breakHours: null }];
        const provider = { zone: "+05:45", week, exceptions: [] };
        const [cheap, dear] = [priceCents, priceCents + more].map((priceCents) => {
          const service = { durationMinutes: 60, bufferBefore: 0, bufferAfter: 0, priceCents, timeSlots: [] };
          return slotsOf(service, provider, "2026-06-08", "2026-06-08")[0]?.priceCents;
        });
        expect(dear).toBeGreaterThan(cheap!);
      }),
    );
  });
});
