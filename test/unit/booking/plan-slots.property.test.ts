import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GeneratedSlot, generateSlots } from "../../../lib/booking/availability/generate-slots.ts";
import { workingHours } from "../../../lib/booking/availability/working-hours.ts";
import { type ExistingSlot, type Plan, type PlanLimits, planSlots } from "../../../lib/booking/slots/plan-slots.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { DAY_MINUTES, dayOfWall } from "../../../lib/time/wall-minutes.ts";
import { runs } from "../../support/thorough.ts";
import { exceptionsAround, randomService, randomWeek, ZONES } from "../../worlds/random-schedules.ts";

/** Slots at a few times, so that generated and existing ones meet in all combinations. */
const slotAt = (startsAt: number): fc.Arbitrary<GeneratedSlot> =>
  fc
    .record({ length: fc.constantFrom(5, 10), before: fc.constantFrom(0, 2), priceCents: fc.constantFrom(100, 200) })
    .map(({ length, before, priceCents }) => {
      const time = { startsAt, endsAt: startsAt + length, busyFrom: startsAt - before, busyUntil: startsAt + length };
      const price = { category: "normal", rushFeePercent: 0, basePriceCents: priceCents, priceCents } as const;
      return { ...time, day: 0, capacity: 1, ...price };
    });

const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
  .map((list) => list.toSorted((a, b) => a - b));
const generated = times.chain((list) => fc.tuple(...list.map(slotAt)));
const existing: fc.Arbitrary<ExistingSlot[]> = times.chain((list) =>
  fc.tuple(
    ...list.map((startsAt) =>
      fc
        .tuple(slotAt(startsAt), fc.constantFrom(0, 0, 1))
        .map(([slot, taken]): ExistingSlot => ({ ...slot, id: startsAt, taken })),
    ),
  ),
);
const limits: fc.Arbitrary<PlanLimits> = fc
  .record({
    now: fc.integer({ min: 0, max: 30 }),
    since: fc.integer({ min: 0, max: 20 }),
    ahead: fc.integer({ min: 0, max: 30 }),
    maxSlots: fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 12 })),
    forceCleanup: fc.boolean(),
  })
  .map(({ now, since, ahead, ...rest }) => ({ now, today: now - since, horizon: now + ahead, ...rest }));

/** The slots after a plan is applied. */
function applied(existing: ExistingSlot[], { add, change, remove, expire }: Plan): ExistingSlot[] {
  const gone = new Set([...remove, ...expire].map(({ id }) => id));
  const changes = new Map(change.map(({ id, slot }) => [id, slot]));
  const remaining = existing.filter(({ id }) => !gone.has(id)).map((slot) => ({ ...slot, ...changes.get(slot.id) }));
  const added = add.map((slot) => ({ ...slot, id: 1000 + slot.startsAt, taken: 0 }));
  return [...remaining, ...added].sort((a, b) => a.startsAt - b.startsAt);
}

const ids = (slots: { id: number }[]): number[] => slots.map(({ id }) => id);
const inOrder = (slots: GeneratedSlot[]): boolean =>
  slots.every(({ startsAt }, n) => startsAt > (slots[n - 1]?.startsAt ?? -1));

describe("a plan", () => {
  const check = (
    judge: (plan: Plan, generated: GeneratedSlot[], existing: ExistingSlot[], limits: PlanLimits) => void,
  ): void =>
    fc.assert(
      fc.property(generated, existing, limits, (generatedSlots, existingSlots, planLimits) =>
        judge(planSlots(generatedSlots, existingSlots, planLimits), generatedSlots, existingSlots, planLimits),
      ),
      { numRuns: runs(500) },
    );

  it("leaves nothing to do for the next plan, which finds the same conflicts", () => {
    check((plan, generatedSlots, existingSlots, planLimits) => {
      const after = applied(existingSlots, plan);
      const { keep, conflicts, capped, ...next } = planSlots(generatedSlots, after, planLimits);
      expect(next).toEqual({ add: [], change: [], remove: [], expire: [] });
      expect(conflicts).toEqual(plan.conflicts);
      // Slots beyond the horizon that the limit removed are no longer generated, so they no longer count as capped.
      expect(capped).toBe(
        plan.capped -
          plan.remove.filter(
            ({ startsAt }) =>
              startsAt >= planLimits.horizon && generatedSlots.some((slot) => slot.startsAt === startsAt),
          ).length,
      );
      expect(keep).toHaveLength(after.length - plan.conflicts.length);
    });
  });

  it("lists every existing slot exactly once, in order", () => {
    check(({ add, change, remove, expire, keep, conflicts }, _, existingSlots) => {
      const named = [...ids(change), ...ids(remove), ...ids(expire), ...ids(keep), ...ids(conflicts)];
      expect(named.sort((a, b) => a - b)).toEqual(ids(existingSlots));
      for (const list of [add, change.map(({ slot }) => slot), remove, expire, keep, conflicts]) {
        expect(inOrder(list)).toBe(true);
      }
    });
  });

  it("never touches a booked slot, except expired ones with forceCleanup", () => {
    check(({ change, remove, expire }, _, existingSlots, { today, forceCleanup }) => {
      const booked = new Set(ids(existingSlots.filter(({ taken }) => taken > 0)));
      expect(ids([...remove, ...change]).filter((id) => booked.has(id))).toEqual([]);
      for (const slot of expire) {
        expect(slot.endsAt).toBeLessThanOrEqual(today);
        expect(slot.taken === 0 || forceCleanup).toBe(true);
      }
    });
  });

  it("adds only generated slots between now and the horizon, at starts without an existing slot", () => {
    check(({ add }, generatedSlots, existingSlots, { now, horizon }) => {
      const existingStarts = new Set(existingSlots.map(({ startsAt }) => startsAt));
      for (const slot of add) {
        expect(generatedSlots).toContain(slot);
        expect(slot.startsAt).toBeGreaterThan(now);
        expect(slot.startsAt).toBeLessThan(horizon);
        expect(existingStarts.has(slot.startsAt)).toBe(false);
      }
    });
  });

  it("results in the generated future slots without the capped ones, plus the booked ones", () => {
    check((plan, generatedSlots, existingSlots, { now, horizon }) => {
      const time = ({ startsAt, endsAt, busyFrom }: GeneratedSlot) => `${startsAt} ${endsAt} ${busyFrom}`;
      const ahead = applied(existingSlots, plan).filter(({ startsAt }) => startsAt > now);
      const times = new Set(generatedSlots.map(time));
      const conflicts = existingSlots.filter((slot) => slot.startsAt > now && slot.taken > 0 && !times.has(time(slot)));
      expect(plan.conflicts).toEqual(conflicts);
      const taken = new Set(conflicts.map(({ startsAt }) => startsAt));
      const existingStarts = new Set(existingSlots.map(({ startsAt }) => startsAt));
      const due = generatedSlots.filter(
        ({ startsAt }) =>
          startsAt > now && !taken.has(startsAt) && (startsAt < horizon || existingStarts.has(startsAt)),
      );
      const capped = due.filter((slot) => !ahead.some((stored) => time(stored) === time(slot)));
      expect(plan.capped).toBe(capped.length);
      expect(ahead).toHaveLength(due.length - capped.length + conflicts.length);
      for (const slot of ahead.filter(({ taken }) => taken === 0)) {
        expect(slot).toMatchObject(due.find(({ startsAt }) => startsAt === slot.startsAt) ?? {});
        // The limit leaves out the latest slots.
        expect(slot.startsAt).toBeLessThan(capped[0]?.startsAt ?? Number.POSITIVE_INFINITY);
      }
    });
  });

  it("stays within the limit, and uses all of it if more slots are generated", () => {
    check((plan, _, existingSlots, { now, maxSlots }) => {
      const ahead = applied(existingSlots, plan).filter(({ startsAt }) => startsAt > now);
      const booked = ahead.filter(({ taken }) => taken > 0);
      expect(ahead.length).toBeLessThanOrEqual(Math.max(maxSlots, booked.length));
      if (plan.capped > 0) expect(ahead).toHaveLength(Math.max(maxSlots, booked.length));
    });
  });
});

describe("the plan one day later", () => {
  it("adds the slots of one more day, and removes only expired ones", () => {
    const MINUTE = 60_000;
    const instant = fc.integer({ min: Date.UTC(2011, 0), max: Date.UTC(2027, 0) });
    const days = fc.integer({ min: 0, max: 6 });
    const situation = instant.chain((now) =>
      fc.record({
        now: fc.constant(now),
        service: randomService,
        zone: fc.constantFrom(...ZONES),
        week: randomWeek,
        exceptions: exceptionsAround(new Date(now).toISOString().slice(0, 10)),
        days,
      }),
    );
    fc.assert(
      fc.property(situation, ({ now, service, zone, week, exceptions, days }) => {
        const clock = wallClock(zone);
        const planAt = (now: number, existingSlots: ExistingSlot[]) => {
          const today = dayOfWall(clock.wallAt(now));
          const last = today + days * DAY_MINUTES;
          const generatedSlots = generateSlots(service, workingHours({ week, exceptions, clock }, today, last));
          const horizon = clock.at(last + DAY_MINUTES).instant;
          return planSlots(generatedSlots, existingSlots, {
            now,
            today: clock.at(today).instant,
            horizon,
            maxSlots: 10_000,
            forceCleanup: false,
          });
        };
        const first = applied([], planAt(now, []));
        const tomorrow = clock.at(dayOfWall(clock.wallAt(now)) + DAY_MINUTES).instant;
        const next = planAt(tomorrow + MINUTE, first);
        expect([next.change, next.remove, next.conflicts]).toEqual([[], [], []]);
        const latest = clock.at(dayOfWall(clock.wallAt(now)) + (days + 1) * DAY_MINUTES).instant;
        for (const slot of next.add) expect(slot.startsAt).toBeGreaterThanOrEqual(latest);
        for (const slot of next.expire) expect(slot.endsAt).toBeLessThanOrEqual(tomorrow);
      }),
      { numRuns: runs(200) },
    );
  });
});
