import { describe, expect, it, onTestFinished } from "vitest";
import { siteProcessing } from "../../lib/analytics/pipeline/sweep-job.ts";
import type { Db } from "../../lib/db/db.ts";
import type { RawParameters } from "../../lib/jobs/job.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import type { Death } from "../support/children/dying.ts";
import { runUntilKilled, type SiteOrder } from "../support/children/site-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { invocation } from "../support/jobs/invoke-weekly.ts";
import { addSite, all, counts, processAll } from "../worlds/site.ts";
import { NOW } from "../worlds/site-request.ts";
import { chunks, deliver, expectOnce, traffic } from "../worlds/site-traffic.ts";

/** A process that is killed loses no event and counts none twice; the next one continues. */

async function setUp() {
  const { url, db, close } = await freshPostgres();
  onTestFinished(close);
  await addSite(db);
  return { url, db };
}

/** Fires the sweep job, later than the lease of any earlier run. */
async function sweep(db: Db, params: RawParameters, firing: number, trigger: "cron" | "continuation") {
  const at = new Date(NOW.getTime() + firing);
  const over = { clock: () => Date.now() + 120_000, trigger };
  const { outcome } = await runOccurrence(siteProcessing, params, at, invocation(db, NOW.toISOString(), over));
  if (outcome.status !== "completed") throw new Error(`expected a completed run, got ${JSON.stringify(outcome)}`);
  return outcome.result.counts;
}

describe("a call that is killed", () => {
  it.each<[string, SiteOrder["death"], { waiting: number; staged: number; business: number }]>([
    ["after it has collected its events", { moment: "before", nth: 0 }, { waiting: 30, staged: 0, business: 0 }],
    ["while it validates", { moment: "before", nth: 1 }, { waiting: 30, staged: 0, business: 0 }],
    ["between validating and loading", { moment: "after", nth: 1 }, { waiting: 0, staged: 28, business: 0 }],
    ["while it loads", { moment: "before", nth: 2 }, { waiting: 0, staged: 28, business: 0 }],
    ["after it has loaded", { moment: "after", nth: 2 }, { waiting: 0, staged: 0, business: 28 }],
  ])("%s leaves the rest to the sweep job, and events that are sent again count once", async (_, death, expected) => {
    const { url, db } = await setUp();
    const events = traffic(30, { bad: 15, visits: 4 });
    await deliver(db, traffic(30, { name: "before", bad: 1000, visits: 4 }));
    await processAll(db);
    await runUntilKilled({ url, events, death });
    const state = { waiting: expected.waiting, staged: expected.staged, business: 30 + expected.business };
    expect(await counts(db)).toMatchObject({ raw: 60, ...state });
    const good = events.filter(({ event_type }) => event_type !== "");
    expect(await deliver(db, good)).toEqual([]);
    const result = await sweep(db, {}, 1, "cron");
    expect(result).toMatchObject({
      staged: expected.waiting === 0 ? 0 : 28,
      processed: 28 - expected.business,
      deadLetters: expected.waiting === 0 ? 0 : 2,
    });
    await expectOnce(db, { sent: 60, dead: 2 });
  });

  it("before it learns whether its events are stored has stored all of them or none", async () => {
    const { url, db } = await setUp();
    const events = traffic(30, { bad: 1000 });
    await deliver(db, traffic(1, { name: "before" }));
    await runUntilKilled({ url, events, death: { moment: "sent", nth: 0 } });
    const again = await deliver(db, events);
    expect([0, 30]).toContain(again.length);
    await sweep(db, {}, 1, "cron");
    await expectOnce(db, { sent: 31 });
  });
});

describe("a run of the sweep job that is killed", () => {
  const PARAMS = { replay: "true" };
  // Its transactions: replay dead letters, then validate and load a batch, twice. Before a commit is the same as after the
  // previous one.
  const deaths: Death[] = [1, 2, 3, 4, 5].map((nth) => ({ moment: "before", nth }));
  deaths.push({ moment: "after", nth: 5 });

  const kill = async (death: Death) => {
    const { url, db } = await setUp();
    await deliver(db, traffic(4, { name: "dead", bad: 2 }));
    await processAll(db);
    for (const part of chunks(traffic(2_100, { bad: 210 }), 400)) await deliver(db, part);
    await runUntilKilled({ url, events: [], params: PARAMS, death });
    return db;
  };

  const attempts = async (db: Db) =>
    Map.groupBy(await all(db, "raw.dead_letters"), (letter) => Number(letter.attempts));

  it("at any moment continues to the same counts, and processes nothing twice", async () => {
    for (const pair of chunks(deaths, 2)) {
      for (const db of await Promise.all(pair.map(kill))) {
        const result = await sweep(db, {}, 0, "continuation");
        expect(result).toEqual({ replayed: 2, staged: 2_090, processed: 2_090, deadLetters: 12 });
        await expectOnce(db, { sent: 2_104, dead: 12 });
        const tried = await attempts(db);
        expect([tried.get(1)?.length, tried.get(2)?.length]).toEqual([10, 2]);
      }
    }
  });

  it("and not continued leaves the rest to the next one", async () => {
    const db = await kill({ moment: "after", nth: 2 });
    expect(await sweep(db, {}, 1, "cron")).toEqual({ replayed: 0, staged: 101, processed: 2_090, deadLetters: 1 });
    await expectOnce(db, { sent: 2_104, dead: 12 });
  });
});
