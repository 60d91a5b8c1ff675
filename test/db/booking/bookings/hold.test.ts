import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { releaseExpiredHolds } from "../../../../lib/booking/free-slots/holds.ts";
import { services, slotHolds } from "../../../../lib/booking/schema.ts";
import { type Db, rows, transact } from "../../../../lib/db/db.ts";
import {
  book,
  booked,
  counts,
  expireHolds,
  hold,
  inHours,
  outcome,
  releaseHold,
  reschedule,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const it = databaseTest(SETTINGS);

/** The database of the test, with a provider and a service. */
let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db);
  await addService(db);
  await addService(db, { id: "yoga" });
});

describe("a hold", () => {
  const slot = async (other = {}) => (await addSlots(db, { startsAt: inHours(30), ...other }))[0]!;
  const held = async (slotId: number) => {
    const { status, body } = await hold(slotId);
    expect(status).toBe(201);
    return body.holdId;
  };

  it("holds a place for five minutes", async () => {
    const id = await slot();
    const before = Date.now();
    const { status, body } = await hold(id);
    expect([status, body]).toEqual([
      201,
      { holdId: expect.stringMatching(/^[\da-f-]{36}$/), slotId: id, expiresAt: expect.any(String) },
    ]);
    const lasts = Date.parse(body.expiresAt) - 300_000;
    expect(lasts >= before && lasts <= Date.now()).toBe(true);
    expect(await counts(db, id)).toEqual(["0/1"]);
    expect([outcome(await book(id)), outcome(await hold(id))]).toEqual(["409 slot-full", "409 slot-full"]);
  });

  it("also holds the provider's time", async () => {
    const id = await slot();
    const overlapping = await slot({ serviceId: "yoga" });
    await held(id);
    expect(outcome(await book(overlapping))).toBe("409 provider-busy");
    expect(outcome(await hold(overlapping))).toBe("409 provider-busy");
  });

  it("can be booked with its id, even the last place", async () => {
    const id = await slot();
    const holdId = await held(id);
    expect(outcome(await book(id, { holdId }))).toBe("201");
    expect(await counts(db, id)).toEqual(["1/0"]);
    expect(await db.$count(slotHolds)).toBe(0);
  });

  it("made within the minimum notice can be booked after the notice has passed", async () => {
    const id = await slot({ startsAt: new Date(Date.now() + 62 * 60_000) });
    await db.update(services).set({ minNoticeMinutes: 60 });
    const holdId = await held(id);
    // Four minutes pass.
    await rows(db, sql`update slot_holds set expires_at = expires_at - interval '4 minutes'`);
    await rows(
      db,
      sql`update booking_slots set starts_at = starts_at - interval '4 minutes', busy_from = busy_from - interval '4 minutes'`,
    );
    expect(outcome(await book(id))).toBe("409 too-late");
    expect(outcome(await book(id, { holdId }))).toBe("201");
  });

  it("cannot be booked after its expiry, for another slot, or twice", async () => {
    const [id, other] = [await slot({ capacity: 3 }), await slot({ startsAt: inHours(40) })];
    const holdId = await held(id);
    expect(outcome(await book(other, { holdId }))).toBe("409 conflict holdId");
    expect(outcome(await book(id, { holdId: crypto.randomUUID() }))).toBe("409 conflict holdId");
    expect(outcome(await book(id, { holdId }))).toBe("201");
    expect(outcome(await book(id, { holdId }))).toBe("409 conflict holdId");
    const late = await held(id);
    await expireHolds(db);
    const answer = await book(id, { holdId: late });
    expect(answer.body.error).toMatchObject({ code: "conflict", field: "holdId", got: "an expired hold" });
    expect(await counts(db, id, other)).toEqual(["1/1", "0/0"]);
    expect(await db.$count(slotHolds)).toBe(1);
  });

  it("stays valid if the booking with it is refused", async () => {
    const id = await slot();
    const holdId = await held(id);
    await db.update(services).set({ active: false });
    expect(outcome(await book(id, { holdId }))).toBe("409 not-bookable");
    expect(await counts(db, id)).toEqual(["0/1"]);
    await db.update(services).set({ active: true });
    expect(outcome(await book(id, { holdId }))).toBe("201");
  });

  it("is released once, even if it is released repeatedly", async () => {
    const id = await slot();
    const other = await slot({ startsAt: inHours(40) });
    const holdId = await held(id);
    expect(outcome(await releaseHold(other, holdId))).toBe("200");
    expect(await counts(db, id)).toEqual(["0/1"]);
    for (let n = 0; n < 2; n++)
      expect(await releaseHold(id, holdId)).toMatchObject({ status: 200, body: { released: true } });
    expect(await counts(db, id)).toEqual(["0/0"]);
    expect(outcome(await book(id))).toBe("201");
  });

  it("that has expired blocks no booking, hold, move or overlapping slot", async () => {
    const places = [await slot(), await slot({ startsAt: inHours(40) }), await slot({ startsAt: inHours(50) })];
    const overlapping = await slot({ serviceId: "yoga", startsAt: inHours(60) });
    const held60 = await slot({ startsAt: inHours(60) });
    for (const id of [...places, held60]) await held(id);
    await expireHolds(db);
    const made = await booked(places[0]!);
    expect(await db.$count(slotHolds)).toBe(0);
    for (const id of places.slice(1)) await held(id);
    await expireHolds(db);
    expect(outcome(await reschedule(made, places[1]!))).toBe("200");
    await held(places[0]!);
    await expireHolds(db);
    await held(places[0]!);
    await held(held60);
    await expireHolds(db);
    expect(outcome(await book(overlapping))).toBe("201");
    expect(await counts(db, ...places, overlapping, held60)).toEqual(["0/0", "1/0", "0/0", "1/0", "0/0"]);
  });

  it("is released by the cleanup after its expiry, for the given providers or for all", async () => {
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const ids = [await slot({ capacity: 3 }), await slot({ serviceId: "dance", providerId: "studio" })];
    for (const id of [ids[0]!, ids[0]!, ids[1]!]) await held(id);
    const release = (providers: string[] | undefined, minutes: number) =>
      transact(db, (tx) => releaseExpiredHolds(tx, providers, new Date(Date.now() + minutes * 60_000)));
    expect(await release(undefined, 4)).toBe(0);
    expect(await release(["studio", "nobody"], 6)).toBe(1);
    expect(await counts(db, ...ids)).toEqual(["0/2", "0/0"]);
    expect(await release(undefined, 6)).toBe(2);
    expect(await counts(db, ...ids)).toEqual(["0/0", "0/0"]);
  });

  it("is refused like a booking, and to pages of other origins", async () => {
    expect(outcome(await hold(999_999))).toBe("404 not-found");
    expect(outcome(await hold(await slot({ startsAt: inHours(-3) })))).toBe("409 not-bookable");
    const id = await slot();
    expect(outcome(await hold(id, { headers: { origin: "https://evil.example" } }))).toBe("403 forbidden");
    await db.update(services).set({ minNoticeMinutes: 31 * 60 });
    expect(outcome(await hold(id))).toBe("409 too-late");
    await db.update(services).set({ minNoticeMinutes: 0, active: false });
    expect(outcome(await hold(id))).toBe("409 not-bookable");
    expect(await counts(db, id)).toEqual(["0/0"]);
  });
});
