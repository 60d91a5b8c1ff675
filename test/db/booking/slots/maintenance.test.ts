import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  availabilityExceptions,
  bookingSlots,
  providerAvailability,
  providers,
  services,
  serviceTimeSlots,
} from "../../../../lib/booking/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import type { Connection } from "../../../../lib/db/connection.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { maintain, NOW, readSlots, startsOf } from "../../../support/booking/maintenance-run.ts";
import { empty, openPglite } from "../../../support/database/databases.ts";
import { dump } from "../../../support/http/requests.ts";
import { addException, addProvider, addService, addSlots, everyDay, HOUR_MS } from "../../../worlds/slots.ts";

describe("slot maintenance", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await openPglite();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    configure({});
    await empty(db);
  });

  /** A provider who works from 9 to 11, with a service of an hour. */
  const addMassage = async () => {
    await addProvider(db, {}, everyDay(9, 11));
    await addService(db);
  };
  const table = () => dump(db, "booking_slots", "slot_days", "bookings");
  const firstSlot = async () => (await readSlots(db))[0]!;

  it("adds the slots from today up to daysAhead days later, and nothing in a second run", async () => {
    await addMassage();
    const first = await maintain(db, { daysAhead: 1 });
    expect(first).toMatchObject({
      status: "ok",
      skipped: false,
      services: 1,
      added: 4,
      kept: 0,
      conflicts: 0,
      capped: 0,
    });
    const slots = await readSlots(db);
    expect(startsOf(slots)).toEqual(["2026-06-01T09:00", "2026-06-01T10:00", "2026-06-02T09:00", "2026-06-02T10:00"]);
    expect(slots[0]).toMatchObject({
      serviceId: "massage",
      providerId: "praxis",
      localDate: "2026-06-01",
      endsAt: new Date("2026-06-01T10:00Z"),
      busyFrom: new Date("2026-06-01T09:00Z"),
      busyUntil: new Date("2026-06-01T10:00Z"),
      capacity: 1,
      bookedCount: 0,
      heldCount: 0,
      category: "normal",
      rushFeePercent: 0,
      basePrice: 40,
      price: 40,
    });
    const before = await table();
    expect(await maintain(db, { daysAhead: 1 })).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
      expired: 0,
      kept: 4,
    });
    expect(await table()).toEqual(before);
  });

  it("writes buffers, surcharges and capacity", async () => {
    await addProvider(db, { timezone: "Asia/Kathmandu" }, everyDay(18, 21));
    await addService(db, { durationMinutes: 30, bufferBefore: 10, bufferAfter: 20, price: 99.95 }, [
      { weekday: 0, startMinute: 18 * 60, endMinute: 19 * 60, capacity: 12, peak: true, priceMultiplier: 1.5 },
    ]);
    await maintain(db, { daysAhead: 0 });
    expect(await readSlots(db)).toMatchObject([
      {
        localDate: "2026-06-01",
        busyFrom: new Date("2026-06-01T12:15Z"),
        startsAt: new Date("2026-06-01T12:25Z"),
        endsAt: new Date("2026-06-01T12:55Z"),
        busyUntil: new Date("2026-06-01T13:15Z"),
        capacity: 12,
        category: "express",
        rushFeePercent: 50,
        basePrice: 149.93,
        price: 224.9,
      },
    ]);
    expect(await maintain(db, { daysAhead: 0 })).toMatchObject({ kept: 1, changed: 0, added: 0 });
  });

  it("adds nothing in the past, and keeps started slots until their day ends", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 0 });
    const tenSharp = new Date("2026-06-01T10:00Z");
    expect(await maintain(db, { daysAhead: 0 }, tenSharp)).toMatchObject({ added: 0, removed: 0, expired: 0, kept: 0 });
    expect(await readSlots(db)).toHaveLength(2);
    await db.delete(bookingSlots);
    expect(await maintain(db, { daysAhead: 0 }, new Date("2026-06-01T09:30Z"))).toMatchObject({ added: 1 });
    expect(startsOf(await readSlots(db))).toEqual(["2026-06-01T10:00"]);
  });

  it("fills the gaps of a partly filled day", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 2 });
    const [whole, ...others] = await readSlots(db);
    for (const { id, localDate } of others.slice(1)) {
      if (localDate !== "2026-06-02") await db.delete(bookingSlots).where(eq(bookingSlots.id, id));
    }
    expect(await maintain(db, { daysAhead: 2 })).toMatchObject({ added: 2, kept: 4, removed: 0 });
    expect(await readSlots(db)).toHaveLength(6);
    expect((await readSlots(db))[0]).toEqual(whole);
  });

  it("follows every change of the catalog", async () => {
    await addMassage();
    await maintain(db, { daysAhead: 7 });
    const edit = async (change: () => Promise<unknown>) => {
      await change();
      const { added, changed, removed } = await maintain(db, { daysAhead: 7 });
      expect(await maintain(db, { daysAhead: 7 })).toMatchObject({ added: 0, changed: 0, removed: 0 });
      return { added, changed, removed };
    };
    const later = { startMinute: 10 * 60, endMinute: 12 * 60 };
    expect(await edit(() => db.update(providerAvailability).set(later))).toEqual({ added: 8, changed: 0, removed: 8 });
    expect(await edit(() => addException(db, { date: "2026-06-03" }))).toEqual({ added: 0, changed: 0, removed: 2 });
    expect(await edit(() => db.delete(availabilityExceptions))).toEqual({ added: 2, changed: 0, removed: 0 });
    const busy = { date: "2026-06-04", kind: "blocked", startMinute: 630, endMinute: 640 } as const;
    expect(await edit(() => addException(db, busy))).toEqual({ added: 1, changed: 0, removed: 2 });
    const offered = { serviceId: "massage", weekday: 1, startMinute: 600, endMinute: 660, capacity: 3 };
    expect(await edit(() => db.insert(serviceTimeSlots).values(offered))).toEqual({ added: 0, changed: 1, removed: 1 });
    expect(await edit(() => db.update(services).set({ price: 41 }))).toEqual({ added: 0, changed: 14, removed: 0 });
    expect(await edit(() => db.update(services).set({ bufferAfter: 5 }))).toEqual({ added: 0, changed: 7, removed: 7 });
    const zone = { timezone: "Europe/Berlin" };
    expect(await edit(() => db.update(providers).set(zone))).toEqual({ added: 7, changed: 0, removed: 7 });
    expect(await edit(() => db.update(services).set({ active: false }))).toEqual({ added: 0, changed: 0, removed: 7 });
    expect(await edit(() => db.update(services).set({ active: true }))).toEqual({ added: 7, changed: 0, removed: 0 });
    expect(await edit(() => db.update(providers).set({ active: false }))).toEqual({ added: 0, changed: 0, removed: 7 });
    expect(await readSlots(db)).toEqual([]);
  });

  it("changes the local date of a slot whose provider moves to another zone", async () => {
    await addProvider(db, {}, [{ weekday: 0, startMinute: 23 * 60, endMinute: 1440 }]);
    await addService(db);
    await maintain(db, { daysAhead: 0 });
    await db.update(providers).set({ timezone: "+01:00" });
    await db.update(providerAvailability).set({ weekday: 1, startMinute: 0, endMinute: 60 });
    expect(await maintain(db, { daysAhead: 1 })).toMatchObject({ added: 0, changed: 1, removed: 0 });
    expect(await firstSlot()).toMatchObject({ localDate: "2026-06-02", startsAt: new Date("2026-06-01T23:00Z") });
  });

  it("keeps and updates slots that a run with more days ahead has added", async () => {
    await addMassage();
    expect(await maintain(db, { daysAhead: 45 })).toMatchObject({ added: 92 });
    const before = await table();
    expect(await maintain(db, { daysAhead: 30 })).toMatchObject({ added: 0, removed: 0, kept: 92 });
    expect(await table()).toEqual(before);
    await addException(db, { date: "2026-07-16" });
    expect(await maintain(db)).toMatchObject({ added: 0, removed: 2, kept: 90 });
    await db.delete(availabilityExceptions);
    expect(await maintain(db)).toMatchObject({ added: 0, removed: 0, kept: 90 }); // it adds only up to its own horizon
    expect(await maintain(db, { daysAhead: 45 })).toMatchObject({ added: 2, kept: 90 });
  });

  it("stops at MAX_SLOTS_PER_SERVICE, keeps the earliest slots and reports how many it left out", async () => {
    configure({ MAX_SLOTS_PER_SERVICE: "3" });
    await addMassage();
    const capped = { cappedServices: [{ serviceId: "massage", leftOut: 5 }], capped: 5 };
    expect(await maintain(db, { daysAhead: 3 })).toMatchObject({ added: 3, ...capped });
    expect(await maintain(db, { daysAhead: 3 })).toMatchObject({ added: 0, kept: 3, ...capped });
    expect(startsOf(await readSlots(db))).toEqual(["2026-06-01T09:00", "2026-06-01T10:00", "2026-06-02T09:00"]);
    configure({ MAX_SLOTS_PER_SERVICE: "2" });
    expect(await maintain(db, { daysAhead: 3 })).toMatchObject({ removed: 1, kept: 2, capped: 6 });
  });

  it("maintains only the given providers and services", async () => {
    for (const id of ["anna", "ben"]) {
      await addProvider(db, { id }, everyDay(9, 10));
      for (const nth of [1, 2]) await addService(db, { id: `${id}-${nth}`, providerId: id });
    }
    const maintained = async (params: object) => {
      await db.delete(bookingSlots);
      const { services: count } = await maintain(db, { daysAhead: 0, ...params });
      const names = (await readSlots(db)).map(({ serviceId }) => serviceId);
      expect(names).toHaveLength(count);
      return names;
    };
    expect(await maintained({})).toEqual(["anna-1", "anna-2", "ben-1", "ben-2"]);
    expect(await maintained({ providerId: "ben" })).toEqual(["ben-1", "ben-2"]);
    expect(await maintained({ providerId: ["anna", "ben"], serviceId: ["anna-2", "ben-1"] })).toEqual([
      "anna-2",
      "ben-1",
    ]);
    expect(await maintained({ serviceId: "anna-1" })).toEqual(["anna-1"]);
    expect(await maintained({ providerId: "ben", serviceId: "anna-1" })).toEqual([]);
  });

  it("applies at most BATCH_SIZE changes per step, and all of them in the end", async () => {
    await addMassage();
    await addSlots(db, ...[3, 4, 5].map((hour) => ({ startsAt: new Date(NOW.getTime() - (20 + hour) * HOUR_MS) })));
    await addSlots(db, ...[3, 4, 5].map((hour) => ({ startsAt: new Date(NOW.getTime() + (20 + hour) * HOUR_MS) })));
    await addService(db, { id: "yoga" });
    configure({ BATCH_SIZE: "4" });
    let steps = 0;
    const response = await maintain(db, { daysAhead: 2, verbose: true }, NOW, { onProgress: () => (steps += 1) });
    expect(response).toMatchObject({ services: 2, added: 12, removed: 3, expired: 3, kept: 0 });
    expect(steps).toBe(5); // 12 changes of one service and 6 of the other, 2 of which fill the third step
    expect(response.slots).toHaveLength(18);
    configure({});
    expect(await maintain(db, { daysAhead: 2 })).toMatchObject({ added: 0, kept: 12, expired: 0 });
  });
});
