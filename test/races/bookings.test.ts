import { sql } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Connection } from "../../lib/db/connection.ts";
import type { Db } from "../../lib/db/db.ts";
import { findTableFaults } from "../support/booking/booking-invariants.ts";
import { book, emptyBookings, inHours, outcome } from "../support/booking/booking-requests.ts";
import { playRound } from "../support/booking/booking-rounds.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** As many rounds as CI has time for. `npm run bench -- booking-rounds` plays a thousand. */
const ROUNDS = 12;

/** Opens an own database with many connections. */
async function open(options: PoolConfig = {}): Promise<Connection> {
  const connection = await freshPostgres({ max: 20, ...options });
  useConnection(connection);
  configure({ ...SETTINGS, BATCH_SIZE: "20" });
  return connection;
}

describe("many simultaneous bookings", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await open();
  });
  afterAll(() => connection.close());

  const first = Math.floor(Math.random() * 1_000_000);
  it.each(Array.from({ length: ROUNDS }, (_, n) => first + n))(
    "fill every slot exactly, and book no provider twice at the same time (round %i)",
    async (seed) => {
      const { faults, requests } = await playRound(connection.db, seed);
      expect(faults).toEqual([]);
      expect(requests).toBeGreaterThanOrEqual(50);
    },
  );
});

describe("the protection against double bookings", () => {
  /** Sends five requests at once for each of two simultaneous slots of a provider. */
  async function bookBoth(db: Db): Promise<{ answers: string[]; faults: string[] }> {
    await emptyBookings(db);
    await addProvider(db);
    await addService(db);
    await addService(db, { id: "yoga" });
    const ids = await addSlots(db, { startsAt: inHours(30) }, { startsAt: inHours(30), serviceId: "yoga" });
    const requested = ids.flatMap((slotId) => Array.from({ length: 5 }, () => slotId));
    const responses = await Promise.all(requested.map((slotId) => book(slotId)));
    const replies = responses.map((reply, n) => ({ request: "book" as const, slotId: requested[n]!, reply }));
    return { answers: responses.map(outcome).sort(), faults: await findTableFaults(db, replies) };
  }

  const opened = async (options: PoolConfig = {}) => {
    const { db, close } = await open(options);
    onTestFinished(close);
    return db;
  };

  it("is the constraint: without it a provider is booked twice", async () => {
    const db = await opened();
    expect((await bookBoth(db)).faults).toEqual([]);
    await db.execute(sql`alter table booking_slots drop constraint booking_slots_provider_once`);
    const { answers, faults } = await bookBoth(db);
    expect(answers).toEqual(["201", "201", ...Array(8).fill("409 slot-full")]);
    expect(faults).toEqual([expect.stringMatching(/^a provider in two places/)]);
  });

  it("is the constraint: a random round without it finds double bookings", async () => {
    const db = await opened();
    await db.execute(sql`alter table booking_slots drop constraint booking_slots_provider_once`);
    const { faults } = await playRound(db, 1);
    expect(faults.filter((fault) => fault.startsWith("a provider in two places"))).toHaveLength(1);
  });

  it("is not the lock, which only prevents deadlocks", async () => {
    // A function with the name of the lock function that does nothing and comes first in the search path.
    const db = await opened({ options: "-c search_path=public,pg_catalog" });
    await db.execute(sql`create function pg_advisory_xact_lock(int, int) returns void language sql as ''`);
    for (let n = 0; n < 5; n++) {
      const { answers, faults } = await bookBoth(db);
      expect(answers.filter((answer) => answer === "201")).toHaveLength(1);
      expect(faults).toEqual([]);
    }
  });
});
