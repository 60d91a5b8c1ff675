import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { bookingSlots, providers, services, slotDays, slotHolds } from "../../../../lib/booking/schema.ts";
import { type Db, rows } from "../../../../lib/db/db.ts";
import { booked, cancel, counts, hold, inHours, passHours, show } from "../../../support/booking/booking-requests.ts";
import { setUp, tearDown } from "../../../support/booking/catalog-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET } from "../../../support/http/api.ts";
import { call, dump, fates, SETTINGS } from "../../../support/http/requests.ts";
import { addException, addProvider, addService, addSlots } from "../../../worlds/slots.ts";

/** The effects of catalog changes: slots that follow at once with `maintain=true`, and what is deleted together. */

const it = databaseTest(SETTINGS);

let db: Db;
it.beforeEach(({ db: fresh }) => {
  db = fresh;
});

const praxis = { id: "praxis", name: "Praxis am Markt", timezone: "Asia/Kathmandu" };
const massage = { id: "massage", providerId: "praxis", name: "Massage", durationMinutes: 60, price: 45.5 };
const monday = { providerId: "praxis", weekday: 0, start: "09:00", end: "17:00" };

describe("with maintain=true", () => {
  const always = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ ...monday, weekday, start: "00:00", end: "24:00" }));
  const bookable = async () => {
    const { body } = await call<{ items: { price: number }[] }>(GET, "/api/slots?serviceId=massage", {
      token: null,
    });
    return body.items;
  };

  it("slots are updated before the response, after each change", async () => {
    await setUp("providers", [praxis]);
    await setUp("availability", always);
    expect((await setUp("services", [massage])).body).not.toHaveProperty("maintenance");
    expect(await bookable()).toEqual([]);
    const again = await setUp("services", [massage], "?maintain=true");
    expect(fates(again)).toEqual(["unchanged"]);
    expect(again.body.maintenance).toMatchObject({ status: "completed", services: 1 });
    expect((await bookable()).length).toBeGreaterThanOrEqual(6 * 24);
    await setUp("services", [{ ...massage, durationMinutes: 720, price: 10 }], "?maintain=true");
    const longer = await bookable();
    expect(longer.length).toBeGreaterThanOrEqual(6 * 2);
    expect(longer.length).toBeLessThanOrEqual(7 * 2);
    await tearDown(
      "availability",
      always.map(({ end, ...key }) => key),
      "?maintain=true",
    );
    expect(await bookable()).toEqual([]);
  });

  it("only the providers and services of the batch are maintained", async () => {
    await setUp("providers", [praxis, { ...praxis, id: "studio" }]);
    await setUp("services", [massage, { ...massage, id: "course", providerId: "studio" }]);
    await setUp("availability", [always[0], { ...always[0], providerId: "studio" }]);
    const { body } = await setUp("availability", [always[1], { ...always[0], providerId: "ghost" }], "?maintain=true");
    expect(body).toMatchObject({ taken: 1, failed: 1, maintenance: { status: "completed", services: 1 } });
    const { body: none } = await tearDown(
      "availability",
      [{ ...monday, end: undefined, providerId: "x" }],
      "?maintain=1",
    );
    expect(none).toMatchObject({ failed: 0, maintenance: { status: "skipped", reason: "nothing-to-do" } });
  });

  it("a failed maintenance leaves the change committed, and the response reports both", async () => {
    await setUp("providers", [praxis]);
    await db.execute("alter table booking_slots rename to mislaid");
    try {
      const { status, body } = await setUp("services", [massage], "?maintain=true");
      expect([status, body.taken]).toEqual([200, 1]);
      expect(body.maintenance).toMatchObject({ status: "failed", error: { code: "job-failed" } });
      expect(JSON.stringify(body.maintenance)).not.toContain("booking_slots");
    } finally {
      await db.execute("alter table mislaid rename to booking_slots");
    }
    expect(await db.$count(services)).toBe(1);
    expect((await setUp("services", [massage], "?maintain=true")).body.maintenance).toMatchObject({
      status: "completed",
    });
  });

  it("deleting providers or services needs no maintenance", async () => {
    await setUp("providers", [praxis]);
    const { body } = await tearDown("providers", [{ id: "praxis" }], "?maintain=true");
    expect(body).toMatchObject({ taken: 1, maintenance: { status: "skipped", reason: "nothing-to-do" } });
    expect(await db.$count(providers)).toBe(0);
  });
});

describe("deleting", () => {
  /** Stores a provider with a service and some of everything else. @returns the ids of two slots. */
  async function addPractice(id: string): Promise<number[]> {
    await addProvider(db, { id });
    await addException(db, { providerId: id, date: "2028-02-29" });
    return addServiceWithSlots(id, `${id}-massage`);
  }

  async function addServiceWithSlots(providerId: string, id: string, hours = 30): Promise<number[]> {
    await addService(db, { id, providerId }, [{ weekday: 0 }]);
    await db.insert(slotDays).values({ serviceId: id, localDate: "2026-01-01", offered: 8, booked: 3 });
    const at = { serviceId: id, providerId };
    return addSlots(db, { ...at, startsAt: inHours(hours) }, { ...at, startsAt: inHours(hours + 1) });
  }

  const deleteByIds = (kind: "providers" | "services", ...ids: string[]) =>
    tearDown(
      kind,
      ids.map((id) => ({ id })),
    );

  it("a provider deletes everything that belongs to it, and nothing else", async () => {
    await addPractice("studio");
    const before = await dump(db);
    const [slot = 0] = await addPractice("praxis");
    expect((await hold(slot)).status).toBe(201);
    const answer = await deleteByIds("providers", "praxis", "nobody");
    expect([answer.status, fates(answer)]).toEqual([200, ["deleted", "not-found"]]);
    expect(await dump(db)).toEqual(before);
  });

  it("a service deletes everything that belongs to it, but not the provider's other services", async () => {
    await addPractice("praxis");
    const before = await dump(db);
    const [slot = 0] = await addServiceWithSlots("praxis", "course", 40);
    expect((await hold(slot)).status).toBe(201);
    expect(fates(await deleteByIds("services", "course", "nothing"))).toEqual(["deleted", "not-found"]);
    expect(await dump(db)).toEqual(before);
  });

  it.each(["pending", "confirmed"] as const)("is refused while there is an upcoming %s booking", async (status) => {
    const [slot = 0] = await addPractice("praxis");
    await addPractice("studio");
    const { id } = await booked(slot);
    await db.update(bookings).set({ status });
    const before = await dump(db);
    for (const [kind, key] of [
      ["providers", "praxis"],
      ["services", "praxis-massage"],
    ] as const) {
      const answer = await deleteByIds(kind, key);
      expect([answer.status, fates(answer)]).toEqual([422, ["in-use id"]]);
      expect(answer.body.results[0]?.error).toMatchObject({
        expected: `a ${kind.slice(0, -1)} without upcoming bookings`,
        got: `${key}, with 1`,
      });
    }
    expect(await dump(db)).toEqual(before);
    expect(fates(await deleteByIds("services", "praxis-massage", "studio-massage"))).toEqual(["in-use id", "deleted"]);
    await passHours(db, id, 48);
    expect(fates(await deleteByIds("providers", "praxis"))).toEqual(["deleted"]);
  });

  it("leaves past bookings readable, with their own copy of everything", async () => {
    const [first = 0, second = 0] = await addPractice("praxis");
    const cancelled = await booked(first);
    await cancel(cancelled);
    const past = await booked(second);
    await passHours(db, past.id, 48);
    const before = (await show(past)).body.booking;
    expect(fates(await deleteByIds("services", "praxis-massage"))).toEqual(["deleted"]);
    expect(fates(await deleteByIds("providers", "praxis"))).toEqual(["deleted"]);
    expect(await counts(db, first, second)).toEqual(["gone", "gone"]);
    expect(await rows(db, sql`select distinct slot_id from bookings`)).toEqual([{ slot_id: null }]);
    const { status, body } = await show(past);
    expect([status, body.booking]).toEqual([200, { ...before, slotId: null }]);
  });

  it("many items at once skips the ones in use", async () => {
    const [slot = 0] = await addPractice("praxis");
    for (const id of ["a", "b", "c"]) await addPractice(id);
    await booked(slot);
    const answer = await deleteByIds("providers", "c", "praxis", "a", "b", "a");
    expect([answer.status, fates(answer)]).toEqual([
      207,
      ["deleted", "in-use id", "deleted", "deleted", "duplicate id"],
    ]);
    const remaining = [providers, services, bookingSlots, slotHolds].map((table) => db.$count(table));
    expect(await Promise.all(remaining)).toEqual([1, 1, 2, 0]);
  });
});
