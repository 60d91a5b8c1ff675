import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import * as z from "zod";
import { cancelForCustomer } from "../../../lib/booking/bookings/cancel.ts";
import { cancelUnconfirmed } from "../../../lib/booking/bookings/cancel-unconfirmed.ts";
import { createBooking } from "../../../lib/booking/bookings/create-booking.ts";
import { forgetCustomer } from "../../../lib/booking/bookings/forget-customers.ts";
import { reschedule } from "../../../lib/booking/bookings/reschedule.ts";
import { readSlotCapacity } from "../../../lib/booking/bookings/reserve.ts";
import { authorizeCustomer } from "../../../lib/booking/bookings/routes/customer-access.ts";
import { type Booking, bookings } from "../../../lib/booking/bookings/schema.ts";
import { setStatus } from "../../../lib/booking/bookings/set-status.ts";
import { deleteProviders, deleteServices } from "../../../lib/booking/catalog/delete-catalog.ts";
import { readFreeSlots } from "../../../lib/booking/free-slots/free-slots.ts";
import { holdPlace, releaseExpiredHolds } from "../../../lib/booking/free-slots/holds.ts";
import { lockProviders } from "../../../lib/booking/provider-lock.ts";
import { bookingSlots, type services, slotHolds } from "../../../lib/booking/schema.ts";
import { type Db, row, transact } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { Batch } from "../../../lib/http/batch.ts";
import { counts } from "../../support/booking/booking-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addBookings } from "../../worlds/bookings.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../worlds/slots.ts";

/** Each limit of booking at its exact instant, and a millisecond before or after it. */

const it = databaseTest(SETTINGS);

const START = new Date("2026-06-01T12:00:00Z");
const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
const minus = (instant: Date, ms: number) => new Date(instant.getTime() - ms);
const plus = (instant: Date, ms: number) => new Date(instant.getTime() + ms);

/** A provider with a service and one slot that starts at START. @returns the slot's id. */
async function addSlot(db: Db, service: Partial<typeof services.$inferInsert> = {}, slot = {}): Promise<number> {
  await addProvider(db);
  await addService(db, service);
  return (await addSlots(db, { startsAt: START, ...slot }))[0]!;
}

const request = (slotId: number, other = {}) => ({
  slotId,
  name: "Ada",
  email: "ada@club.example",
  language: "en" as const,
  ...other,
});
const book = (db: Db, slotId: number, now: Date, other = {}) =>
  outcome(createBooking(db, request(slotId, other), randomUUID(), now));
const hold = (db: Db, slotId: number, now: Date) => outcome(holdPlace(db, slotId, now));
const list = async (db: Db, now: Date) => {
  const period = { start: minus(START, DAY_MS), end: plus(START, DAY_MS) };
  return (await readFreeSlots(db, { providerId: "praxis" }, period, "UTC", now)).slots.length;
};

/** `ok`, or the code of the error. */
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "ok",
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

describe("the minimum notice", () => {
  const notice = { minNoticeMinutes: 90 };
  const lastInstant = minus(START, 90 * MINUTE_MS);
  const tooLate = plus(lastInstant, 1);

  it("is kept exactly 90 minutes before the start: the slot is listed, held, booked and moved to", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 3 });
    const [early] = await addSlots(db, { startsAt: plus(START, DAY_MS), bookedCount: 1 });
    const [moved] = await addBookings(db, { slotId: early!, startsAt: plus(START, DAY_MS) });
    expect(await list(db, lastInstant)).toBe(1);
    expect(await hold(db, slotId, lastInstant)).toBe("ok");
    expect(await book(db, slotId, lastInstant)).toBe("ok");
    expect(await outcome(reschedule(db, moved!, slotId, lastInstant))).toBe("ok");
    expect(await counts(db, slotId)).toEqual(["2/1"]);
  });

  it("has passed a millisecond later for all of them", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 3 });
    const [early] = await addSlots(db, { startsAt: plus(START, DAY_MS), bookedCount: 1 });
    const [moved] = await addBookings(db, { slotId: early!, startsAt: plus(START, DAY_MS) });
    expect(await list(db, tooLate)).toBe(0);
    expect(await hold(db, slotId, tooLate)).toBe("too-late");
    expect(await book(db, slotId, tooLate)).toBe("too-late");
    expect(await outcome(reschedule(db, moved!, slotId, tooLate))).toBe("too-late");
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });

  it("counts from the moment the hold was made, when the held place is booked", async ({ db }) => {
    const slotId = await addSlot(db, notice, { capacity: 2 });
    const { id: holdId } = await holdPlace(db, slotId, lastInstant);
    const lastMoment = plus(lastInstant, 5 * MINUTE_MS - 1);
    expect(await book(db, slotId, lastMoment)).toBe("too-late");
    expect(await book(db, slotId, lastMoment, { holdId })).toBe("ok");
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
    expect([await hold(db, slotId, lastInstant), await book(db, slotId, lastInstant)]).toEqual(["ok", "ok"]);
    expect(await list(db, START)).toBe(0);
    expect([await hold(db, slotId, START), await book(db, slotId, START)]).toEqual(["not-bookable", "not-bookable"]);
  });
});

describe("a held place", () => {
  it("cannot be booked from the start of the slot on, although the hold is still valid", async ({ db }) => {
    const slotId = await addSlot(db);
    const { id: holdId } = await holdPlace(db, slotId, minus(START, 1));
    expect(await book(db, slotId, START, { holdId })).toBe("not-bookable");
    expect(await counts(db, slotId)).toEqual(["0/1"]);
    expect(await book(db, slotId, minus(START, 1), { holdId })).toBe("ok");
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
      return (await readFreeSlots(db, { providerId: "praxis" }, period, "UTC", now)).slots.length;
    };
    expect([await places(lastInstant), await places(expiresAt)]).toEqual([0, 1]);
    expect(await book(db, slotId, lastInstant)).toBe("slot-full");
    expect(await hold(db, slotId, lastInstant)).toBe("slot-full");
    expect(await outcome(reschedule(db, moved!, slotId, lastInstant))).toBe("slot-full");
    expect(await counts(db, slotId)).toEqual(["0/1"]);
    expect(await hold(db, slotId, expiresAt)).toBe("ok");
    expect(await outcome(reschedule(db, moved!, slotId, plus(expiresAt, 5 * MINUTE_MS)))).toBe("ok");
    expect(await counts(db, slotId, other!)).toEqual(["1/0", "0/0"]);
  });

  it("ends the right to book with it at its exact instant", async ({ db }) => {
    const slotId = await addSlot(db, {}, { startsAt: plus(START, DAY_MS), capacity: 2 });
    const first = await holdPlace(db, slotId, START);
    expect(await book(db, slotId, first.expiresAt, { holdId: first.id })).toBe("conflict");
    const second = await holdPlace(db, slotId, START);
    expect(await book(db, slotId, minus(second.expiresAt, 1), { holdId: second.id })).toBe("ok");
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
    expect(await book(db, slotId, now)).toBe("ok");
    expect(await book(db, endsInBuffer!, now)).toBe("provider-busy");
    expect(await book(db, startsInBuffer!, now)).toBe("provider-busy");
    expect(await book(db, endsAtBuffer!, now)).toBe("ok");
    expect(await book(db, startsAtBuffer!, now)).toBe("ok");
  });

  it("does not concern another provider: the same time can be booked there, and is listed", async ({ db }) => {
    const slotId = await addSlot(db);
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const [other] = await addSlots(db, { startsAt: START, serviceId: "dance", providerId: "studio" });
    const now = minus(START, DAY_MS);
    expect(await book(db, slotId, now)).toBe("ok");
    const period = { start: now, end: plus(START, DAY_MS) };
    expect((await readFreeSlots(db, { providerId: "studio" }, period, "UTC", now)).slots.map(({ id }) => id)).toEqual([
      other,
    ]);
    expect(await book(db, other!, now)).toBe("ok");
  });
});

describe("the start of a booking", () => {
  const booked = async (db: Db, over: Partial<Booking> = {}) => {
    const slotId = await addSlot(db, {}, { bookedCount: 1 });
    const [booking] = await addBookings(db, { slotId, startsAt: START, ...over });
    return { slotId, booking: booking! };
  };

  it("ends the time to cancel at its exact instant", async ({ db }) => {
    const { slotId, booking } = await booked(db);
    expect(await outcome(cancelForCustomer(db, booking, START))).toBe("too-late");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    expect(await outcome(cancelForCustomer(db, booking, minus(START, 1)))).toBe("ok");
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });

  it("ends the time to move it at its exact instant", async ({ db }) => {
    const { booking } = await booked(db);
    const [later] = await addSlots(db, { startsAt: plus(START, DAY_MS) });
    expect(await outcome(reschedule(db, booking, later!, START))).toBe("too-late");
    expect(await outcome(reschedule(db, booking, later!, minus(START, 1)))).toBe("ok");
  });

  it.for(["completed", "no_show"] as const)(
    "allows the operator to set %s from its exact instant on",
    async (status, { db }) => {
      const { booking } = await booked(db);
      expect(await outcome(setStatus(db, booking, status, "", minus(START, 1)))).toBe("conflict");
      expect(await outcome(setStatus(db, booking, status, "", START))).toBe("ok");
    },
  );

  it("keeps its service and provider from being deleted until its exact instant", async ({ db }) => {
    await booked(db);
    const deletion = async (kind: "providers" | "services", id: string, now: Date) => {
      const batch = new Batch([{ id }], z.strictObject({ id: z.string() }), (item) => item.id);
      const remove = kind === "providers" ? deleteProviders : deleteServices;
      await transact(db, (tx) => remove(tx, batch, now));
      return batch.results.map(({ status, error }) => error?.code ?? status);
    };
    expect(await deletion("services", "massage", minus(START, 1))).toEqual(["in-use"]);
    expect(await deletion("providers", "praxis", minus(START, 1))).toEqual(["in-use"]);
    expect(await deletion("services", "massage", START)).toEqual(["deleted"]);
    expect(await deletion("providers", "praxis", START)).toEqual(["deleted"]);
  });

  it("makes it a past booking for a customer who is forgotten: it is cleared but not cancelled", async ({ db }) => {
    const { slotId, booking } = await booked(db);
    const forget = (now: Date) => transact(db, (tx) => forgetCustomer(tx, ["ada@club.example"], now));
    expect(await forget(START)).toEqual({ bookingIds: [booking.id], cancelled: 0 });
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    await db.update(bookings).set({ customerEmail: "ada@club.example" });
    expect(await forget(minus(START, 1))).toEqual({ bookingIds: [booking.id], cancelled: 1 });
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });
});

describe("the cancel token", () => {
  it("opens a booking until a millisecond before 30 days after its end", async ({ db }) => {
    const slotId = await addSlot(db);
    const now = minus(START, DAY_MS);
    const { booking, cancelToken } = await createBooking(db, request(slotId), randomUUID(), now);
    const expiry = plus(booking.endsAt, 30 * DAY_MS);
    const headers = { authorization: `Bearer ${cancelToken}` };
    const access = (now: Date) =>
      outcome(
        authorizeCustomer({
          db,
          path: { id: booking.id },
          query: {},
          request: new Request("https://taktwerk.example/", { headers }),
          now,
        }),
      );
    expect([await access(minus(expiry, 1)), await access(expiry)]).toEqual(["ok", "token-expired"]);
  });
});

/** Runs `work` until it waits for the lock of a provider, changes something, and then lets it continue. */
async function whileItWaits<T>(db: Db, providerId: string, work: () => Promise<T>, change: () => Promise<unknown>) {
  const lockWaiters = sql`select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  let result: Promise<T> | undefined;
  await transact(db, async (tx) => {
    await lockProviders(tx, [providerId]);
    result = work();
    while ((await row<{ count: number }>(db, lockWaiters)).count === 0) await sleep(5);
    await change();
  });
  return result;
}

describe("while it waits for the lock of a provider", () => {
  it("the cleanup does not cancel a booking that is confirmed in the meantime", async ({ db }) => {
    const slotId = await addSlot(db, {}, { capacity: 2, bookedCount: 2 });
    const pending = { slotId, startsAt: START, status: "pending" } as const;
    const [confirmed] = await addBookings(db, pending, pending);
    const now = plus(START, 3 * DAY_MS);
    const cancelled = await whileItWaits(
      db,
      "praxis",
      () => transact(db, (tx) => cancelUnconfirmed(tx, now, 100)),
      () => db.update(bookings).set({ status: "confirmed" }).where(eq(bookings.id, confirmed!.id)),
    );
    expect(cancelled).toBe(1);
    expect(await db.$count(bookings, eq(bookings.status, "confirmed"))).toBe(1);
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  it("forgetting a customer leaves out a booking that is made with another provider in the meantime", async ({
    db,
  }) => {
    const slotId = await addSlot(db, {}, { bookedCount: 1 });
    await addProvider(db, { id: "studio" });
    const [first] = await addBookings(db, { slotId, startsAt: START });
    const forgotten = await whileItWaits(
      db,
      "praxis",
      () => transact(db, (tx) => forgetCustomer(tx, ["ada@club.example"], minus(START, DAY_MS))),
      () => addBookings(db, { providerId: "studio", startsAt: START }),
    );
    expect(forgotten).toEqual({ bookingIds: [first!.id], cancelled: 1 });
    expect(await db.$count(bookings, eq(bookings.customerEmail, "ada@club.example"))).toBe(1);
  });

  it("a booking is refused if the last place is taken in the meantime", async ({ db }) => {
    const slotId = await addSlot(db);
    const result = await whileItWaits(
      db,
      "praxis",
      () => book(db, slotId, minus(START, DAY_MS)),
      () => db.update(bookingSlots).set({ bookedCount: 1 }),
    );
    expect(result).toBe("slot-full");
    expect(await db.$count(bookings)).toBe(0);
  });

  it("a cancellation does not return the place of a booking that is cancelled in the meantime", async ({ db }) => {
    const slotId = await addSlot(db, {}, { capacity: 2, bookedCount: 2 });
    const [known] = await addBookings(db, { slotId, startsAt: START }, { slotId, startsAt: START });
    await whileItWaits(
      db,
      "praxis",
      () => cancelForCustomer(db, known!, minus(START, DAY_MS)),
      async () => {
        await db.update(bookings).set({ status: "cancelled" }).where(eq(bookings.id, known!.id));
        await db.update(bookingSlots).set({ bookedCount: 1 });
      },
    );
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });
});

describe("a booking that changed after it was read", () => {
  it("is cancelled once: the second cancellation frees no place of another customer", async ({ db }) => {
    const slotId = await addSlot(db, {}, { capacity: 2, bookedCount: 2 });
    const [known] = await addBookings(db, { slotId, startsAt: START }, { slotId, startsAt: START });
    const now = minus(START, DAY_MS);
    await cancelForCustomer(db, known!, now);
    expect((await cancelForCustomer(db, known!, now)).status).toBe("cancelled");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    expect(await db.$count(bookings, eq(bookings.status, "confirmed"))).toBe(1);
  });
});
