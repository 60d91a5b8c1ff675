import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { readFreeSlots, type SlotFilter } from "../../../../lib/booking/free-slots/free-slots.ts";
import { slotHolds } from "../../../../lib/booking/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

/** Which slots can be booked, and how they are listed. */

const it = databaseTest();

let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db, {}, []);
  await addService(db);
});

const NOW = new Date("2026-03-25T10:00:00Z");
const at = (time: string): Date => new Date(`2026-03-${time}Z`);
const WEEK = { start: at("25T00:00"), end: at("31T22:00") };

const read = (filter: Partial<SlotFilter> = {}, zone = "UTC", period = WEEK, now = NOW) =>
  readFreeSlots(db, { providerId: "praxis", ...filter }, period, zone, now);
/** The starts of the free slots, as `DDTHH:MM`. */
const starts = async (...args: Parameters<typeof read>): Promise<string[]> =>
  (await read(...args)).items.map(({ startsAt }) => startsAt.toISOString().slice(8, 16));

async function addHold(slotId: number, expiresAt: Date): Promise<void> {
  await db.insert(slotHolds).values({ id: randomUUID(), slotId, providerId: "praxis", expiresAt });
}
const LIVE = new Date(NOW.getTime() + 1);

describe("free slots", () => {
  it("are listed with everything that a frontend needs", async () => {
    const [id] = await addSlots(db, {
      startsAt: at("26T17:00"),
      price: 60.75,
      category: "express",
      rushFeePercent: 50,
      capacity: 3,
      bookedCount: 1,
    });
    expect(await read({}, "Asia/Kathmandu")).toEqual({
      nextCursor: null,
      items: [
        {
          id,
          serviceId: "massage",
          providerId: "praxis",
          startsAt: at("26T17:00"),
          endsAt: at("26T18:00"),
          localDate: "2026-03-26",
          localStart: "2026-03-26T22:45:00+05:45",
          localEnd: "2026-03-26T23:45:00+05:45",
          price: 60.75,
          category: "express",
          rushFeePercent: 50,
          capacity: 3,
          places: 2,
        },
      ],
    });
  });

  it("start after now, and within the period", async () => {
    await addSlots(db, { startsAt: at("25T09:00") }, { startsAt: at("25T10:00") }, { startsAt: at("25T10:01") });
    expect(await starts()).toEqual(["25T10:01"]);
    const period = { start: at("25T10:01"), end: at("25T12:00") };
    await addSlots(db, { startsAt: at("25T12:00") }, { startsAt: at("25T11:59") });
    expect(await starts({}, "UTC", period)).toEqual(["25T10:01", "25T11:59"]);
  });

  it("keep the minimum notice of their service", async () => {
    await addService(db, { id: "course", minNoticeMinutes: 90 });
    await addSlots(db, { startsAt: at("25T11:29") }, { startsAt: at("25T11:30") });
    await addSlots(db, { startsAt: at("25T11:29"), serviceId: "course" });
    await addSlots(db, { startsAt: at("25T11:30"), serviceId: "course" });
    expect(await starts({ serviceId: "course" })).toEqual(["25T11:30"]);
    expect(await starts({ serviceId: "massage" })).toEqual(["25T11:29", "25T11:30"]);
  });

  it("are sorted by start and service, for a provider or one service", async () => {
    await addService(db, { id: "course" });
    await addProvider(db, { id: "studio" }, []);
    await addService(db, { id: "yoga", providerId: "studio" });
    const [first, second] = [at("26T08:00"), at("26T09:00")];
    await addSlots(db, { startsAt: second }, { startsAt: first }, { startsAt: first, serviceId: "course" });
    await addSlots(db, { startsAt: first, serviceId: "yoga", providerId: "studio" });
    const { items: slots } = await read();
    expect(slots.map(({ serviceId, startsAt }) => [serviceId, startsAt])).toEqual([
      ["course", first],
      ["massage", first],
      ["massage", second],
    ]);
    expect(await starts({ serviceId: "course" })).toEqual(["26T08:00"]);
    expect(await starts({ providerId: "studio", serviceId: "massage" })).toEqual([]);
  });

  it("do not include inactive services and providers", async () => {
    await addService(db, { id: "closed", active: false });
    await addProvider(db, { id: "away", active: false }, []);
    await addService(db, { id: "yoga", providerId: "away" });
    await addSlots(db, { startsAt: at("26T08:00"), serviceId: "closed" });
    await addSlots(db, { startsAt: at("26T08:00"), serviceId: "yoga", providerId: "away" });
    expect([await starts(), await starts({ providerId: "away" })]).toEqual([[], []]);
  });

  it("have the places that are neither booked nor held; expired holds do not count", async () => {
    const [, held, over, some] = await addSlots(
      db,
      { startsAt: at("26T08:00"), capacity: 2, bookedCount: 2 },
      { startsAt: at("26T09:00"), heldCount: 1 },
      { startsAt: at("26T10:00"), heldCount: 1 },
      { startsAt: at("26T11:00"), capacity: 9, bookedCount: 2, heldCount: 3 },
    );
    await addHold(held!, LIVE);
    await addHold(over!, NOW);
    for (const until of [NOW, at("25T09:00"), LIVE]) await addHold(some!, until);
    const { items: slots } = await read();
    expect(slots.map(({ id, places }) => [id, places])).toEqual([
      [over, 1],
      [some, 6],
    ]);
  });

  it.each([
    ["booked", { bookedCount: 1 }, undefined, false],
    ["held", { heldCount: 1 }, LIVE, false],
    ["held by an expired hold", { heldCount: 1 }, NOW, true],
  ])("do not overlap, buffers included, another slot that is %s", async (_, counts, until, free) => {
    await addService(db, { id: "course" });
    const busy = { busyFrom: at("26T09:45"), busyUntil: at("26T11:15") };
    const other = { serviceId: "course", startsAt: at("26T10:00"), capacity: 5, ...busy, ...counts };
    const [course] = await addSlots(db, other);
    if (until !== undefined) await addHold(course!, until);
    const overlapping = ["26T08:50", "26T09:00", "26T10:00", "26T11:00"];
    const touching = ["26T08:45", "26T11:15"];
    await addSlots(db, ...[...overlapping, ...touching].map((time) => ({ startsAt: at(time) })));
    const expected = (free ? [...overlapping, ...touching] : touching).toSorted();
    expect(await starts({ serviceId: "massage" })).toEqual(expected);
    expect(await starts({ serviceId: "course" })).toEqual(["26T10:00"]); // it has free places
  });

  it("do not overlap a booked slot that begins before the period", async () => {
    await addService(db, { id: "retreat" });
    const long = { serviceId: "retreat", bookedCount: 1, endsAt: at("27T08:00") };
    await addSlots(
      db,
      { ...long, startsAt: at("26T08:00") },
      { startsAt: at("27T07:00") },
      { startsAt: at("27T08:00") },
    );
    const period = { start: at("27T00:00"), end: at("28T00:00") };
    expect(await starts({ serviceId: "massage" }, "UTC", period)).toEqual(["27T08:00"]);
  });

  it("come in pages of at most 2,000, none left out or repeated", async () => {
    const many = Array.from({ length: 2001 }, (_, index) => ({
      startsAt: new Date(NOW.getTime() + (index + 1) * 60_000),
      endsAt: new Date(NOW.getTime() + (index + 2) * 60_000),
    }));
    await addSlots(db, ...many.slice(1).toReversed());
    expect(await read()).toMatchObject({ nextCursor: null, items: { length: 2000 } });
    await addSlots(db, ...many.slice(0, 1));
    const first = await read();
    expect(first.items).toHaveLength(2000);
    expect(first.items[0]?.startsAt).toEqual(many[0]?.startsAt);
    const last = first.items.at(-1)!;
    const rest = await readFreeSlots(db, { providerId: "praxis" }, WEEK, "UTC", NOW, {
      limit: 2000,
      cursor: [last.startsAt, last.serviceId],
    });
    expect(rest).toMatchObject({ nextCursor: null, items: [{ startsAt: many.at(-1)?.startsAt }] });
  });
});

describe("local times of slots", () => {
  const NIGHT = { start: new Date("2026-01-01T00:00:00Z"), end: new Date("2027-01-01T00:00:00Z") };
  const localTimes = async (zone: string, ...instants: string[]) => {
    await addSlots(db, ...instants.map((instant) => ({ startsAt: new Date(instant) })));
    const { items: slots } = await read({}, zone, NIGHT, new Date("2026-01-01T00:00:00Z"));
    return slots.map(({ localDate, localStart, localEnd }) => `${localDate} ${localStart} ${localEnd.slice(11)}`);
  };

  it("jump when clocks go forward", async () => {
    expect(
      await localTimes("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"),
    ).toEqual([
      "2026-03-29 2026-03-29T00:00:00+01:00 01:00:00+01:00",
      "2026-03-29 2026-03-29T01:00:00+01:00 03:00:00+02:00",
      "2026-03-29 2026-03-29T03:00:00+02:00 04:00:00+02:00",
    ]);
  });

  it("occur twice when clocks go back, with different offsets", async () => {
    expect(await localTimes("Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")).toEqual([
      "2026-10-25 2026-10-25T02:00:00+02:00 02:00:00+01:00",
      "2026-10-25 2026-10-25T02:00:00+01:00 03:00:00+01:00",
    ]);
  });

  it.each([
    ["America/New_York", "2026-03-28 2026-03-28T21:30:00-04:00 22:30:00-04:00"],
    ["Asia/Kathmandu", "2026-03-29 2026-03-29T07:15:00+05:45 08:15:00+05:45"],
    ["Pacific/Kiritimati", "2026-03-29 2026-03-29T15:30:00+14:00 16:30:00+14:00"],
    ["-09:30", "2026-03-28 2026-03-28T16:00:00-09:30 17:00:00-09:30"],
    ["UTC", "2026-03-29 2026-03-29T01:30:00+00:00 02:30:00+00:00"],
  ])("of a Berlin provider's slot are in the requested zone %s", async (zone, expected) => {
    expect(await localTimes(zone, "2026-03-29T01:30:00Z")).toEqual([expected]);
  });

  it("are the same instants as the slots'", async () => {
    const hours = Array.from({ length: 72 }, (_, hour) => new Date(at("28T00:00").getTime() + hour * HOUR_MS));
    await addSlots(db, ...hours.map((startsAt) => ({ startsAt })));
    for (const zone of ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]) {
      const { items: slots } = await read({}, zone, WEEK);
      expect(slots.map(({ localStart }) => new Date(localStart))).toEqual(slots.map(({ startsAt }) => startsAt));
      expect(slots.map(({ localEnd }) => new Date(localEnd))).toEqual(slots.map(({ endsAt }) => endsAt));
      expect(slots.length).toBe(72);
    }
  });
});
