import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { providers, services } from "../../../lib/booking/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
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
} from "../../support/booking/booking-requests.ts";
import { dump } from "../../support/http/requests.ts";
import { openPractice } from "../../worlds/demo-practice.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../worlds/slots.ts";

describe("moving a booking", () => {
  let db: Db;
  openPractice((fresh) => {
    db = fresh;
  });
  beforeEach(async () => {
    await addService(db, { id: "yoga" });
  });

  const slot = async (other = {}) => (await addSlots(db, { startsAt: inHours(30), ...other }))[0]!;
  /** That a move is refused so, and that nothing is different afterwards. */
  async function refused(made: { id: string; token: string }, slotId: number, as: string) {
    const before = await dump(db);
    expect(outcome(await reschedule(made, slotId))).toBe(as);
    expect(await dump(db)).toEqual(before);
  }

  it("takes it to the new slot with all that this one says, and tells its customer", async () => {
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

  it("may be onto a slot that overlaps its own", async () => {
    const from = await slot();
    const to = await slot({ startsAt: new Date(inHours(30).getTime() + HOUR_MS / 2) });
    const made = await booked(from);
    expect(outcome(await reschedule(made, to))).toBe("200");
    expect(outcome(await reschedule(made, from))).toBe("200");
    expect(await counts(db, from, to)).toEqual(["1/0", "0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "rescheduled:1", "rescheduled:2"]);
  });

  it("to where it is already changes nothing and tells nobody", async () => {
    const id = await slot();
    const made = await booked(id);
    const before = await dump(db);
    expect((await reschedule(made, id)).body.booking).toEqual((await show(made)).body.booking);
    expect(await dump(db)).toEqual(before);
  });

  it("leaves it waiting where it waits", async () => {
    await db.update(services).set({ confirmationRequired: true });
    const made = await booked(await slot());
    await db.update(services).set({ confirmationRequired: false });
    const { body } = await reschedule(made, await slot({ startsAt: inHours(50) }));
    expect(body.booking.status).toBe("pending");
  });

  it("leaves it as it was where the new place cannot be had", async () => {
    const made = await booked(await slot());
    await refused(made, 999_999, "404 not-found");
    await refused(made, await slot({ startsAt: inHours(-2) }), "409 not-bookable");
    const full = await slot({ startsAt: inHours(50) });
    await booked(full);
    await refused(made, full, "409 slot-full");
    const held = await slot({ startsAt: inHours(60) });
    await hold(held);
    await refused(made, held, "409 slot-full");
    await booked(await slot({ serviceId: "yoga", startsAt: inHours(70) }));
    await refused(made, await slot({ startsAt: inHours(70) }), "409 provider-busy");
    const free = await slot({ startsAt: inHours(80) });
    await db.update(services).set({ minNoticeMinutes: 100 * 60 });
    await refused(made, free, "409 too-late");
    await db.update(services).set({ minNoticeMinutes: 0 });
    await db.update(providers).set({ active: false });
    await refused(made, free, "409 not-bookable");
  });

  it("is within one service", async () => {
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const made = await booked(await slot());
    await refused(made, await slot({ serviceId: "yoga", startsAt: inHours(50) }), "409 conflict slotId");
    await refused(made, await slot({ serviceId: "dance", providerId: "studio" }), "409 conflict slotId");
  });

  it("is for bookings that are on", async () => {
    const made = await booked(await slot());
    const to = await slot({ startsAt: inHours(50) });
    await cancel(made);
    await refused(made, to, "409 conflict");
  });

  it("finds a place for a booking whose slot is gone", async () => {
    const from = await slot();
    const made = await booked(from);
    const to = await slot({ startsAt: inHours(50) });
    await rows(db, sql`delete from booking_slots where id = ${from}`);
    expect((await reschedule(made, to)).body.booking).toMatchObject({ slotId: to, sequence: 1 });
    expect(await counts(db, to)).toEqual(["1/0"]);
  });
});
