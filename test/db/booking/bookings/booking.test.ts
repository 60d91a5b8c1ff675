import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { providers, services } from "../../../../lib/booking/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import { useConnection } from "../../../../lib/db/client.ts";
import type { Connection } from "../../../../lib/db/connection.ts";
import { type Db, rows } from "../../../../lib/db/db.ts";
import {
  book,
  booked,
  bookWith,
  cancel,
  counts,
  emptyBookings,
  expireHolds,
  hold,
  inHours,
  list,
  mailedEvents,
  outcome,
  patch,
  reschedule,
  show,
} from "../../../support/booking/booking-requests.ts";
import { DATABASES } from "../../../support/database/databases.ts";
import { dump, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

const KEY = "an-idempotency-key";

describe.each(DATABASES)("booking on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
    useConnection(connection);
    configure({ ...SETTINGS, ALLOWED_ORIGINS: "https://www.club.example" });
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await emptyBookings(db);
    await addProvider(db, { name: "Praxis am Markt", timezone: "Asia/Kathmandu" });
    await addService(db, { name: "Massage", price: 45 });
  });

  const slot = async (other = {}) => (await addSlots(db, { startsAt: inHours(30), price: 67.5, ...other }))[0]!;

  it("takes the place and returns everything that the customer may know", async () => {
    const startsAt = new Date("2096-03-25T08:00:00Z"); // the day the clock goes forward in Berlin
    const id = await slot({ startsAt, category: "express", rushFeePercent: 50 });
    const other = { name: "  Ada Lovelace ", email: "ada@club.example", language: "en", timezone: "Europe/Berlin" };
    const { status, headers, body } = await book(id, other);
    expect([status, headers.get("cache-control"), headers.get("idempotency-replayed")]).toEqual([
      201,
      "no-store",
      null,
    ]);
    expect(body).toEqual({
      booking: expect.anything(),
      cancelToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(body.booking).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      status: "confirmed",
      slotId: id,
      serviceId: "massage",
      serviceName: "Massage",
      providerId: "praxis",
      providerName: "Praxis am Markt",
      startsAt: "2096-03-25T08:00:00.000Z",
      endsAt: "2096-03-25T09:00:00.000Z",
      timezone: "Europe/Berlin",
      localStart: "2096-03-25T10:00:00+02:00",
      localEnd: "2096-03-25T11:00:00+02:00",
      price: 67.5,
      category: "express",
      rushFeePercent: 50,
      sequence: 0,
      name: "Ada Lovelace",
      email: "ada@club.example",
      language: "en",
      createdAt: expect.stringMatching(/Z$/),
      cancelledAt: null,
    });
    expect(await counts(db, id)).toEqual(["1/0"]);
    expect(await mailedEvents(db, body.booking.id)).toEqual(["booked:0"]);
  });

  it("uses German and the provider's zone by default", async () => {
    const { language, timezone, localStart } = await booked(await slot({ startsAt: new Date("2096-03-25T08:00:00Z") }));
    expect([language, timezone, localStart]).toEqual(["de", "Asia/Kathmandu", "2096-03-25T13:45:00+05:45"]);
  });

  it("is pending if the service requires confirmation", async () => {
    await db.update(services).set({ confirmationRequired: true });
    expect((await booked(await slot())).status).toBe("pending");
  });

  it("stores neither the key nor the token", async () => {
    const { cancelToken } = (await bookWith(KEY, await slot())).body;
    for (const secret of [cancelToken, KEY]) expect(JSON.stringify(await dump(db))).not.toContain(secret);
  });

  it("keeps its own copy of everything", async () => {
    const made = await booked(await slot());
    await db.update(services).set({ name: "Another", price: 1 });
    await db.update(providers).set({ name: "Somebody", timezone: "Europe/Berlin" });
    await rows(db, sql`update booking_slots set price = 1, starts_at = starts_at + interval '1 minute'`);
    const { token, ...before } = made;
    expect((await show(made)).body.booking).toEqual(before);
  });

  it("takes as many places as there are, and no more", async () => {
    const id = await slot({ capacity: 2 });
    const outcomes = [await book(id), await book(id), await book(id)].map(outcome);
    expect(outcomes).toEqual(["201", "201", "409 slot-full"]);
    expect(await counts(db, id)).toEqual(["2/0"]);
  });

  it("never books a provider twice at the same time, buffers included", async () => {
    await addService(db, { id: "yoga" });
    const busyUntil = new Date(inHours(31).getTime() + HOUR_MS / 4);
    const [first, overlapping, after] = await addSlots(
      db,
      { startsAt: inHours(30), busyUntil },
      { serviceId: "yoga", startsAt: inHours(31) },
      { serviceId: "yoga", startsAt: busyUntil },
    );
    const outcomes = [await book(first!), await book(overlapping!), await book(after!)].map(outcome);
    expect(outcomes).toEqual(["201", "409 provider-busy", "201"]);
    expect(await counts(db, first!, overlapping!, after!)).toEqual(["1/0", "0/0", "1/0"]);
    expect(await db.$count(bookings)).toBe(2);
  });

  it("requires a future slot, the minimum notice, and an active service and provider", async () => {
    await db.update(services).set({ minNoticeMinutes: 600 });
    const [near, far, past] = await addSlots(
      db,
      { startsAt: inHours(9) },
      { startsAt: inHours(12) },
      { startsAt: inHours(-5) },
    );
    expect(outcome(await book(near!))).toBe("409 too-late");
    expect(outcome(await book(past!))).toBe("409 not-bookable");
    await db.update(services).set({ active: false });
    expect(outcome(await book(far!))).toBe("409 not-bookable");
    await db.update(services).set({ active: true });
    await db.update(providers).set({ active: false });
    expect(outcome(await book(far!))).toBe("409 not-bookable");
    await db.update(providers).set({ active: true });
    expect(outcome(await book(far!))).toBe("201");
    expect(outcome(await book(999_999))).toBe("404 not-found");
    expect(await db.$count(bookings)).toBe(1);
  });

  it("repeated with the same key returns the same booking in its present state, without another mail", async () => {
    const id = await slot();
    const first = await bookWith(KEY, id);
    const second = await bookWith(KEY, id);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    await cancel({ id: first.body.booking.id, token: second.body.cancelToken });
    await rows(db, sql`delete from booking_slots`);
    const third = await bookWith(KEY, id);
    expect(third.body).toMatchObject({
      cancelToken: first.body.cancelToken,
      booking: { id: first.body.booking.id, status: "cancelled", slotId: null },
    });
    expect(await mailedEvents(db, first.body.booking.id)).toEqual(["booked:0", "cancelled:1"]);
  });

  it("refuses a key that was used with another body", async () => {
    const id = await slot();
    await bookWith(KEY, id);
    const others = [{ name: "Bob" }, { email: "bob@club.example" }, { language: "en" }, { timezone: "Asia/Kathmandu" }];
    for (const other of others) expect(outcome(await bookWith(KEY, id, other))).toBe("422 key-reused");
    expect(outcome(await bookWith(KEY, id + 1))).toBe("422 key-reused");
    expect(outcome(await bookWith(KEY, id, { name: " Ada ", language: "de" }))).toBe("201"); // the same, written otherwise
  });

  it("that was refused does not use up its key", async () => {
    const id = await slot();
    const first = await booked(id);
    expect(outcome(await bookWith(KEY, id))).toBe("409 slot-full");
    await cancel(first);
    const second = await bookWith(KEY, id);
    expect([second.status, second.headers.get("idempotency-replayed")]).toEqual([201, null]);
  });

  it("is made once if requests with the same key come at once, and all of them get it", async () => {
    const id = await slot();
    const answers = await Promise.all([bookWith(KEY, id), bookWith(KEY, id), bookWith(KEY, id)]);
    expect(answers.map(outcome)).toEqual(["201", "201", "201"]);
    expect(new Set(answers.map(({ body }) => `${body.booking.id} ${body.cancelToken}`)).size).toBe(1);
    expect(await counts(db, id)).toEqual(["1/0"]);
    expect(await mailedEvents(db, answers[0]!.body.booking.id)).toEqual(["booked:0"]);
  });

  it("can be made from a hold, moved and cancelled", async () => {
    const [from, to] = await addSlots(db, { startsAt: inHours(30) }, { startsAt: inHours(40) });
    await hold(to!);
    await expireHolds(db);
    const { holdId } = (await hold(from!)).body;
    const made = await booked(from!, { holdId });
    expect(await counts(db, from!, to!)).toEqual(["1/0", "0/0"]);
    expect((await reschedule(made, to!)).body.booking).toMatchObject({ slotId: to, sequence: 1, price: 40 });
    expect((await patch(made.id, { status: "cancelled" })).body.booking).toMatchObject({ id: made.id, sequence: 2 });
    expect((await list("?status=cancelled")).body.items.map(({ id }) => id)).toEqual([made.id]);
    expect(await counts(db, from!, to!)).toEqual(["0/0", "0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "rescheduled:1", "cancelled:2"]);
  });

  it.each(["https://evil.example", "null"])("is refused to pages of the origin %s", async (origin) => {
    const id = await slot();
    expect(outcome(await book(id, {}, { headers: { origin } }))).toBe("403 forbidden");
    expect(await counts(db, id)).toEqual(["0/0"]);
    expect(outcome(await book(id, {}, { headers: { origin: "https://www.club.example" } }))).toBe("201");
  });

  it("can be read and cancelled after its slot is deleted", async () => {
    const made = await booked(await slot());
    await rows(db, sql`delete from booking_slots`);
    expect((await show(made)).body.booking).toMatchObject({ status: "confirmed", slotId: null, price: 67.5 });
    expect(outcome(await cancel(made))).toBe("200");
    const [stored] = await db.select().from(bookings).where(eq(bookings.id, made.id));
    expect(stored).toMatchObject({ status: "cancelled", cancelReason: "customer" });
  });
});
