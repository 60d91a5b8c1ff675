import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { cancelForCustomer } from "../../../../lib/booking/bookings/cancel.ts";
import { cancelUnconfirmed } from "../../../../lib/booking/bookings/cancel-unconfirmed.ts";
import { forgetCustomer } from "../../../../lib/booking/bookings/forget-customers.ts";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { lockProviders } from "../../../../lib/booking/provider-lock.ts";
import { bookingSlots } from "../../../../lib/booking/schema.ts";
import { type Db, row, transact } from "../../../../lib/db/db.ts";
import { addSlot, bookAt, minus, plus, START } from "../../../support/booking/booking-calls.ts";
import { counts } from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addProvider, HOUR_MS } from "../../../worlds/slots.ts";

/** Changes that wait for the lock of a provider while another change commits. */

const it = databaseTest(SETTINGS);

const DAY_MS = 24 * HOUR_MS;

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
      () => bookAt(db, slotId, minus(START, DAY_MS)),
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
