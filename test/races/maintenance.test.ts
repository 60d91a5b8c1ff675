import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createBooking } from "../../lib/booking/bookings/create-booking.ts";
import { bookings } from "../../lib/booking/bookings/schema.ts";
import { lockProviders } from "../../lib/booking/provider-lock.ts";
import { bookingSlots, providerAvailability, services } from "../../lib/booking/schema.ts";
import { slotMaintenance } from "../../lib/booking/slots/maintenance.ts";
import { configure } from "../../lib/config/config.ts";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, row, rows, transact } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { describeError } from "../../lib/errors.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { maintain, NOW, readSlots, startsOf } from "../support/booking/maintenance-run.ts";
import { bundled } from "../support/children/bundled.ts";
import { createDatabase, freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { invocation } from "../support/jobs/invoke-weekly.ts";
import { addProvider, addService, everyDay } from "../worlds/slots.ts";

/** Stores two providers with two services each, which have eight slots a day. */
async function setUp(db: Db): Promise<void> {
  for (const id of ["anna", "ben"]) {
    await addProvider(db, { id }, everyDay(9, 17));
    for (const nth of [1, 2]) await addService(db, { id: `${id}-${nth}`, providerId: id });
  }
}

/** The contents of the tables without ids, because rolled back runs use up ids. */
async function contents(db: Db): Promise<unknown> {
  const slots = (await readSlots(db)).map(({ id: _, ...slot }) => slot);
  return {
    slots,
    days: await rows(db, sql`select to_jsonb(slot_days) from slot_days order by service_id, local_date`),
  };
}

describe("simultaneous maintenance", () => {
  let connection: Connection;
  let db: Db;
  beforeEach(async () => {
    configure({ ...SETTINGS, BATCH_SIZE: "10" });
    connection = await freshPostgres({ max: 20 });
    db = connection.db;
    await setUp(db);
  });
  afterEach(() => connection.close());

  /** Takes a provider's lock. @returns a function that releases it. */
  async function holdLock(providerId: string): Promise<() => Promise<void>> {
    const [taken, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const done = transact(db, async (tx) => {
      await lockProviders(tx, [providerId]);
      taken.resolve();
      await released.promise;
    });
    await taken.promise;
    return () => {
      released.resolve();
      return done;
    };
  }

  /** Waits until a transaction waits for a provider's lock. */
  async function lockWaiter(): Promise<void> {
    const waiting = sql`select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    while ((await row<{ count: number }>(db, waiting)).count === 0) await sleep(5);
  }

  it("of two runs adds every slot once", async () => {
    const responses = await Promise.all([maintain(db, { daysAhead: 3 }), maintain(db, { daysAhead: 3 })]);
    expect(responses.map(({ added }) => added).reduce((sum, added) => sum + added)).toBe(4 * 4 * 8);
    const together = await contents(db);
    await db.delete(bookingSlots);
    await maintain(db, { daysAhead: 3 });
    expect(await contents(db)).toEqual(together);

    await db.update(providerAvailability).set({ startMinute: 600 });
    const tomorrow = new Date(NOW.getTime() + 86_400_000);
    const again = await Promise.all([
      maintain(db, { daysAhead: 3 }, tomorrow),
      maintain(db, { daysAhead: 3 }, tomorrow),
    ]);
    const sum = (key: "added" | "removed" | "expired") => again.reduce((total, response) => total + response[key], 0);
    expect([sum("added"), sum("removed"), sum("expired")]).toEqual([4 * 7, 4 * 3, 4 * 8]);
    const { offered } = await row<{ offered: number }>(db, sql`select sum(offered)::int as offered from slot_days`);
    expect(offered).toBe(4 * 8);
  });

  it("does not wait for the lock of a provider without changes", async () => {
    await maintain(db, { daysAhead: 1 });
    await db.execute(
      sql`update booking_slots set booked_count = 1 where service_id = 'ben-1' and starts_at = '2026-06-01T09:00Z'`,
    );
    await db.delete(providerAvailability).where(eq(providerAvailability.providerId, "ben"));
    await maintain(db, { daysAhead: 1 });
    await db.execute(sql`delete from booking_slots where service_id = 'anna-2'`);
    const release = await holdLock("ben");
    expect(await maintain(db, { daysAhead: 1 })).toMatchObject({ added: 16, conflicts: 1 });
    await release();
  });

  it("keeps a slot that is booked while the run waits to remove it", async () => {
    await maintain(db, { daysAhead: 0 });
    await db.update(providerAvailability).set({ startMinute: 600 }).where(eq(providerAvailability.providerId, "anna"));
    const release = await holdLock("anna");
    const run = maintain(db, { daysAhead: 0, verbose: true });
    await lockWaiter();
    // Only the holder of the lock may book. Here another connection does so on its behalf.
    await db.execute(
      sql`update booking_slots set booked_count = 1 where service_id = 'anna-1' and starts_at = '2026-06-01T09:00Z'`,
    );
    await release();
    const response = await run;
    expect(response).toMatchObject({ removed: 1, conflicts: 1 });
    expect(response.slots).toMatchObject([
      { action: "conflict", serviceId: "anna-1" },
      { action: "remove", serviceId: "anna-2" },
    ]);
    expect(startsOf((await readSlots(db)).filter(({ serviceId }) => serviceId === "anna-1"))).toContain(
      "2026-06-01T09:00",
    );
  });

  it("and simultaneous bookings do not affect each other", async () => {
    await maintain(db, { daysAhead: 1 });
    const slots = await readSlots(db);
    const request = { name: "Ada", email: "ada@club.example", language: "de" as const };
    const outcomes = slots.map(({ id: slotId, localDate }, nth) =>
      sleep(localDate === "2026-06-01" ? 0 : nth).then(() =>
        createBooking(db, { ...request, slotId }, `a-key-for-slot-${slotId}`, NOW).then(
          ({ booking }) => booking.slotId,
          (error: unknown) => describeError(error).code,
        ),
      ),
    );
    const runs = [600, 540, 660].map(async (startMinute) => {
      await db.update(providerAvailability).set({ startMinute });
      return maintain(db, { daysAhead: 1 });
    });
    const results = await Promise.all(outcomes);
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
    const booked = results.filter((outcome) => typeof outcome === "number");
    expect(booked.length).toBeGreaterThan(10);
    const refusals = results.filter((outcome) => typeof outcome === "string");
    expect(refusals.filter((code) => !["provider-busy", "not-found"].includes(code))).toEqual([]);
    await db.update(providerAvailability).set({ startMinute: 960 });
    await maintain(db, { daysAhead: 1 });
    const bookedSlots = (await readSlots(db)).filter(({ bookedCount }) => bookedCount > 0).map(({ id }) => id);
    expect(bookedSlots.sort()).toEqual(booked.sort());
    expect(await db.select({ slotId: bookings.slotId }).from(bookings)).toHaveLength(booked.length);
  });

  it("applies catalog changes and deletions that happen while the run waits to write", async () => {
    const release = await holdLock("anna");
    const run = maintain(db, { daysAhead: 0 });
    await lockWaiter();
    await db.update(providerAvailability).set({ startMinute: 900 }).where(eq(providerAvailability.providerId, "anna"));
    await db.delete(services).where(eq(services.id, "anna-2"));
    await release();
    expect(await run).toMatchObject({ added: 2 + 16, services: 4 });
    expect(startsOf((await readSlots(db)).filter(({ providerId }) => providerId === "anna"))).toEqual([
      "2026-06-01T15:00",
      "2026-06-01T16:00",
    ]);
  });
});

const LATER = "2026-06-02T02:00:00.000Z";
const BATCH = "10";
const PARAMS = { daysAhead: 1, serviceId: "ben-2" };

describe("killed maintenance", () => {
  const steps = 3;
  const kills = ["before", "after"].flatMap((moment) =>
    Array.from({ length: steps }, (_, n) => ({ moment, nth: n + 1 })),
  );

  const resume = (db: Db, over = {}) =>
    runOccurrence(
      slotMaintenance,
      PARAMS,
      new Date(LATER),
      invocation(db, LATER, { clock: () => Date.now() + 120_000, ...over }),
    );

  it("leaves a valid state after every commit, and the next run completes it to the same tables", async () => {
    configure({ BATCH_SIZE: BATCH });
    const url = await createDatabase();
    const first = openPostgres(url);
    await setUp(first.db);
    await maintain(first.db, { daysAhead: 0 });
    await first.db.execute(sql`update booking_slots set booked_count = 1
      where service_id = 'ben-2' and starts_at = '2026-06-01T16:00Z'`);
    await first.close();
    const copy = async () => {
      const copied = await createDatabase(inject("postgresUrl"), new URL(url).pathname.slice(1));
      return { url: copied, ...openPostgres(copied) };
    };

    const undisturbedCopy = await copy();
    let taken = 0;
    const { outcome } = await resume(undisturbedCopy.db, { onProgress: () => (taken += 1) });
    expect([taken, outcome.status]).toEqual([steps, "completed"]);
    const undisturbed = await contents(undisturbedCopy.db);
    await undisturbedCopy.close();

    const killAndResume = async ({ moment, nth }: { moment: string; nth: number }) => {
      const { url: copied, db, close } = await copy();
      const script = bundled("test/support/children/maintenance-child.ts");
      const args = [script, copied, LATER, BATCH, JSON.stringify(PARAMS), moment, String(nth)];
      const [, signal] = await once(spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }), "close");
      expect(signal).toBe("SIGKILL");
      const resumed = await resume(db);
      expect(resumed.outcome).toMatchObject({
        status: "completed",
        result: { counts: { services: 1, added: 16, expired: 7 } },
      });
      expect(await contents(db)).toEqual(undisturbed);
      await close();
    };
    for (const pair of Map.groupBy(kills, ({ nth }) => nth).values()) await Promise.all(pair.map(killAndResume));
  });
});
