import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as freeSlots from "../../../api/slots.ts";
import { bookings } from "../../../lib/booking/bookings/schema.ts";
import { bookingSlots, providers, services, slotDays, slotHolds } from "../../../lib/booking/schema.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import {
  booked,
  cancel,
  counts,
  emptyBookings,
  hold,
  inHours,
  passHours,
  show,
} from "../../support/booking/booking-requests.ts";
import { setUp, tearDown } from "../../support/booking/catalog-requests.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { call, dump, fates, SETTINGS } from "../../support/http/requests.ts";
import { addException, addProvider, addService, addSlots } from "../../worlds/slots.ts";

/** What follows from setting up: slots at once where that is asked for, and what goes with what is deleted. */

let db: Db;
beforeAll(async () => {
  configure(SETTINGS);
  const connection = await freshPostgres();
  useConnection(connection);
  db = connection.db;
});
afterAll(closeDatabase);
beforeEach(() => emptyBookings(db));

const praxis = { id: "praxis", name: "Praxis am Markt", timezone: "Asia/Kathmandu" };
const massage = { id: "massage", providerId: "praxis", name: "Massage", durationMinutes: 60, price: 45.5 };
const monday = { providerId: "praxis", weekday: 0, start: "09:00", end: "17:00" };

describe("with maintain=true", () => {
  const always = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ ...monday, weekday, start: "00:00", end: "24:00" }));
  const bookable = async () => {
    const { body } = await call<{ slots: { price: number }[] }>(freeSlots.GET, "/api/slots?serviceId=massage", {
      token: null,
    });
    return body.slots;
  };

  it("slots are there when the answer comes, and follow each change", async () => {
    await setUp("providers", [praxis]);
    await setUp("availability", always);
    expect((await setUp("services", [massage])).body).not.toHaveProperty("maintenance");
    expect(await bookable()).toEqual([]);
    const again = await setUp("services", [massage], "?maintain=true");
    expect(fates(again)).toEqual(["unchanged"]);
    expect(again.body.maintenance).toMatchObject({ status: "ok", skipped: false, services: 1 });
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

  it("only those are looked at whom the batch was about", async () => {
    await setUp("providers", [praxis, { ...praxis, id: "studio" }]);
    await setUp("services", [massage, { ...massage, id: "course", providerId: "studio" }]);
    await setUp("availability", [always[0], { ...always[0], providerId: "studio" }]);
    const { body } = await setUp("availability", [always[1], { ...always[0], providerId: "ghost" }], "?maintain=true");
    expect(body).toMatchObject({ status: "partial", maintenance: { status: "ok", services: 1 } });
    const { body: none } = await tearDown(
      "availability",
      [{ ...monday, end: undefined, providerId: "x" }],
      "?maintain=1",
    );
    expect(none).toMatchObject({ status: "ok", maintenance: { status: "ok", skipped: true, reason: "nothing-to-do" } });
  });

  it("a failure of maintenance leaves the change committed, and the answer tells both", async () => {
    await setUp("providers", [praxis]);
    await db.execute("alter table booking_slots rename to mislaid");
    try {
      const { status, body } = await setUp("services", [massage], "?maintain=true");
      expect([status, body.status, body.taken]).toEqual([200, "ok", 1]);
      expect(body.maintenance).toMatchObject({ status: "failed", error: { code: "job-failed" } });
      expect(JSON.stringify(body.maintenance)).not.toContain("booking_slots");
    } finally {
      await db.execute("alter table mislaid rename to booking_slots");
    }
    expect(await db.$count(services)).toBe(1);
    expect((await setUp("services", [massage], "?maintain=true")).body.maintenance).toMatchObject({ status: "ok" });
  });

  it("providers and services that are deleted leave nothing to do", async () => {
    await setUp("providers", [praxis]);
    const { body } = await tearDown("providers", [{ id: "praxis" }], "?maintain=true");
    expect(body).toMatchObject({ taken: 1, maintenance: { skipped: true, reason: "nothing-to-do" } });
    expect(await db.$count(providers)).toBe(0);
  });
});

describe("deleting", () => {
  /** A provider with a service and a little of everything that can be its own. @returns the ids of two slots. */
  async function addPractice(id: string): Promise<number[]> {
    await addProvider(db, { id });
    await addException(db, { providerId: id, date: "2028-02-29" });
    return addOffer(id, `${id}-massage`);
  }

  async function addOffer(providerId: string, id: string, hours = 30): Promise<number[]> {
    await addService(db, { id, providerId }, [{ weekday: 0 }]);
    await db.insert(slotDays).values({ serviceId: id, localDate: "2026-01-01", offered: 8, booked: 3 });
    const at = { serviceId: id, providerId };
    return addSlots(db, { ...at, startsAt: inHours(hours) }, { ...at, startsAt: inHours(hours + 1) });
  }

  const gone = (kind: "providers" | "services", ...ids: string[]) =>
    tearDown(
      kind,
      ids.map((id) => ({ id })),
    );

  it("a provider takes everything that is its own along, and nothing else", async () => {
    await addPractice("studio");
    const before = await dump(db);
    const [slot = 0] = await addPractice("praxis");
    expect((await hold(slot)).status).toBe(201);
    const answer = await gone("providers", "praxis", "nobody");
    expect([answer.status, fates(answer)]).toEqual([200, ["deleted", "not-found"]]);
    expect(await dump(db)).toEqual(before);
  });

  it("a service takes its own along, and leaves the provider's other ones", async () => {
    await addPractice("praxis");
    const before = await dump(db);
    const [slot = 0] = await addOffer("praxis", "course", 40);
    expect((await hold(slot)).status).toBe(201);
    expect(fates(await gone("services", "course", "nothing"))).toEqual(["deleted", "not-found"]);
    expect(await dump(db)).toEqual(before);
  });

  it.each(["pending", "confirmed"] as const)("is refused while a booking is ahead that is %s", async (status) => {
    const [slot = 0] = await addPractice("praxis");
    await addPractice("studio");
    const { id } = await booked(slot);
    await db.update(bookings).set({ status });
    const before = await dump(db);
    for (const [kind, key] of [
      ["providers", "praxis"],
      ["services", "praxis-massage"],
    ] as const) {
      const answer = await gone(kind, key);
      expect([answer.status, fates(answer)]).toEqual([422, ["in-use id"]]);
      expect(answer.body.results[0]?.error).toMatchObject({
        expected: `a ${kind.slice(0, -1)} without upcoming bookings`,
        got: `${key}, with 1`,
      });
    }
    expect(await dump(db)).toEqual(before);
    expect(fates(await gone("services", "praxis-massage", "studio-massage"))).toEqual(["in-use id", "deleted"]);
    await passHours(db, id, 48);
    expect(fates(await gone("providers", "praxis"))).toEqual(["deleted"]);
  });

  it("leaves what was booked once readable, with its own copy of everything", async () => {
    const [first = 0, second = 0] = await addPractice("praxis");
    const cancelled = await booked(first);
    await cancel(cancelled);
    const past = await booked(second);
    await passHours(db, past.id, 48);
    const before = (await show(past)).body.booking;
    expect(fates(await gone("services", "praxis-massage"))).toEqual(["deleted"]);
    expect(fates(await gone("providers", "praxis"))).toEqual(["deleted"]);
    expect(await counts(db, first, second)).toEqual(["gone", "gone"]);
    expect(await rows(db, sql`select distinct slot_id from bookings`)).toEqual([{ slot_id: null }]);
    const { status, body } = await show(past);
    expect([status, body.booking]).toEqual([200, { ...before, slotId: null }]);
  });

  it("many at once leaves the ones in use", async () => {
    const [slot = 0] = await addPractice("praxis");
    for (const id of ["a", "b", "c"]) await addPractice(id);
    await booked(slot);
    const answer = await gone("providers", "c", "praxis", "a", "b", "a");
    expect([answer.status, fates(answer)]).toEqual([
      207,
      ["deleted", "in-use id", "deleted", "deleted", "duplicate id"],
    ]);
    const left = [providers, services, bookingSlots, slotHolds].map((table) => db.$count(table));
    expect(await Promise.all(left)).toEqual([1, 1, 2, 0]);
  });
});
