import { eq } from "drizzle-orm";
import { describe, expect } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import {
  bookingSlots,
  providerAvailability,
  providers,
  services,
  slotDays,
  slotHolds,
} from "../../../../lib/booking/schema.ts";
import type { ExistingSlot } from "../../../../lib/booking/slots/plan-slots.ts";
import { writeSlots } from "../../../../lib/booking/slots/write-slots.ts";
import { type Db, transact } from "../../../../lib/db/db.ts";
import { maintain, NOW, readSlots, startsOf } from "../../../support/booking/maintenance-run.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { dump } from "../../../support/http/requests.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addProvider, addService, everyDay, HOUR_MS } from "../../../worlds/slots.ts";

const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * HOUR_MS);

const it = databaseTest();

describe("slot maintenance of booked and past slots", () => {
  let db: Db;
  it.beforeEach(({ db: fresh }) => {
    db = fresh;
  });

  /** A provider who works from 9 to 11, with a service of an hour. */
  const addMassage = async () => {
    await addProvider(db, {}, everyDay(9, 11));
    await addService(db);
  };
  const table = () => dump(db, "booking_slots", "slot_days", "bookings");
  /** Books places of a slot directly in the tables. */
  const bookPlaces = async (slotId: number, count = 1) => {
    await db.update(bookingSlots).set({ bookedCount: count }).where(eq(bookingSlots.id, slotId));
    const [booking] = await addBookings(db, { slotId });
    return booking!;
  };
  const firstSlot = async () => (await readSlots(db))[0]!;

  it("never changes a booked slot, and reports conflicts", async () => {
    await addProvider(db, {}, everyDay(9, 10));
    await addService(db);
    await maintain(db, { daysAhead: 0 });
    await bookPlaces((await firstSlot()).id);
    const before = await table();
    const conflict = { conflicts: 1, kept: 0, added: 0, changed: 0, removed: 0, expired: 0 };
    const changes: [() => Promise<unknown>, object][] = [
      [() => db.update(services).set({ price: 70 }), { conflicts: 0, kept: 1, changed: 0 }],
      [() => db.update(services).set({ durationMinutes: 59 }), conflict],
      [() => db.update(services).set({ durationMinutes: 90 }), conflict],
      [() => db.update(providers).set({ active: false }), conflict],
      [() => db.delete(providerAvailability), conflict],
    ];
    for (const [change, expected] of changes) {
      await change();
      expect(await maintain(db, { daysAhead: 0, forceCleanup: true })).toMatchObject(expected);
      expect(await table()).toEqual(before);
    }
    const { conflictSlots } = await maintain(db, { daysAhead: 0 });
    const { id } = await firstSlot();
    expect(conflictSlots).toEqual([
      expect.objectContaining({ id, serviceId: "massage", startsAt: "2026-06-01T09:00:00.000Z", booked: 1 }),
    ]);
  });

  it("treats a hold like a booking until it expires", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 0 });
    const { id: slotId } = await firstSlot();
    const expiresAt = new Date(NOW.getTime() + 5 * 60_000);
    const hold = { id: "11111111-1111-4111-8111-111111111111", slotId, providerId: "praxis", expiresAt };
    await db.update(bookingSlots).set({ heldCount: 1 }).where(eq(bookingSlots.id, slotId));
    await db.insert(slotHolds).values(hold);
    await db.delete(providerAvailability);
    expect(await maintain(db)).toMatchObject({ conflicts: 1, removed: 1 });
    expect(await maintain(db, { dryRun: true }, expiresAt)).toMatchObject({ conflicts: 0, removed: 1 });
    expect(await maintain(db, {}, expiresAt)).toMatchObject({ conflicts: 0, removed: 1 });
    expect([await readSlots(db), await db.select().from(slotHolds)]).toEqual([[], []]);
  });

  it("removes unbooked slots after their day, and keeps the totals of the day", async () => {
    await addMassage();
    await addService(
      db,
      { id: "course" },
      [0, 1].map((weekday) => ({ weekday, startMinute: 540, endMinute: 600, capacity: 8 })),
    );
    await maintain(db, { daysAhead: 0 });
    const [course, early, late] = await readSlots(db);
    await bookPlaces(course!.id, 5);
    await bookPlaces(late!.id);
    expect(await maintain(db, { daysAhead: 0 }, days(1))).toMatchObject({
      expired: 1,
      added: 3,
      kept: 0,
      conflicts: 0,
    });
    expect((await readSlots(db)).map(({ id }) => id)).not.toContain(early!.id);
    expect(await db.select().from(slotDays)).toEqual([
      { serviceId: "massage", localDate: "2026-06-01", offered: 1, booked: 0 },
    ]);
    expect(await maintain(db, { daysAhead: 0 }, days(1))).toMatchObject({ expired: 0, added: 0 });
  });

  it("removes booked slots of past days only with forceCleanup, and keeps their bookings", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 1 });
    const [early, late, tomorrow] = await readSlots(db);
    const booking = await bookPlaces(late!.id);
    await bookPlaces(tomorrow!.id);
    await maintain(db, { daysAhead: 1 }, days(1));
    expect(await maintain(db, { daysAhead: 1, forceCleanup: true, dryRun: true }, days(1))).toMatchObject({
      expired: 1,
    });
    expect(await maintain(db, { daysAhead: 1, forceCleanup: true }, days(1))).toMatchObject({
      expired: 1,
      conflicts: 0,
    });
    expect(startsOf(await readSlots(db))).not.toContain("2026-06-01T10:00");
    expect(startsOf(await readSlots(db))).toContain("2026-06-02T09:00");
    const [kept] = await db.select().from(bookings).where(eq(bookings.id, booking.id));
    expect(kept).toEqual({ ...booking, slotId: null });
    expect(await db.select().from(slotDays)).toEqual([
      { serviceId: "massage", localDate: "2026-06-01", offered: 2, booked: 1 },
    ]);
    expect(early!.localDate).toBe("2026-06-01");
  });

  it.each([
    ["Pacific/Honolulu", "2026-06-01T02:00:00Z", "2026-05-31"],
    ["Asia/Kathmandu", "2026-06-01T19:00:00Z", "2026-06-02"],
    ["Pacific/Kiritimati", "2026-06-01T11:00:00Z", "2026-06-02"],
  ])("uses the date in %s, not the server's", async (timezone, instant, today) => {
    const now = new Date(instant);
    await addProvider(db, { timezone }, everyDay(0, 24));
    await addService(db, { durationMinutes: 120 });
    await maintain(db, { daysAhead: 5 }, new Date("2026-05-29T00:30Z"));
    const before = await readSlots(db);
    const [past, others] = [
      before.filter((slot) => slot.localDate < today),
      before.filter((slot) => slot.localDate >= today),
    ];
    expect(past.some(({ localDate }) => localDate === "2026-05-30")).toBe(true);
    expect(await maintain(db, { daysAhead: 0 }, now)).toMatchObject({ added: 0, removed: 0, expired: past.length });
    expect(await readSlots(db)).toEqual(others);

    await db.delete(bookingSlots);
    await maintain(db, { daysAhead: 0 }, now);
    expect(await readSlots(db)).toMatchObject(
      others
        .filter(({ localDate, startsAt }) => localDate === today && startsAt > now)
        .map(({ id: _, ...slot }) => slot),
    );
    expect((await readSlots(db)).length).toBeGreaterThan(0);
  });

  it("skips a slot that turns out to be booked, and does not report it as changed", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 1 });
    const slots = await readSlots(db);
    for (const { id } of slots.slice(1)) await bookPlaces(id);
    const before = await table();
    const [free, first, second, third] = slots.map(({ id, startsAt, endsAt }): ExistingSlot => {
      const [from, until] = [startsAt.getTime(), endsAt.getTime()];
      const terms = { capacity: 9, category: "urgent" as const, rushFeePercent: 75, basePriceCents: 1, priceCents: 2 };
      return { id, taken: 0, day: 0, startsAt: from, endsAt: until, busyFrom: from, busyUntil: until, ...terms };
    });
    const nothing = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };
    const change = { id: second!.id, slot: second! };
    const plan = { ...nothing, remove: [free!, first!], change: [change], expire: [third!] };
    const service = { id: "massage", providerId: "praxis" };
    const done = await transact(db, (tx) => writeSlots(tx, [{ service, plan }], false));
    expect(done).toEqual([{ service, plan: { ...nothing, remove: [free] } }]);
    const { booking_slots: remaining, ...others } = await table();
    expect({ ...others, booking_slots: remaining }).toEqual({
      ...before,
      booking_slots: before.booking_slots?.slice(1),
    });
  });
});
