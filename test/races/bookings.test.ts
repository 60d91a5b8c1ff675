import { sql } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { type Connection, useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { findTableFaults } from "../support/booking/booking-invariants.ts";
import { book, emptyBookings, inHours, outcome } from "../support/booking/booking-requests.ts";
import { playRound } from "../support/booking/booking-rounds.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** As many rounds as fit into CI; `npm run bench -- booking-rounds` plays a thousand. */
const ROUNDS = 12;

/** A database of its own, for many at once. */
async function open(options: PoolConfig = {}): Promise<Connection> {
  const connection = await freshPostgres({ max: 20, ...options });
  useConnection(connection);
  configure({ ...SETTINGS, BATCH_SIZE: "20" });
  return connection;
}

describe("bookings of many at once", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await open();
  });
  afterAll(() => connection.close());

  const first = Math.floor(Math.random() * 1_000_000);
  it.each(Array.from({ length: ROUNDS }, (_, n) => first + n))(
    "fill every slot and none twice, and nobody is in two places (round %i)",
    async (seed) => {
      const { faults, requests } = await playRound(connection.db, seed);
      expect(faults).toEqual([]);
      expect(requests).toBeGreaterThanOrEqual(50);
    },
  );
});

describe("what keeps bookings apart", () => {
  /** Two slots of two services of one provider at one time, asked for at once by five each. */
  async function askForBoth(db: Db): Promise<{ answers: string[]; faults: string[] }> {
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

  it("is the constraint: without it a provider is in two places, for all that the code does", async () => {
    const db = await opened();
    expect((await askForBoth(db)).faults).toEqual([]);
    await db.execute(sql`alter table booking_slots drop constraint booking_slots_provider_once`);
    const { answers, faults } = await askForBoth(db);
    expect(answers).toEqual(["201", "201", ...Array(8).fill("409 slot-full")]);
    expect(faults).toEqual([expect.stringMatching(/^a provider in two places/)]);
  });

  it("is the constraint: a round without it has what a round must not have", async () => {
    const db = await opened();
    await db.execute(sql`alter table booking_slots drop constraint booking_slots_provider_once`);
    const { faults } = await playRound(db, 1);
    expect(faults.filter((fault) => fault.startsWith("a provider in two places"))).toHaveLength(1);
  });

  it("is not the lock, which only keeps them from waiting for each other in a circle", async () => {
    // A function of the lock's name that does nothing, and which the search finds first.
    const db = await opened({ options: "-c search_path=public,pg_catalog" });
    await db.execute(sql`create function pg_advisory_xact_lock(int, int) returns void language sql as ''`);
    for (let n = 0; n < 5; n++) {
      const { answers, faults } = await askForBoth(db);
      expect(answers.filter((answer) => answer === "201")).toHaveLength(1);
      expect(faults).toEqual([]);
    }
  });
});
