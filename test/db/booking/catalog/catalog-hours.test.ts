import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { type Db, rows } from "../../../../lib/db/db.ts";
import { type Kind, listed, setUp, tearDown } from "../../../support/booking/catalog-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { fates, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService } from "../../../worlds/slots.ts";

/** Working hours, exceptions and time slots in the catalog. */

const it = databaseTest(SETTINGS);

let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db, {}, []);
  await addProvider(db, { id: "studio" }, []);
  await addService(db);
  await addService(db, { id: "course" });
});

const VALID = {
  availability: { providerId: "praxis", weekday: 0, start: "09:00", end: "17:00" },
  exceptions: { providerId: "praxis", date: "2028-02-29", kind: "hours", start: "10:00", end: "12:00" },
  timeSlots: { serviceId: "massage", weekday: 0, start: "09:00", end: "12:00" },
};
const { availability: monday, exceptions: leapDay, timeSlots: morning } = VALID;

it.each<[keyof typeof VALID & Kind, string, object]>([
  ["availability", "weekday", { weekday: 7 }],
  ["availability", "weekday", { weekday: -1 }],
  ["availability", "weekday", { weekday: "0" }],
  ["availability", "weekday", { weekday: 0.5 }],
  ["availability", "start", { start: "9:00" }],
  ["availability", "start", { start: "24:00" }],
  ["availability", "start", { start: "09:60" }],
  ["availability", "start", { start: 540 }],
  ["availability", "start", { start: "09:00\n" }],
  ["availability", "end", { end: "00:00" }],
  ["availability", "end", { end: "24:01" }],
  ["availability", "end", { end: "17:00:00" }],
  ["availability", "end", { end: undefined }],
  ["availability", "end", { end: "09:00" }],
  ["availability", "break", { break: { start: "08:30", end: "09:30" } }],
  ["availability", "break", { break: { start: "16:30", end: "17:01" } }],
  ["availability", "break", { break: { start: "09:00", end: "17:00" } }],
  ["availability", "break", { break: { start: "13:00", end: "12:00" } }],
  ["availability", "break.end", { break: { start: "12:00", end: "12:00" } }],
  ["availability", "break.end", { break: { start: "12:00" } }],
  ["availability", "break", { start: "22:00", end: "06:00", break: { start: "05:00", end: "07:00" } }],
  ["availability", "break", { start: "22:00", end: "06:00", break: { start: "12:00", end: "13:00" } }],
  ["availability", "break", { start: "22:00", end: "06:00", break: { start: "22:00", end: "06:00" } }],
  ["exceptions", "date", { date: "2026-02-30" }],
  ["exceptions", "date", { date: "2027-02-29" }],
  ["exceptions", "date", { date: "01.03.2028" }],
  ["exceptions", "date", { date: "2028-03-01T00:00:00Z" }],
  ["exceptions", "kind", { kind: "holiday" }],
  ["exceptions", "start", { kind: "closed" }],
  ["exceptions", "start", { start: undefined }],
  ["exceptions", "end", { kind: "blocked", end: undefined }],
  ["exceptions", "end", { end: "10:00" }],
  ["exceptions", "reason", { reason: "x".repeat(201) }],
  ["exceptions", "reason", { reason: "a\nb" }],
  ["timeSlots", "end", { end: "09:00" }],
  ["timeSlots", "capacity", { capacity: 0 }],
  ["timeSlots", "capacity", { capacity: 1001 }],
  ["timeSlots", "capacity", { capacity: 1.5 }],
  ["timeSlots", "priceMultiplier", { peak: true, priceMultiplier: 0 }],
  ["timeSlots", "priceMultiplier", { peak: true, priceMultiplier: 10.01 }],
  ["timeSlots", "priceMultiplier", { peak: true, priceMultiplier: 1.255 }],
  ["timeSlots", "priceMultiplier", { priceMultiplier: 1.25 }],
  ["timeSlots", "providerId", { providerId: "praxis" }],
])("%s: a wrong %s in %j is refused, and the other item is stored", async (kind, field, over) => {
  const answer = await setUp(kind, [
    { ...VALID[kind], ...over },
    { ...VALID[kind], start: "08:00" },
  ]);
  expect([answer.status, fates(answer)]).toEqual([207, [`invalid-item ${field}`, "created"]]);
  expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
});

it.each<[Kind, object, string]>([
  ["availability", { ...monday, providerId: "nobody" }, "unknown-provider providerId"],
  ["exceptions", { ...leapDay, providerId: "nobody" }, "unknown-provider providerId"],
  ["timeSlots", { ...morning, serviceId: "nothing" }, "unknown-service serviceId"],
])("%s of an unknown owner are refused with the name of the field", async (kind, item, fate) => {
  expect(fates(await setUp(kind, [item]))).toEqual([fate]);
});

it.each<[keyof typeof VALID & Kind, string]>([
  ["availability", "praxis 0 09:00"],
  ["exceptions", "praxis 2028-02-29 hours 10:00"],
  ["timeSlots", "massage 0 09:00"],
])("%s with the same key are one row", async (kind, key) => {
  const first = await setUp(kind, [VALID[kind], { ...VALID[kind], end: "18:00" }]);
  expect(fates(first)).toEqual(["created", "duplicate id"]);
  expect(first.body.results.map(({ id }) => id)).toEqual([key, key]);
  expect(fates(await setUp(kind, [{ ...VALID[kind], end: "18:00" }]))).toEqual(["updated"]);
  expect(await listed(kind)).toMatchObject([{ ...VALID[kind], end: "18:00" }]);
});

describe("availability", () => {
  it("may have several windows a day, across midnight and up to 24:00, with a break at an edge", async () => {
    const windows = [
      { ...monday, end: "12:00", break: { start: "09:00", end: "09:15" } },
      { ...monday, start: "12:00", end: "17:00", break: { start: "16:45", end: "17:00" } },
      { ...monday, start: "22:00", end: "06:00", break: { start: "05:45", end: "06:00" } },
      { ...monday, weekday: 1, start: "00:00", end: "23:59", break: null },
      { ...monday, weekday: 2, start: "00:00", end: "24:00", break: { start: "23:00", end: "24:00" } },
      { ...monday, weekday: 3, start: "20:00", end: "04:00", break: { start: "23:30", end: "00:30" } },
      { ...monday, weekday: 4, start: "23:59", end: "00:01", break: { start: "23:59", end: "24:00" } },
    ];
    expect(fates(await setUp("availability", windows.toReversed()))).toEqual(windows.map(() => "created"));
    expect(await listed("availability")).toEqual(windows);
    const stored = await rows(
      db,
      sql`select weekday, start_minute as start, end_minute as end, break_start_minute as "breakStart" from provider_availability
        where weekday in (2, 4) order by weekday`,
    );
    expect(stored).toEqual([
      { weekday: 2, start: 0, end: 1440, breakStart: 1380 },
      { weekday: 4, start: 1439, end: 1, breakStart: 1439 },
    ]);
  });

  it("loses its break if an item omits it", async () => {
    await setUp("availability", [{ ...monday, break: { start: "12:00", end: "13:00" } }]);
    expect(fates(await setUp("availability", [monday]))).toEqual(["updated"]);
    expect(await listed("availability")).toEqual([{ ...monday, break: null }]);
  });

  it("is listed and deleted by provider", async () => {
    await setUp("availability", [monday, { ...monday, providerId: "studio" }]);
    expect(await listed("availability", "?providerId=studio")).toMatchObject([{ providerId: "studio" }]);
    const { end, ...key } = monday;
    expect(fates(await tearDown("availability", [key, { ...key, weekday: 1 }, monday]))).toEqual([
      "deleted",
      "not-found",
      "invalid-item end",
    ]);
    expect(await listed("availability")).toMatchObject([{ providerId: "studio" }]);
  });
});

describe("exceptions", () => {
  const closed = { providerId: "praxis", date: "2028-02-29", kind: "closed" };
  const blocked = { ...leapDay, kind: "blocked" };

  it("have three kinds, and a date may have several", async () => {
    const items = [blocked, { ...closed, reason: "Urlaub" }, leapDay, { ...leapDay, start: "14:00", end: "02:00" }];
    expect(fates(await setUp("exceptions", items))).toEqual(items.map(() => "created"));
    expect(await listed("exceptions")).toEqual([
      { ...blocked, reason: null },
      { ...closed, reason: "Urlaub" },
      { ...leapDay, reason: null },
      { ...leapDay, start: "14:00", end: "02:00", reason: null },
    ]);
  });

  it("can close a date once, and only the reason can change", async () => {
    expect(fates(await setUp("exceptions", [closed]))).toEqual(["created"]);
    expect(fates(await setUp("exceptions", [closed]))).toEqual(["unchanged"]);
    expect(fates(await setUp("exceptions", [{ ...closed, reason: "Fortbildung" }]))).toEqual(["updated"]);
    expect(await listed("exceptions")).toEqual([{ ...closed, reason: "Fortbildung" }]);
  });

  it("are listed by date and deleted by their key", async () => {
    await setUp("exceptions", [
      leapDay,
      { ...closed, date: "2028-01-01" },
      blocked,
      { ...closed, providerId: "studio" },
    ]);
    expect((await listed("exceptions", "?providerId=praxis")).map(({ date, kind }) => `${date} ${kind}`)).toEqual([
      "2028-01-01 closed",
      "2028-02-29 blocked",
      "2028-02-29 hours",
    ]);
    const { end, ...key } = leapDay;
    const keys = [{ ...closed, date: "2028-01-01" }, key, { ...key, start: "10:01" }, closed];
    expect(fates(await tearDown("exceptions", keys))).toEqual(["deleted", "deleted", "not-found", "not-found"]);
    expect(await listed("exceptions")).toMatchObject([{ kind: "blocked" }, { providerId: "studio" }]);
  });
});

describe("time slots", () => {
  it("have one place at the service's price by default", async () => {
    const evening = { ...morning, start: "18:00", end: "24:00", capacity: 1000, peak: true, priceMultiplier: 1.15 };
    await setUp("timeSlots", [morning, evening, { ...morning, weekday: 6, peak: true }]);
    expect(await listed("timeSlots")).toEqual([
      { ...morning, capacity: 1, peak: false, priceMultiplier: 1 },
      evening,
      { ...morning, weekday: 6, capacity: 1, peak: true, priceMultiplier: 1 },
    ]);
  });

  it("are listed and deleted by service", async () => {
    await setUp("timeSlots", [morning, { ...morning, serviceId: "course" }]);
    expect(await listed("timeSlots", "?serviceId=course")).toMatchObject([{ serviceId: "course" }]);
    const { end, ...key } = morning;
    expect(fates(await tearDown("timeSlots", [key]))).toEqual(["deleted"]);
    expect(await listed("timeSlots")).toMatchObject([{ serviceId: "course" }]);
  });
});
