import { describe, expect, it, onTestFinished } from "vitest";
import { siteProcessing } from "../../lib/analytics/pipeline/sweep-job.ts";
import type { Db } from "../../lib/db/db.ts";
import type { Given } from "../../lib/jobs/job.ts";
import { fire } from "../../lib/jobs/occurrence.ts";
import type { Death } from "../support/children/dying.ts";
import { killed, type SiteOrder } from "../support/children/site-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { invocation } from "../support/jobs/invoke-weekly.ts";
import { addSite, all, counts, NOW, processAll } from "../worlds/site.ts";
import { chunks, deliver, expectOnce, traffic } from "../worlds/site-traffic.ts";

/** Processes that are killed lose no event and count none twice; whoever comes next goes on. */

async function setUp() {
  const { url, db, close } = await freshPostgres();
  onTestFinished(close);
  await addSite(db);
  return { url, db };
}

/** A run of the sweeper at its n-th firing; later than the lease of any before. */
async function sweep(db: Db, given: Given, firing: number, trigger: "cron" | "continuation") {
  const at = new Date(NOW.getTime() + firing);
  const over = { clock: () => Date.now() + 120_000, trigger };
  const { outcome } = await fire(siteProcessing, given, at, invocation(db, NOW.toISOString(), over));
  if (outcome.status !== "completed") throw new Error(`expected a completed run, got ${JSON.stringify(outcome)}`);
  return outcome.result.counts;
}

describe("a call that is killed", () => {
  it.each<[string, SiteOrder["death"], { waiting: number; staged: number; business: number }]>([
    ["when its events are accepted", { moment: "before", nth: 0 }, { waiting: 30, staged: 0, business: 0 }],
    ["in staging", { moment: "before", nth: 1 }, { waiting: 30, staged: 0, business: 0 }],
    ["between staging and business", { moment: "after", nth: 1 }, { waiting: 0, staged: 28, business: 0 }],
    ["in business", { moment: "before", nth: 2 }, { waiting: 0, staged: 28, business: 0 }],
    ["when all is done", { moment: "after", nth: 2 }, { waiting: 0, staged: 0, business: 28 }],
  ])("%s leaves the rest to the sweeper, and what is sent again counts once", async (_, death, left) => {
    const { url, db } = await setUp();
    const events = traffic(30, { bad: 15, visits: 4 });
    await deliver(db, traffic(30, { name: "before", bad: 1000, visits: 4 }));
    await processAll(db);
    await killed({ url, events, death });
    const standing = { waiting: left.waiting, staged: left.staged, business: 30 + left.business };
    expect(await counts(db)).toMatchObject({ raw: 60, ...standing });
    const good = events.filter(({ event_type }) => event_type !== "");
    expect(await deliver(db, good)).toEqual([]);
    const found = await sweep(db, {}, 1, "cron");
    expect(found).toMatchObject({
      staged: left.waiting === 0 ? 0 : 28,
      processed: 28 - left.business,
      deadLetters: left.waiting === 0 ? 0 : 2,
    });
    await expectOnce(db, { sent: 60, dead: 2 });
  });

  it("before it learns whether its events are accepted has sent all of them or none", async () => {
    const { url, db } = await setUp();
    const events = traffic(30, { bad: 1000 });
    await deliver(db, traffic(1, { name: "before" }));
    await killed({ url, events, death: { moment: "sent", nth: 0 } });
    const again = await deliver(db, events);
    expect([0, 30]).toContain(again.length);
    await sweep(db, {}, 1, "cron");
    await expectOnce(db, { sent: 31 });
  });
});

describe("a run of the sweeper that is killed", () => {
  const GIVEN = { replay: "true" };
  // Steps: what is dead goes the whole way again, then a batch is staged and promoted, twice. Before the commit of one is
  // after that of the one before.
  const deaths: Death[] = [1, 2, 3, 4, 5].map((nth) => ({ moment: "before", nth }));
  deaths.push({ moment: "after", nth: 5 });

  const kill = async (death: Death) => {
    const { url, db } = await setUp();
    await deliver(db, traffic(4, { name: "dead", bad: 2 }));
    await processAll(db);
    for (const part of chunks(traffic(2_100, { bad: 210 }), 400)) await deliver(db, part);
    await killed({ url, events: [], given: GIVEN, death });
    return db;
  };

  const attempts = async (db: Db) =>
    Map.groupBy(await all(db, "raw.dead_letters"), (letter) => Number(letter.attempts));

  it("anywhere is gone on with to the same counts, and takes nothing twice", async () => {
    for (const pair of chunks(deaths, 2)) {
      for (const db of await Promise.all(pair.map(kill))) {
        const found = await sweep(db, {}, 0, "continuation");
        expect(found).toEqual({ replayed: 2, staged: 2_090, processed: 2_090, deadLetters: 12 });
        await expectOnce(db, { sent: 2_104, dead: 12 });
        const tried = await attempts(db);
        expect([tried.get(1)?.length, tried.get(2)?.length]).toEqual([10, 2]);
      }
    }
  });

  it("and never gone on with leaves the rest to the next one", async () => {
    const db = await kill({ moment: "after", nth: 2 });
    expect(await sweep(db, {}, 1, "cron")).toEqual({ replayed: 0, staged: 101, processed: 2_090, deadLetters: 1 });
    await expectOnce(db, { sent: 2_104, dead: 12 });
  });
});
