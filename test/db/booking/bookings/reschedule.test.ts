import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { providers, services } from "../../../../lib/booking/schema.ts";
import { type Db, rows } from "../../../../lib/db/db.ts";
import {
  booked,
  cancel,
  counts,
  hold,
  inHours,
  mailedEvents,
  outcome,
  reschedule,
  show,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { dump, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

const it = databaseTest(SETTINGS);

/** The database of the test, with a provider and a service. */
let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db);
  await addService(db);
  await addService(db, { id: "yoga" });
});

describe("moving a booking", () => {
  const slot = async (other = {}) => (await addSlots(db, { startsAt: inHours(30), ...other }))[0]!;
  /** Expects that a move is refused with this outcome and changes nothing. */
  async function expectRefused(booking: { id: string; token: string }, slotId: number, expected: string) {
    const before = await dump(db);
    expect(outcome(await reschedule(booking, slotId))).toBe(expected);
    expect(await dump(db)).toEqual(before);
  }

  it("copies everything from the new slot and sends the customer a mail", async () => {
    const from = await slot();
    const startsAt = inHours(50);
    const to = await slot({ startsAt, price: 80, category: "emergency", rushFeePercent: 100 });
    const made = await booked(from, { timezone: "Asia/Kathmandu" });
    await db.update(services).set({ name: "Deep massage" });
    const { status, body } = await reschedule(made, to);
    const { token, ...before } = made;
    expect(status).toBe(200);
    expect(body.booking).toEqual({
      ...before,
      slotId: to,
      serviceName: "Deep massage",
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + HOUR_MS).toISOString(),
      localStart: expect.stringMatching(/:45:00\+05:45$/),
      localEnd: expect.stringMatching(/:45:00\+05:45$/),
      price: 80,
      category: "emergency",
      rushFeePercent: 100,
      sequence: 1,
    });
    expect((await show({ id: made.id, token })).body.booking).toEqual(body.booking);
    expect(await counts(db, from, to)).toEqual(["0/0", "1/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "rescheduled:1"]);
  });

  it("is possible to a slot that overlaps the old one", async () => {
    const from = await slot();
    const to = await slot({ startsAt: new Date(inHours(30).getTime() + HOUR_MS / 2) });
    const made = await booked(from);
    expect(outcome(await reschedule(made, to))).toBe("200");
    expect(outcome(await reschedule(made, from))).toBe("200");
    expect(await counts(db, from, to)).toEqual(["1/0", "0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "rescheduled:1", "rescheduled:2"]);
  });

  it("to its present slot changes nothing and sends no mail", async () => {
    const id = await slot();
    const made = await booked(id);
    const before = await dump(db);
    expect((await reschedule(made, id)).body.booking).toEqual((await show(made)).body.booking);
    expect(await dump(db)).toEqual(before);
  });

  it("keeps a pending booking pending", async () => {
    await db.update(services).set({ confirmationRequired: true });
    const made = await booked(await slot());
    await db.update(services).set({ confirmationRequired: false });
    const { body } = await reschedule(made, await slot({ startsAt: inHours(50) }));
    expect(body.booking.status).toBe("pending");
  });

  it("changes nothing if the new place cannot be taken", async () => {
    const made = await booked(await slot());
    await expectRefused(made, 999_999, "404 not-found");
    await expectRefused(made, await slot({ startsAt: inHours(-2) }), "409 not-bookable");
    const full = await slot({ startsAt: inHours(50) });
    await booked(full);
    await expectRefused(made, full, "409 slot-full");
    const held = await slot({ startsAt: inHours(60) });
    await hold(held);
    await expectRefused(made, held, "409 slot-full");
    await booked(await slot({ serviceId: "yoga", startsAt: inHours(70) }));
    await expectRefused(made, await slot({ startsAt: inHours(70) }), "409 provider-busy");
    const free = await slot({ startsAt: inHours(80) });
    await db.update(services).set({ minNoticeMinutes: 100 * 60 });
    await expectRefused(made, free, "409 too-late");
    await db.update(services).set({ minNoticeMinutes: 0 });
    await db.update(providers).set({ active: false });
    await expectRefused(made, free, "409 not-bookable");
  });

  it("is possible only within one service", async () => {
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const made = await booked(await slot());
    await expectRefused(made, await slot({ serviceId: "yoga", startsAt: inHours(50) }), "409 conflict slotId");
    await expectRefused(made, await slot({ serviceId: "dance", providerId: "studio" }), "409 conflict slotId");
  });

  it("is refused for a cancelled booking", async () => {
    const made = await booked(await slot());
    const to = await slot({ startsAt: inHours(50) });
    await cancel(made);
    await expectRefused(made, to, "409 conflict");
  });

  it("is possible for a booking whose slot is deleted", async () => {
    const from = await slot();
    const made = await booked(from);
    const to = await slot({ startsAt: inHours(50) });
    await rows(db, sql`delete from booking_slots where id = ${from}`);
    expect((await reschedule(made, to)).body.booking).toMatchObject({ slotId: to, sequence: 1 });
    expect(await counts(db, to)).toEqual(["1/0"]);
  });
});
