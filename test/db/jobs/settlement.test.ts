import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { claimRun, completeRun, type Force } from "../../../lib/jobs/ledger.ts";
import { consumeChanges, loadPeriodsToSettle, recordChanges } from "../../../lib/jobs/settlement.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { DAY, later } from "../../support/jobs/ticks-timeline.ts";

/** Which late changes make a job evaluate a period again (docs/domain.md, section 3). */

const it = databaseTest();
const JOB = "weekly-events";
const WEEK_END = new Date("2026-03-23T00:00:00Z");
/** Daylight saving time begins in Berlin within the week after this. */
const EVALUATED = new Date("2026-03-23T00:05:00Z");

async function evaluate(db: Db, at: Date, force: Force = false, jobName = JOB): Promise<void> {
  const claimed = await claimRun(db, { jobName, scheduledFor: WEEK_END, trigger: "cron", force, at });
  if (!claimed.won) throw new Error(`expected to win the claim, got ${claimed.reason}`);
  await consumeChanges(db, jobName, WEEK_END, at);
  await completeRun(db, claimed.lease, at, {});
}

describe("a period that changed late", () => {
  it("is settled up to and including the last instant of its window", async ({ db }) => {
    await evaluate(db, EVALUATED);
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([]);
    await recordChanges(db, JOB, [WEEK_END], later(EVALUATED, 7 * DAY + 1));
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([]);
    await recordChanges(db, JOB, [WEEK_END], later(EVALUATED, 7 * DAY));
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([WEEK_END]);
  });

  it("has the same window in a session whose days have 23 hours", async ({ db }) => {
    await evaluate(db, EVALUATED);
    await recordChanges(db, JOB, [WEEK_END], later(EVALUATED, 7 * DAY));
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local time zone 'Europe/Berlin'`);
      expect(await loadPeriodsToSettle(tx, JOB, 7)).toEqual([WEEK_END]);
    });
  });

  it("does not get a new window from being evaluated again", async ({ db }) => {
    await evaluate(db, EVALUATED);
    const again = later(EVALUATED, 6 * DAY);
    await recordChanges(db, JOB, [WEEK_END], again);
    await evaluate(db, again, "where-changed");
    await evaluate(db, again, true);
    await recordChanges(db, JOB, [WEEK_END], later(EVALUATED, 7 * DAY + 1));
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([]);
    await recordChanges(db, JOB, [WEEK_END], later(EVALUATED, 7 * DAY));
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([WEEK_END]);
  });

  it("is one of the job that evaluates it, and none before it was evaluated", async ({ db }) => {
    await recordChanges(db, JOB, [WEEK_END], EVALUATED);
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([]);
    await evaluate(db, EVALUATED, false, "monthly-events");
    expect(await loadPeriodsToSettle(db, "monthly-events", 7)).toEqual([]);
    expect(await loadPeriodsToSettle(db, JOB, 7)).toEqual([]);
  });

  it("takes only its own changes off the list, and those that are forgotten", async ({ db }) => {
    const old = later(EVALUATED, -90 * DAY);
    const before = later(WEEK_END, -7 * DAY);
    await recordChanges(db, JOB, [WEEK_END, before], EVALUATED);
    await recordChanges(db, "monthly-events", [WEEK_END], later(old, -1));
    await recordChanges(db, JOB, [before], old);
    await recordChanges(db, JOB, [before], later(old, -1));
    await consumeChanges(db, JOB, WEEK_END, EVALUATED);
    const kept = await rows<{ job: string; at: string }>(
      db,
      sql`select job_name as job, changed_at as at from period_changes order by changed_at`,
    );
    expect(kept.map(({ job, at }) => [job, new Date(at)])).toEqual([
      ["monthly-events", later(old, -1)],
      [JOB, old],
      [JOB, EVALUATED],
    ]);
  });
});
