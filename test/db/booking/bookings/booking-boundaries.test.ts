import { describe, expect } from "vitest";
import { reschedule } from "../../../../lib/booking/bookings/reschedule.ts";
import { readSlotCapacity } from "../../../../lib/booking/bookings/reserve.ts";
import { readFreeSlots } from "../../../../lib/booking/free-slots/free-slots.ts";
import { holdPlace, releaseExpiredHolds } from "../../../../lib/booking/free-slots/holds.ts";
import { slotHolds } from "../../../../lib/booking/schema.ts";
import { type Db, transact } from "../../../../lib/db/db.ts";
import { addSlot, bookAt, codeOf, holdAt, minus, plus, START } from "../../../support/booking/booking-calls.ts";
import { counts } from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

/** The limits for taking a place at their exact instants, and a millisecond before or after. */

const it = databaseTest(SETTINGS);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;

const list = async (db: Db, now: Date) => {
  const period = { start: minus(START, DAY_MS), end: plus(START, DAY_MS) };
  return (await readFreeSlots(db, { providerId: "praxis" }, period, "UTC", now)).items.length;
};

describe("the minimum notice", () => {
  const notice = { minNoticeMinutes: 90 };
  const lastInstant = minus(START, 90 * MINUTE_MS);
  const tooLate = plus(lastInstant, 1);

  it("is kept exactly 90 minutes before the start: the slot is listed, held, booked and moved to", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 3 });
    const [early] = await addSlots(db, { startsAt: plus(START, DAY_MS), bookedCount: 1 });
    const [moved] = await addBookings(db, { slotId: early!, startsAt: plus(START, DAY_MS) });
    expect(await list(db, lastInstant)).toBe(1);
    expect(await holdAt(db, slotId, lastInstant)).toBe("ok");
    expect(await bookAt(db, slotId, lastInstant)).toBe("ok");
    expect(await codeOf(reschedule(db, moved!, slotId, lastInstant))).toBe("ok");
    expect(await counts(db, slotId)).toEqual(["2/1"]);
  });

  it("has passed a millisecond later for all of them", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 3 });
    const [early] = await addSlots(db, { startsAt: plus(START, DAY_MS), bookedCount: 1 });
    const [moved] = await addBookings(db, { slotId: early!, startsAt: plus(START, DAY_MS) });
    expect(await list(db, tooLate)).toBe(0);
    expect(await holdAt(db, slotId, tooLate)).toBe("too-late");
    expect(await bookAt(db, slotId, tooLate)).toBe("too-late");
    expect(await codeOf(reschedule(db, moved!, slotId, tooLate))).toBe("too-late");
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });

  it("counts from the moment the hold was made, when the held place is booked", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 2 });
    const { id: holdId } = await holdPlace(db, slotId, lastInstant);
    const lastMoment = plus(lastInstant, 5 * MINUTE_MS - 1);
    expect(await bookAt(db, slotId, lastMoment)).toBe("too-late");
    expect(await bookAt(db, slotId, lastMoment, { holdId })).toBe("ok");
  });

  it("decides in SQL alone: what the update refuses is explained by the same condition", async ({ db }) => {
    const slotId = await addSlot(db, notice);
    expect((await readSlotCapacity(db, slotId, lastInstant)).refusal).toBeNull();
    expect((await readSlotCapacity(db, slotId, tooLate)).refusal).toBe("too-late");
    expect((await readSlotCapacity(db, slotId, tooLate, lastInstant)).refusal).toBeNull();
  });
});

describe("the start of a slot", () => {
  it("is in the future until a millisecond before it", async ({ db }) => {
    const slotId = await addSlot(db, {}, { capacity: 9 });
    const lastInstant = minus(START, 1);
    expect(await list(db, lastInstant)).toBe(1);
    expect([await holdAt(db, slotId, lastInstant), await bookAt(db, slotId, lastInstant)]).toEqual(["ok", "ok"]);
    expect(await list(db, START)).toBe(0);
    expect([await holdAt(db, slotId, START), await bookAt(db, slotId, START)]).toEqual([
      "not-bookable",
      "not-bookable",
    ]);
  });
});

describe("a held place", () => {
  it("cannot be booked from the start of the slot on, although the hold is still valid", async ({ db }) => {
    const slotId = await addSlot(db);
    const { id: holdId } = await holdPlace(db, slotId, minus(START, 1));
    expect(await bookAt(db, slotId, START, { holdId })).toBe("not-bookable");
    expect(await counts(db, slotId)).toEqual(["0/1"]);
    expect(await bookAt(db, slotId, minus(START, 1), { holdId })).toBe("ok");
  });
});

describe("the expiry of a hold", () => {
  it("frees the place at its exact instant, for a list, a booking, a hold and a move", async ({ db }) => {
    const slotId = await addSlot(db, {}, { startsAt: plus(START, DAY_MS) });
    const [other] = await addSlots(db, { startsAt: plus(START, 2 * DAY_MS), bookedCount: 1 });
    const [moved] = await addBookings(db, { slotId: other!, startsAt: plus(START, 2 * DAY_MS) });
    const { expiresAt } = await holdPlace(db, slotId, START);
    expect(expiresAt).toEqual(plus(START, 5 * MINUTE_MS));
    const lastInstant = minus(expiresAt, 1);
    const places = async (now: Date) => {
      const period = { start: plus(START, DAY_MS), end: plus(START, DAY_MS + HOUR_MS) };
      return (await readFreeSlots(db, { providerId: "praxis" }, period, "UTC", now)).items.length;
    };
    expect([await places(lastInstant), await places(expiresAt)]).toEqual([0, 1]);
    expect(await bookAt(db, slotId, lastInstant)).toBe("slot-full");
    expect(await holdAt(db, slotId, lastInstant)).toBe("slot-full");
    expect(await codeOf(reschedule(db, moved!, slotId, lastInstant))).toBe("slot-full");
    expect(await counts(db, slotId)).toEqual(["0/1"]);
    expect(await holdAt(db, slotId, expiresAt)).toBe("ok");
    expect(await codeOf(reschedule(db, moved!, slotId, plus(expiresAt, 5 * MINUTE_MS)))).toBe("ok");
    expect(await counts(db, slotId, other!)).toEqual(["1/0", "0/0"]);
  });

  it("ends the right to book with it at its exact instant", async ({ db }) => {
    const slotId = await addSlot(db, {}, { startsAt: plus(START, DAY_MS), capacity: 2 });
    const first = await holdPlace(db, slotId, START);
    expect(await bookAt(db, slotId, first.expiresAt, { holdId: first.id })).toBe("conflict");
    const second = await holdPlace(db, slotId, START);
    expect(await bookAt(db, slotId, minus(second.expiresAt, 1), { holdId: second.id })).toBe("ok");
  });

  it("lets the cleanup release it at its exact instant and not before", async ({ db }) => {
    const slotId = await addSlot(db, {}, { startsAt: plus(START, DAY_MS) });
    const { expiresAt } = await holdPlace(db, slotId, START);
    const release = (providerIds: string[] | undefined, now: Date) =>
      transact(db, (tx) => releaseExpiredHolds(tx, providerIds, now));
    for (const providerIds of [undefined, ["praxis"]]) {
      expect(await release(providerIds, minus(expiresAt, 1))).toBe(0);
    }
    expect(await release(undefined, expiresAt)).toBe(1);
    expect([await counts(db, slotId), await db.$count(slotHolds)]).toEqual([["0/0"], 0]);
  });
});

describe("the busy time of a provider", () => {
  it("may touch another booking's on either side, but not overlap it by a millisecond", async ({ db }) => {
    const busy = { busyFrom: minus(START, 15 * MINUTE_MS), busyUntil: plus(START, HOUR_MS + 15 * MINUTE_MS) };
    const slotId = await addSlot(db, {}, busy);
    await addService(db, { id: "yoga" });
    const yoga = { serviceId: "yoga" };
    const [endsAtBuffer, startsAtBuffer, endsInBuffer, startsInBuffer] = await addSlots(
      db,
      { ...yoga, startsAt: minus(busy.busyFrom, HOUR_MS) },
      { ...yoga, startsAt: busy.busyUntil },
      { ...yoga, startsAt: minus(busy.busyFrom, HOUR_MS - 1), endsAt: plus(busy.busyFrom, 1) },
      { ...yoga, startsAt: minus(busy.busyUntil, 1) },
    );
    const now = minus(START, DAY_MS);
    expect(await bookAt(db, slotId, now)).toBe("ok");
    expect(await bookAt(db, endsInBuffer!, now)).toBe("provider-busy");
    expect(await bookAt(db, startsInBuffer!, now)).toBe("provider-busy");
    expect(await bookAt(db, endsAtBuffer!, now)).toBe("ok");
    expect(await bookAt(db, startsAtBuffer!, now)).toBe("ok");
  });

  it("does not concern another provider: the same time can be booked there, and is listed", async ({ db }) => {
    const slotId = await addSlot(db);
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const [other] = await addSlots(db, { startsAt: START, serviceId: "dance", providerId: "studio" });
    const now = minus(START, DAY_MS);
    expect(await bookAt(db, slotId, now)).toBe("ok");
    const period = { start: now, end: plus(START, DAY_MS) };
    expect((await readFreeSlots(db, { providerId: "studio" }, period, "UTC", now)).items.map(({ id }) => id)).toEqual([
      other,
    ]);
    expect(await bookAt(db, other!, now)).toBe("ok");
  });
});
