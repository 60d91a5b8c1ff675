import { beforeEach, describe, expect } from "vitest";
import { services } from "../../../../lib/booking/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { cursorOf } from "../../../../lib/http/responses/pages.ts";
import { ALL_KINDS, listed, read, setUp } from "../../../support/booking/catalog-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { dump, fates, SETTINGS } from "../../../support/http/requests.ts";

/** Providers and services in the catalog, and the rules that all five kinds share. */

const it = databaseTest(SETTINGS);

let db: Db;
it.beforeEach(({ db: fresh }) => {
  db = fresh;
});

const praxis = { id: "praxis", name: "Praxis am Markt", timezone: "Asia/Kathmandu" };
const massage = { id: "massage", providerId: "praxis", name: "Massage", durationMinutes: 60, price: 45.5 };
const monday = { providerId: "praxis", weekday: 0, start: "09:00", end: "17:00" };

/** Posts some items of each kind, in the order of their dependencies. */
async function setUpAll(): Promise<void> {
  await setUp("providers", [praxis, { id: "studio", name: "Studio", timezone: "+05:45", active: false }]);
  await setUp("services", [
    massage,
    {
      id: "course",
      providerId: "studio",
      name: "Kurs",
      durationMinutes: 1440,
      bufferBefore: 240,
      bufferAfter: 15,
      price: 0.01,
      minNoticeMinutes: 43_200,
      confirmationRequired: true,
      active: false,
    },
  ]);
  await setUp("availability", [
    { ...monday, break: { start: "12:00", end: "12:30" } },
    { ...monday, weekday: 4, start: "20:00", end: "04:00", break: { start: "23:30", end: "00:15" } },
    { ...monday, weekday: 6, start: "00:00", end: "24:00", break: null },
  ]);
  await setUp("exceptions", [
    { providerId: "praxis", date: "2028-02-29", kind: "closed", reason: "Schalttag" },
    { providerId: "praxis", date: "2028-03-01", kind: "hours", start: "10:00", end: "24:00" },
    { providerId: "praxis", date: "2028-03-01", kind: "blocked", start: "22:00", end: "01:00", reason: null },
  ]);
  await setUp("timeSlots", [
    { serviceId: "massage", weekday: 0, start: "10:00", end: "12:00" },
    {
      serviceId: "massage",
      weekday: 4,
      start: "22:00",
      end: "02:00",
      capacity: 12,
      peak: true,
      priceMultiplier: 1.25,
    },
  ]);
}

describe("the catalog", () => {
  it("lists each kind in a form that can be posted without changes", async () => {
    await setUpAll();
    const before = await dump(db);
    for (const kind of ALL_KINDS) {
      const list = await listed(kind);
      expect([kind, list.length]).toEqual([kind, kind === "availability" || kind === "exceptions" ? 3 : 2]);
      const answer = await setUp(kind, list);
      expect([kind, answer.status, fates(answer)]).toEqual([kind, 200, list.map(() => "unchanged")]);
    }
    expect(await dump(db)).toEqual(before);
  });

  it("lists each kind in pages that neither repeat nor leave out an item", async () => {
    await setUpAll();
    await setUp("exceptions", [
      { providerId: "praxis", date: "2028-03-01", kind: "hours", start: "08:00", end: "09:00" },
      { providerId: "studio", date: "2028-02-29", kind: "closed" },
    ]);
    for (const kind of ALL_KINDS) {
      const whole = await listed(kind);
      const items: unknown[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const { body }: Awaited<ReturnType<typeof read>> = await read(
          kind,
          {},
          `?limit=1${cursor && `&cursor=${cursor}`}`,
        );
        expect(body.items).toHaveLength(1);
        items.push(...body.items);
        cursor = body.nextCursor;
      }
      expect([kind, items]).toEqual([kind, whole]);
      const { status, body } = await read(kind, {}, `?cursor=${cursorOf([1, 2])}`);
      expect([status, body]).toMatchObject([400, { error: { code: "invalid-parameter", field: "cursor" } }]);
    }
  });

  it("refuses unknown parameters and empty lists", async () => {
    for (const kind of ALL_KINDS) {
      expect((await setUp(kind, [])).status).toBe(422);
      expect((await setUp(kind, [{}], "?force=true")).status).toBe(400);
      const { body } = await setUp(kind, [{}], "?maintain=yes");
      expect(body).toMatchObject({
        error: { field: "maintain", expected: "true or false" },
      });
    }
  });
});

describe("providers", () => {
  it("are created, replaced as a whole, and listed by id", async () => {
    expect(
      fates(
        await setUp("providers", [
          { ...praxis, active: false },
          { ...praxis, id: "Anna" },
        ]),
      ),
    ).toEqual(["created", "created"]);
    expect(fates(await setUp("providers", [{ ...praxis, name: "Neu" }]))).toEqual(["updated"]);
    expect(await listed("providers")).toEqual([
      { ...praxis, id: "Anna", active: true },
      { ...praxis, name: "Neu", active: true },
    ]);
  });

  it.each([
    ["id", { id: "two words" }],
    ["name", { name: "" }],
    ["name", { name: "a\nb" }],
    ["timezone", { timezone: "Europe/Bern" }],
    ["timezone", { timezone: "" }],
    ["timezone", { timezone: undefined }],
    ["timezone", { timezone: "2026-01-01T00:00Z" }],
    ["active", { active: "yes" }],
    ["phone", { phone: "1" }],
  ])("are refused for a wrong %s: %j", async (field, over) => {
    const answer = await setUp("providers", [
      { ...praxis, ...over },
      { ...praxis, id: "other" },
    ]);
    expect([answer.status, fates(answer)]).toEqual([207, [`invalid-item ${field}`, "created"]]);
    expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
  });

  it("get an example of a time zone in the error", async () => {
    const { body } = await setUp("providers", [{ ...praxis, timezone: "Europe/Bern" }]);
    expect(body.results[0]?.error).toEqual({
      code: "invalid-item",
      field: "timezone",
      expected: "an IANA time zone such as Europe/Berlin",
      got: '"Europe/Bern"',
    });
  });
});

describe("services", () => {
  beforeEach(() => setUp("providers", [praxis, { ...praxis, id: "studio" }]));

  it("get defaults for missing fields, and keep the cents of their price", async () => {
    expect(fates(await setUp("services", [massage]))).toEqual(["created"]);
    expect(await db.select().from(services)).toEqual([
      {
        ...massage,
        bufferBefore: 0,
        bufferAfter: 0,
        minNoticeMinutes: 0,
        confirmationRequired: false,
        active: true,
      },
    ]);
    for (const price of [0, 0.01, 0.29, 1.15, 79.99, 999_999.99, 1_000_000]) {
      await setUp("services", [{ ...massage, price }]);
      expect((await listed("services"))[0]?.price).toBe(price);
    }
  });

  it("are listed by id, of all providers or of one", async () => {
    await setUp("services", [massage, { ...massage, id: "b" }, { ...massage, id: "a", providerId: "studio" }]);
    const ids = async (query: string) => (await listed("services", query)).map(({ id }) => id);
    expect(await ids("")).toEqual(["a", "b", "massage"]);
    expect(await ids("?providerId=praxis")).toEqual(["b", "massage"]);
    expect(await ids("?providerId=nobody")).toEqual([]);
  });

  it("must belong to an existing provider, and cannot change it", async () => {
    await setUp("services", [massage]);
    const before = await dump(db);
    const answer = await setUp("services", [
      { ...massage, providerId: "studio" },
      { ...massage, id: "new", providerId: "nobody" },
    ]);
    expect([answer.status, fates(answer)]).toEqual([422, ["invalid-item providerId", "unknown-provider providerId"]]);
    expect(answer.body.results.map(({ error }) => error?.expected)).toEqual([
      "praxis (a service cannot change its provider)",
      "the id of a known provider",
    ]);
    expect(await dump(db)).toEqual(before);
  });

  it.each([
    ["name", { name: undefined }],
    ["durationMinutes", { durationMinutes: 0 }],
    ["durationMinutes", { durationMinutes: 1441 }],
    ["durationMinutes", { durationMinutes: 7.5 }],
    ["durationMinutes", { durationMinutes: "60" }],
    ["bufferBefore", { bufferBefore: -1 }],
    ["bufferAfter", { bufferAfter: 241 }],
    ["price", { price: -0.01 }],
    ["price", { price: 9.999 }],
    ["price", { price: 1_000_000.01 }],
    ["price", { price: 1e308 }],
    ["price", { price: null }],
    ["minNoticeMinutes", { minNoticeMinutes: 43_201 }],
    ["confirmationRequired", { confirmationRequired: 1 }],
    ["__proto__", JSON.parse('{"__proto__": {"active": false}}')],
  ])("are refused for a wrong %s: %j", async (field, over) => {
    const answer = await setUp("services", [
      Object.defineProperties({ ...massage }, Object.getOwnPropertyDescriptors(over)),
    ]);
    expect([answer.status, fates(answer)]).toEqual([422, [`invalid-item ${field}`]]);
    expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
  });
});
