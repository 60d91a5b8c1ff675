import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { asWork, JOBS, READS, writesOf } from "../../lib/db/admission/work.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, row, rows, transact } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { whyUnavailable } from "../../lib/db/failures/unavailable.ts";
import { redirectLog } from "../../lib/log.ts";
import { book, counts, inHours } from "../support/booking/booking-requests.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { GET, POST } from "../support/http/api.ts";
import { call, SETTINGS } from "../support/http/requests.ts";
import { addSite, WRITE_KEY } from "../worlds/site.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** One transaction holds a lock for long and many wait for it: what happens to them, and to all others. */

const WAITING = 200;

describe("while a slot is locked", () => {
  let connection: Connection & { url: string };
  let db: Db;
  let outside: Connection;
  let slotId: number;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
    outside = openPostgres(connection.url);
    useConnection(connection);
    redirectLog(() => {});
    await addProvider(db);
    await addService(db);
    await addSite(db);
    [slotId = 0] = await addSlots(db, { startsAt: inHours(30), capacity: 5 });
  });
  afterAll(async () => {
    redirectLog(() => {});
    await outside.close();
    await connection.close();
  });
  beforeEach(() => void configure({ ...SETTINGS, RATE_LIMIT_WRITES: "0", RATE_LIMIT_READS: "0" }));

  /** Does something while another holds the slot and its provider. */
  const whileLocked = <T>(work: () => Promise<T>): Promise<T> =>
    transact(outside.db, async (tx) => {
      await rows(tx, sql`select from booking_slots where id = ${slotId} for update`);
      await rows(tx, sql`select from providers for update`);
      return work();
    });

  const lockWaiters = async () => {
    const { n } = await row<{ n: number }>(
      outside.db,
      sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return n;
  };

  it("200 who want to book it come again later, while slots, health and events are answered; then booking goes on", async () => {
    const { bookings, others } = await whileLocked(async () => {
      const all = Promise.all(Array.from({ length: WAITING }, () => book(slotId)));
      await expect.poll(lockWaiters, { timeout: 20_000 }).toBe(3);
      const event = { event_type: "page_view", page_url: "https://shop.example/" };
      const answers = await Promise.all([
        call(GET, "/api/slots?providerId=praxis", { token: null }),
        call(GET, "/api/health"),
        call(POST, "/api/v1/track", { json: event, token: WRITE_KEY }),
      ]);
      expect(await lockWaiters()).toBeGreaterThan(0); // they were answered meanwhile
      return { bookings: await all, others: answers };
    });
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    const kinds = bookings.map(
      ({ status, headers, body }) => `${status} ${headers.get("retry-after")} ${body.error.code}`,
    );
    expect([...new Set(kinds)]).toEqual(["503 2 unavailable"]);
    expect(await counts(db, slotId)).toEqual(["0/0"]);
    expect((await book(slotId)).status).toBe(201);
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  const lockSlot = (tx: Db) => rows(tx, sql`select from booking_slots where id = ${slotId} for update`);
  const isHeldTo = async (work: () => Promise<unknown>) =>
    whyUnavailable(
      await work().then(
        () => undefined,
        (error: unknown) => error,
      ),
    );

  it("a job waits for as long as it takes", async () => {
    let job: Promise<unknown> = Promise.resolve();
    await whileLocked(async () => {
      job = asWork(JOBS, () => transact(db, lockSlot));
      await expect.poll(lockWaiters).toBe(1);
    });
    await job;
    const { lock, statement } = await asWork(JOBS, () => transact(db, limitsIn));
    expect([lock, statement]).toEqual(["0", "0"]);
  });

  const limitsIn = (tx: Db) =>
    row<{ lock: string; statement: string }>(
      tx,
      sql`select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
    );

  it("limits hold for a request's transaction, and for nothing that follows on its connection", async () => {
    const one = openPostgres(connection.url, { max: 1 });
    const inRequest = await asWork(READS, () => transact(one.db, limitsIn));
    const after = await limitsIn(one.db);
    await one.close();
    expect(inRequest).toEqual({ lock: "5s", statement: "20s" });
    expect(after).toEqual({ lock: "0", statement: "0" });
  });

  const shortly = { ...writesOf("/api/bookings"), limits: { lockMs: 50, statementMs: 300 } };

  it.each<[string, () => Promise<unknown>]>([
    ["a transaction that waits for a lock", () => transact(db, lockSlot)],
    [
      "a single statement that waits for a lock",
      () => rows(db, sql`update booking_slots set price = price where id = ${slotId}`),
    ],
  ])("%s is given up after its time, and changes nothing", async (_, work) => {
    await whileLocked(async () => {
      expect(await isHeldTo(() => asWork(shortly, work))).toBe("busy");
      await expect.poll(lockWaiters).toBe(0);
    });
    expect(await rows(db, sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it("a statement that takes too long is given up, alone and in a transaction", async () => {
    const slow = sql`select pg_sleep(30)`;
    expect(await isHeldTo(() => asWork(shortly, () => rows(db, slow)))).toBe("busy");
    expect(await isHeldTo(() => asWork(shortly, () => transact(db, (tx) => rows(tx, slow))))).toBe("busy");
  });
});
