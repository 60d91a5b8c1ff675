import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { loadBatch } from "../../lib/analytics/pipeline/load.ts";
import { processEvents } from "../../lib/analytics/pipeline/pipeline.ts";
import { siteProcessing } from "../../lib/analytics/pipeline/sweep-job.ts";
import { validateBatch } from "../../lib/analytics/pipeline/validate.ts";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { invocation } from "../support/jobs/invoke-weekly.ts";
import { addSite, all, counts, processAll, SHOP } from "../worlds/site.ts";
import { NOW } from "../worlds/site-request.ts";
import {
  chunks,
  deadlocks,
  deliver,
  deliverAndProcess,
  expectOnce,
  poison,
  processWhile,
  traffic,
} from "../worlds/site-traffic.ts";

/** Concurrent senders and processes on a real Postgres: each event counts once, and no event stops another. */

const CAFE = { customerId: "cafe", timezone: "America/New_York" };

describe("events that are sent and processed concurrently", () => {
  let connection: Connection & { url: string };
  let db: Db;
  beforeEach(async () => {
    connection = await freshPostgres({ max: 20 });
    onTestFinished(() => connection.close());
    db = connection.db;
    await addSite(db);
    await addSite(db, CAFE);
  });

  const sweep = () =>
    runOccurrence(siteProcessing, {}, NOW, invocation(db, NOW.toISOString(), { clock: Date.now, trigger: "manual" }));

  it("count once if they are sent to both endpoints at the same time", async () => {
    const events = traffic(30, { bad: 1000 });
    const calls = Array.from({ length: 30 }, async (_, n) => {
      const list = n % 3 === 0 ? events.toReversed() : events;
      return n % 2 === 0 ? deliverAndProcess(db, list) : (await deliver(db, list)).length;
    });
    const fresh = await Promise.all(calls);
    expect(fresh.reduce((sum, each) => sum + each, 0)).toBe(30);
    await processAll(db);
    await expectOnce(db, { sent: 30 });
  });

  it("count once if they were dead letters and several calls send them corrected at the same time", async () => {
    const corrected = traffic(20, { bad: 1000 });
    await deliver(
      db,
      corrected.map((event) => ({ ...event, event_type: "" })),
    );
    await processAll(db);
    expect(await counts(db)).toMatchObject({ dead: 20, business: 0 });
    const calls = Array.from({ length: 16 }, (_, n) =>
      deliverAndProcess(db, n % 3 === 0 ? corrected.toReversed() : corrected),
    );
    const fresh = await Promise.all(calls);
    expect(fresh.reduce((sum, each) => sum + each, 0)).toBe(20);
    await expectOnce(db, { sent: 20 });
  });

  it("count once, in the right visits, while eight processes work and more events arrive", async () => {
    const requests = [SHOP, CAFE].flatMap((site) =>
      chunks(traffic(2_500), 60).map((events, nth) => ({ site, events, nth })),
    );
    let arriving = true;
    const senders = Array.from({ length: 5 }, async (_, sender) => {
      for (const { site, events, nth } of requests.filter((_, index) => index % 5 === sender)) {
        await deliver(db, events, site.customerId, nth);
        // Some events are sent again with others.
        if (nth % 4 === 0) await deliver(db, events.slice(0, 10), site.customerId, nth);
      }
    });
    const own = Array.from({ length: 4 }, () => openPostgres(connection.url, { max: 1 }));
    const processors = Array.from({ length: 8 }, (_, n) => processWhile(own[n]?.db ?? db, () => arriving));
    await Promise.all(senders);
    arriving = false;
    await Promise.all(processors);
    await Promise.all(own.map(({ close }) => close()));
    for (const site of [SHOP, CAFE]) await expectOnce(db, { sent: 2_500, dead: 25 }, site);
  });

  it("never cause a deadlock, in any order", async () => {
    const many = await freshPostgres({ max: 20 });
    await addSite(many.db);
    const events = traffic(400, { bad: 1000 });
    const ids: string[] = [];
    for (const part of chunks(events, 100)) ids.push(...(await deliver(many.db, part)));
    const orders = [ids, ids.toReversed(), ids.slice(100), ids.slice(0, 300).reverse()];
    const tasks = Array.from({ length: 16 }, async (_, n) => {
      const more = traffic(100, { name: "more", bad: 1000 });
      await deliver(many.db, n % 2 === 0 ? more : more.reverse());
      await processEvents(many.db, SHOP, orders[n % 4] ?? [], NOW);
      await transact(many.db, (tx) => validateBatch(tx, SHOP.customerId, { max: 30 }, NOW));
      await transact(many.db, (tx) => loadBatch(tx, SHOP, { max: 30 }, NOW));
    });
    await Promise.all(tasks);
    await processAll(many.db);
    await expectOnce(many.db, { sent: 500 });
    await many.close();
    expect(await deadlocks(many.url)).toBe(0);
  });

  it("are counted when their own call returns, however busy the sweep job is", async () => {
    for (const part of chunks(traffic(3_000), 500)) await deliver(db, part);
    const sweeping = sweep();
    const calls = Array.from({ length: 24 }, async (_, n) => {
      const events = traffic(5, { name: `call${n}`, bad: 1000 });
      await deliverAndProcess(db, events);
      const ids = events.map(({ event_id }) => event_id);
      return db.$count(sql`business.events`, sql`event_id = any(${sql.param(ids)}::text[])`);
    });
    expect(await Promise.all(calls)).toEqual(calls.map(() => 5));
    expect((await sweeping).outcome).toMatchObject({ status: "completed" });
    await processAll(db);
    await expectOnce(db, { sent: 3_120, dead: 30 });
  });

  it("are not stopped by an earlier one that the database refuses, in either layer", async () => {
    const cures = [await poison(db, "staging", "arsenic"), await poison(db, "business", "cyanide")];
    const poisoned = ["arsenic", "cyanide"].map((event_type) => ({ event_id: event_type, event_type }));
    await deliver(db, poisoned);
    await deliver(db, traffic(300, { bad: 1000 }));
    const letters = async () =>
      (await all(db, "raw.dead_letters"))
        .map(({ event_id, layer, reason, attempts }) => `${event_id} ${layer} ${reason} ${attempts}`)
        .sort();
    expect((await sweep()).outcome).toMatchObject({
      status: "completed",
      result: { counts: { staged: 301, processed: 300, deadLetters: 2 } },
    });
    expect(await letters()).toEqual(["arsenic staging processing-error 1", "cyanide business processing-error 1"]);
    await expectOnce(db, { sent: 302, dead: 2 });

    const again = async (minutes: number) => {
      const at = new Date(NOW.getTime() + minutes * 60_000);
      const invoked = invocation(db, at.toISOString(), { clock: Date.now, trigger: "manual" });
      const { outcome } = await runOccurrence(siteProcessing, { replay: "true" }, at, invoked);
      return outcome.status === "completed" ? outcome.result.counts : outcome;
    };
    expect(await again(1)).toMatchObject({ replayed: 2, staged: 1, processed: 0, deadLetters: 2 });
    expect(await letters()).toEqual(["arsenic staging processing-error 2", "cyanide business processing-error 2"]);
    for (const cure of cures) await cure();
    expect(await again(2)).toMatchObject({ replayed: 2, staged: 2, processed: 2, deadLetters: 0 });
    await expectOnce(db, { sent: 302 });
  });

  describe("while another transaction has locked their site", () => {
    const GARDEN = { customerId: "garden", timezone: "Europe/Berlin" };
    /** Sorts after the others. */
    const ZOO = { customerId: "zoo", timezone: "Europe/Berlin" };

    /** Loads events and keeps the transaction open until `wait` resolves. */
    async function holdLock(own: string[], wait: (tx: Db) => Promise<unknown>) {
      await transact(db, (tx) => validateBatch(tx, SHOP.customerId, { rawIds: own }, NOW));
      let setLocked = () => {};
      const locked = new Promise<void>((resolve) => {
        setLocked = resolve;
      });
      const holder = db.transaction(async (tx) => {
        await loadBatch(tx, SHOP, { rawIds: own }, NOW);
        setLocked();
        await wait(tx);
      });
      const end = Promise.allSettled([holder]).then(([outcome]) => outcome);
      await locked;
      return { end };
    }

    it("and freezes, are processed, and so are its own events", async () => {
      const own = await deliver(db, traffic(40, { bad: 1000 }));
      let wake = () => {};
      const sleeping = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { end } = await holdLock(own.slice(0, 20), () => sleeping);
      await processEvents(db, SHOP, own.slice(20), NOW);
      expect(await counts(db)).toMatchObject({ waiting: 0, staged: 20, business: 20 });
      wake();
      expect(await end).toMatchObject({ status: "rejected" });
      await processAll(db);
      await expectOnce(db, { sent: 40 });
    });

    it("and works for long, wait until the lock timeout, and are not lost", async () => {
      await addSite(db, GARDEN);
      await addSite(db, ZOO);
      const own = await deliver(db, traffic(40, { bad: 1000 }));
      await deliver(db, traffic(20, { bad: 1000 }), GARDEN.customerId);
      await deliver(db, traffic(20, { bad: 1000 }), ZOO.customerId);
      const { end } = await holdLock(own.slice(0, 20), (tx) => tx.execute(sql`select pg_sleep(600)`));
      const interrupt = () =>
        db.execute(sql`select pg_cancel_backend(pid) from pg_stat_activity
          where datname = current_database() and query like '%pg_sleep(600)' and pid <> pg_backend_pid()`);
      onTestFinished(() => interrupt().then(() => {}));
      const calls = [processEvents(db, SHOP, own.slice(20, 30), NOW), processEvents(db, SHOP, own.slice(20), NOW)];
      const sweeping = sweep();
      for (const call of await Promise.allSettled(calls)) {
        // The lock timeout.
        expect(call).toMatchObject({ status: "rejected", reason: { cause: { code: "55P03" } } });
      }
      await sweeping;
      expect(await counts(db)).toMatchObject({ raw: 40, waiting: 0, staged: 40, business: 0 });
      const elsewhere = [await counts(db, GARDEN.customerId), await counts(db, ZOO.customerId)];
      await interrupt();
      expect(await end).toMatchObject({ status: "rejected" });
      await processAll(db);
      await expectOnce(db, { sent: 40 });
      // The sweep job has processed the other sites meanwhile.
      for (const through of elsewhere) expect(through).toMatchObject({ waiting: 0, staged: 0, business: 20 });
    });
  });
});
