import { describe, expect, it } from "vitest";
import type { GeneratedSlot } from "../../../lib/booking/availability/generate-slots.ts";
import { type ExistingSlot, type Plan, type PlanLimits, planSlots } from "../../../lib/booking/slots/plan-slots.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { dayOfWall } from "../../../lib/time/wall-minutes.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-06-10T12:00Z");

/** A generated slot of an hour that starts this many hours from now. */
function generated(hours: number, terms: Partial<GeneratedSlot> = {}): GeneratedSlot {
  const startsAt = NOW + hours * HOUR;
  const time = { startsAt, endsAt: startsAt + HOUR, busyFrom: startsAt, busyUntil: startsAt + HOUR };
  const price = { category: "normal", rushFeePercent: 0, basePriceCents: 4000, priceCents: 4000 } as const;
  return { ...time, day: 0, capacity: 1, ...price, ...terms };
}

/** The same slot as an existing, unbooked one; its id is the hour. */
const existing = (hours: number, more: Partial<ExistingSlot> = {}): ExistingSlot => ({
  ...generated(hours, more),
  id: hours,
  taken: 0,
  ...more,
});
const booked = (hours: number, more: Partial<ExistingSlot> = {}): ExistingSlot =>
  existing(hours, { taken: 1, ...more });

const plan = (generatedSlots: GeneratedSlot[], existingSlots: ExistingSlot[], limits: Partial<PlanLimits> = {}): Plan =>
  planSlots(generatedSlots, existingSlots, {
    now: NOW,
    today: NOW - 12 * HOUR,
    horizon: NOW + 1000 * HOUR,
    maxSlots: 1000,
    forceCleanup: false,
    ...limits,
  });

/** Shows each list by the hours at which its slots start. */
function hours({ add, change, remove, expire, keep, conflicts, capped }: Plan) {
  const at = (slots: GeneratedSlot[]) => slots.map(({ startsAt }) => (startsAt - NOW) / HOUR);
  const lists = { add: at(add), change: at(change.map(({ slot }) => slot)), remove: at(remove), expire: at(expire) };
  return { ...lists, keep: at(keep), conflicts: at(conflicts), capped };
}
const nothing = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };

describe("a plan", () => {
  it("adds missing slots between existing ones, and removes slots that are no longer generated", () => {
    const result = plan([generated(1), generated(2), generated(3)], [existing(2), existing(4)]);
    expect(hours(result)).toEqual({ ...nothing, add: [1, 3], keep: [2], remove: [4] });
  });

  it("neither adds nor removes slots that have started today", () => {
    const result = plan([generated(-1), generated(0), generated(1)], [existing(-2), existing(-1)]);
    expect(hours(result)).toEqual({ ...nothing, add: [1], keep: [-2, -1] });
  });

  it("adds nothing at or after the horizon, but updates the existing slots there", () => {
    const generatedSlots = [generated(9), generated(10), generated(11), generated(12, { capacity: 5 })];
    const result = plan(generatedSlots, [existing(11), existing(12), existing(13)], { horizon: NOW + 10 * HOUR });
    expect(hours(result)).toEqual({ ...nothing, add: [9], keep: [11], change: [12], remove: [13] });
  });

  it("changes the terms of unbooked slots in place", () => {
    const generatedSlots = [
      generated(1, { priceCents: 5000 }),
      generated(2, { capacity: 3 }),
      generated(3, { endsAt: NOW + 3.5 * HOUR }),
    ];
    const result = plan(generatedSlots, [existing(1), existing(2), existing(3)]);
    expect(result.change).toEqual(generatedSlots.map((slot, n) => ({ id: n + 1, slot })));
    expect(hours(result)).toEqual({ ...nothing, change: [1, 2, 3] });
  });

  it.each([
    { day: 1440 },
    { category: "express" as const },
    { rushFeePercent: 50 },
    { basePriceCents: 1 },
    { priceCents: 1 },
    { capacity: 2 },
    { busyFrom: NOW },
    { busyUntil: NOW + 3 * HOUR },
  ])("notices every term that differs: %o", (term) => {
    expect(hours(plan([generated(1, term)], [existing(1)]))).toEqual({ ...nothing, change: [1] });
  });

  it("keeps a booked slot if only its price or capacity differs", () => {
    const result = plan([generated(1, { priceCents: 5000, capacity: 9 })], [booked(1)]);
    expect(hours(result)).toEqual({ ...nothing, keep: [1] });
  });

  it("reports a booked slot that is no longer generated, or with other times, and adds none in its place", () => {
    const later = { endsAt: NOW + 4 * HOUR, busyUntil: NOW + 4 * HOUR };
    const result = plan(
      [generated(2, later), generated(3, { busyFrom: NOW + 2.5 * HOUR })],
      [booked(1), booked(2), booked(3)],
    );
    expect(hours(result)).toEqual({ ...nothing, conflicts: [1, 2, 3] });
  });

  it("treats a held slot like a booked one", () => {
    expect(hours(plan([], [existing(1, { taken: 3 })]))).toEqual({ ...nothing, conflicts: [1] });
  });
});

describe("the limit", () => {
  it("leaves out the latest slots, including existing ones, and counts them", () => {
    const generatedSlots = [1, 2, 3, 4, 5].map((hour) => generated(hour));
    expect(hours(plan(generatedSlots, [], { maxSlots: 3 }))).toEqual({ ...nothing, add: [1, 2, 3], capped: 2 });
    const result = plan(generatedSlots, [existing(2), existing(5)], { maxSlots: 3 });
    expect(hours(result)).toEqual({ ...nothing, add: [1, 3], keep: [2], remove: [5], capped: 2 });
  });

  it("counts booked slots first, and never reports a generated slot as a conflict", () => {
    const generatedSlots = [1, 2, 3, 4, 5].map((hour) => generated(hour));
    const result = plan(generatedSlots, [booked(5), booked(6)], { maxSlots: 3 });
    expect(hours(result)).toEqual({ ...nothing, add: [1], keep: [5], conflicts: [6], capped: 3 });
    expect(hours(plan(generatedSlots, [booked(4), booked(5)], { maxSlots: 1 }))).toEqual({
      ...nothing,
      keep: [4, 5],
      capped: 3,
    });
  });

  it("does not count started slots or slots beyond the horizon", () => {
    const result = plan([generated(-1), generated(1), generated(2), generated(20)], [existing(-1)], {
      maxSlots: 2,
      horizon: NOW + 9 * HOUR,
    });
    expect(hours(result)).toEqual({ ...nothing, add: [1, 2], keep: [-1] });
  });
});

describe("expired slots", () => {
  /** The first instant of the provider's date, as maintenance computes it. */
  const midnight = (zone: string): number => {
    const clock = wallClock(zone);
    return clock.at(dayOfWall(clock.wallAt(NOW))).instant;
  };
  const at = (instant: string): number => (Date.parse(instant) - NOW) / HOUR;

  it("are those that ended before the provider's midnight, not the server's", () => {
    const now = { now: NOW };
    const lateInUtc = existing(at("2026-06-09T22:00Z")); // ends at 23:00 UTC: yesterday here and in Kathmandu
    const earlyInUtc = existing(at("2026-06-10T01:00Z")); // today here, yesterday at 4 in the afternoon in Honolulu
    const kathmandu = { ...now, today: midnight("Asia/Kathmandu") }; // 18:15 UTC of the day before
    const honolulu = { ...now, today: midnight("Pacific/Honolulu") }; // 10:00 UTC
    expect(new Date(kathmandu.today).toISOString()).toBe("2026-06-09T18:15:00.000Z");
    expect(hours(plan([], [lateInUtc], kathmandu)).expire).toEqual([]);
    expect(hours(plan([], [lateInUtc], { ...now, today: midnight("UTC") })).expire).toHaveLength(1);
    expect(hours(plan([], [earlyInUtc], honolulu)).expire).toHaveLength(1);
    expect(hours(plan([], [earlyInUtc], { ...now, today: midnight("UTC") })).expire).toEqual([]);
  });

  it("stay if they end after midnight, and expire if they end exactly at midnight", () => {
    const over = existing(-12.5);
    const until = existing(-13);
    expect(hours(plan([], [until, over]))).toEqual({ ...nothing, expire: [-13], keep: [-12.5] });
  });

  it("stay if they are booked, except with forceCleanup", () => {
    expect(hours(plan([], [existing(-20), booked(-19)]))).toEqual({ ...nothing, expire: [-20], keep: [-19] });
    const all = plan([], [existing(-20), booked(-19), booked(-5), booked(5)], { forceCleanup: true });
    expect(hours(all)).toEqual({ ...nothing, expire: [-20, -19], keep: [-5], conflicts: [5] });
  });
});
