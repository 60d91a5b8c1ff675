import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { type Db, row, rows, transact } from "../../../lib/db/db.ts";
import {
  type ClaimRequest,
  claimRun,
  completeRun,
  failRun,
  holdsLease,
  LEASE_MS,
  type Lease,
  lastScheduledBefore,
  pauseRun,
  recordMissedRuns,
  renewLease,
  saveProgress,
} from "../../../lib/jobs/ledger.ts";
import { consumeChanges, recordChanges } from "../../../lib/jobs/settlement.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { later } from "../../support/jobs/ticks-timeline.ts";

/** The compare-and-set statements of the ledger, with a loser that wakes while the winner works, and their boundaries. */

const it = databaseTest();
const NOW = new Date("2026-03-09T00:05:00Z");
const WEEK_END = new Date("2026-03-09T00:00:00Z");
const WEEK_BEFORE = new Date("2026-03-02T00:00:00Z");

const request = (over: Partial<ClaimRequest> = {}): ClaimRequest => ({
  jobName: "weekly-events",
  scheduledFor: WEEK_END,
  trigger: "cron",
  force: false,
  at: NOW,
  ...over,
});

async function won(db: Db, over: Partial<ClaimRequest> = {}): Promise<Lease> {
  const claimed = await claimRun(db, request(over));
  if (!claimed.won) throw new Error(`expected to win the claim, got ${claimed.reason}`);
  return claimed.lease;
}

const reasonOf = async (db: Db, over: Partial<ClaimRequest> = {}) => {
  const claimed = await claimRun(db, request(over));
  return claimed.won ? "won" : claimed.reason;
};

const runs = (db: Db) =>
  rows<Record<string, unknown>>(
    db,
    sql`select to_jsonb(run) as run from job_runs as run order by job_name, scheduled_for`,
  );

describe("a process that lost its lease while another one works", () => {
  const AFTER_LEASE = later(NOW, LEASE_MS + 1);
  const LOSERS: [string, (db: Db, lost: Lease) => Promise<boolean>][] = [
    ["renews nothing", (db, lost) => renewLease(db, lost, AFTER_LEASE)],
    ["saves no progress", (db, lost) => saveProgress(db, lost, AFTER_LEASE, { done: 9, total: 9 }, 900)],
    ["completes nothing", (db, lost) => completeRun(db, lost, AFTER_LEASE, { points: 9 })],
    ["lays nothing down", (db, lost) => pauseRun(db, lost, 900)],
    [
      "fails nothing",
      (db, lost) => failRun(db, lost, AFTER_LEASE, later(AFTER_LEASE, 1), { code: "internal", message: "late" }),
    ],
    ["holds no lease", (db, lost) => transact(db, (tx) => holdsLease(tx, lost))],
  ];
  it.for(LOSERS)("%s", async ([, write], { db }) => {
    const lost = await won(db);
    const winner = await won(db, { at: AFTER_LEASE });
    expect(winner.token).not.toBe(lost.token);
    const before = await runs(db);
    expect(await write(db, lost)).toBe(false);
    expect(await runs(db)).toEqual(before);
    expect(await transact(db, (tx) => holdsLease(tx, winner))).toBe(true);
    expect(await completeRun(db, winner, AFTER_LEASE, {})).toBe(true);
  });

  it("cannot take the run of another job or period by its own token", async ({ db }) => {
    const mine = await won(db);
    const other = await won(db, { jobName: "monthly-events" });
    const before = await won(db, { scheduledFor: WEEK_BEFORE });
    for (const theirs of [other, before]) {
      expect(await completeRun(db, { ...mine, id: theirs.id }, NOW, {})).toBe(false);
      expect(await completeRun(db, { ...mine, token: theirs.token }, NOW, {})).toBe(false);
    }
    expect(await rows(db, sql`select from job_runs where status = 'running'`)).toHaveLength(3);
  });

  it("has to wait with a takeover until a step that still holds the lease has committed", async ({ db }) => {
    const lease = await won(db);
    const order: string[] = [];
    let takeover: Promise<unknown> | undefined;
    await transact(db, async (tx) => {
      expect(await holdsLease(tx, lease)).toBe(true);
      takeover = won(db, { at: AFTER_LEASE }).then(() => order.push("taken over"));
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push("committing");
    });
    await takeover;
    expect(order).toEqual(["committing", "taken over"]);
  });
});

describe("a claim", () => {
  it("takes a running run only after the last millisecond of its lease", async ({ db }) => {
    await won(db);
    expect(await reasonOf(db, { at: later(NOW, LEASE_MS) })).toBe("already-running");
    expect(await reasonOf(db, { at: later(NOW, LEASE_MS + 1) })).toBe("won");
  });

  it("never takes a run with a live lease, not even by force or for a person", async ({ db }) => {
    await won(db);
    await recordChanges(db, "weekly-events", [WEEK_END], NOW);
    for (const force of [true, "where-changed"] as const) {
      expect(await reasonOf(db, { force, trigger: "manual" })).toBe("already-running");
    }
  });

  it("takes a lease that was renewed only when the renewed one has ended", async ({ db }) => {
    const lease = await won(db);
    const renewed = later(NOW, LEASE_MS / 2);
    expect(await renewLease(db, lease, renewed)).toBe(true);
    expect(await reasonOf(db, { at: later(renewed, LEASE_MS) })).toBe("already-running");
    expect(await reasonOf(db, { at: later(renewed, LEASE_MS + 1) })).toBe("won");
  });

  it("takes a failed run from the instant of its next attempt on, and a person's at once", async ({ db }) => {
    const retryAt = later(NOW, 60_000);
    await failRun(db, await won(db), NOW, retryAt, { code: "internal", message: "no" });
    expect(await reasonOf(db, { at: later(retryAt, -1) })).toBe("not-due");
    expect(await won(db, { at: retryAt })).toMatchObject({ attempt: 2 });

    const other = { scheduledFor: WEEK_BEFORE };
    await failRun(db, await won(db, other), NOW, retryAt, { code: "internal", message: "no" });
    expect(await won(db, { ...other, trigger: "manual" })).toMatchObject({ attempt: 2 });
  });

  it("leaves a run to a person after its third attempt and not before", async ({ db }) => {
    for (const attempt of [1, 2, 3]) {
      const lease = await won(db);
      expect(lease.attempt).toBe(attempt);
      await failRun(db, lease, NOW, NOW, { code: "internal", message: "no" });
    }
    expect(await reasonOf(db)).toBe("not-due");
    expect(await won(db, { trigger: "manual" })).toMatchObject({ attempt: 4 });
  });

  it("claims a completed run only by force, or if its own period has changed", async ({ db }) => {
    await completeRun(db, await won(db), NOW, {});
    await recordChanges(db, "monthly-events", [WEEK_END], NOW);
    await recordChanges(db, "weekly-events", [WEEK_BEFORE], NOW);
    expect(await reasonOf(db)).toBe("already-processed");
    expect(await reasonOf(db, { force: "where-changed" })).toBe("already-processed");
    await recordChanges(db, "weekly-events", [WEEK_END], NOW);
    expect(await won(db, { force: "where-changed" })).toMatchObject({ attempt: 1 });
  });

  it("of a continuation makes no run that the ledger does not have", async ({ db }) => {
    expect(await reasonOf(db, { trigger: "continuation" })).toBe("not-due");
    expect(await runs(db)).toEqual([]);
  });

  it("keeps the parameters of a person's run for all its continuations", async ({ db }) => {
    const parameters = { limit: 5 };
    const asked = await won(db, { trigger: "manual", parameters });
    await saveProgress(db, asked, NOW, { done: 1, total: 3 }, 400);
    await pauseRun(db, asked, 700);
    const continued = await won(db, { trigger: "continuation", parameters: {} });
    expect(continued).toMatchObject({ attempt: 1, activeMs: 700, progress: { done: 1, total: 3 }, parameters });
    expect(await row(db, sql`select trigger from job_runs`)).toEqual({ trigger: "manual" });
  });

  it("begins a new attempt without the time of the one that failed, but from its last step", async ({ db }) => {
    const lease = await won(db);
    await saveProgress(db, lease, NOW, { done: 1, total: 3 }, 400);
    await failRun(db, lease, NOW, NOW, { code: "internal", message: "no" });
    expect(await won(db)).toMatchObject({ attempt: 2, activeMs: 0, progress: { done: 1, total: 3 } });
  });

  it("begins a missed run as its first attempt", async ({ db }) => {
    await recordMissedRuns(db, "weekly-events", [WEEK_END], NOW, "nobody came");
    expect(await won(db)).toMatchObject({ attempt: 1, progress: undefined });
  });
});

/** Waits until this many statements wait for a lock. */
const waiting = (db: Db, count: number) =>
  expect
    .poll(() =>
      rows(db, sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`),
    )
    .toHaveLength(count);

describe("two claims that both found the run claimable", () => {
  it("are won by one if the lease has ended", async ({ db }) => {
    await won(db);
    const after = { at: later(NOW, LEASE_MS + 1) };
    let claims: Promise<string>[] = [];
    await transact(db, async (tx) => {
      await rows(tx, sql`select from job_runs for update`);
      claims = [reasonOf(db, after), reasonOf(db, after)];
      await waiting(db, 2);
    });
    expect((await Promise.all(claims)).sort()).toEqual(["already-running", "won"]);
    expect(await row(db, sql`select attempt from job_runs`)).toEqual({ attempt: 2 });
  });

  it("are won by one if there was no run", async ({ db }) => {
    let claims: Promise<string>[] = [];
    const rollBack = new Error("roll back");
    await db
      .transaction(async (tx) => {
        await won(tx as unknown as Db);
        claims = [reasonOf(db), reasonOf(db)];
        await waiting(db, 2);
        throw rollBack;
      })
      .catch((error) => expect(error).toBe(rollBack));
    expect((await Promise.all(claims)).sort()).toEqual(["already-running", "won"]);
    expect(await row(db, sql`select attempt from job_runs`)).toEqual({ attempt: 1 });
  });
});

it("changes are settled by one claim: others find its run at work, and then the changes gone", async ({ db }) => {
  await completeRun(db, await won(db), NOW, {});
  await recordChanges(db, "weekly-events", [WEEK_END], NOW);
  const settle = { force: "where-changed", trigger: "catch-up" } as const;
  const winner = await won(db, settle);
  expect(await reasonOf(db, settle)).toBe("already-running");
  await consumeChanges(db, "weekly-events", WEEK_END, NOW);
  expect(await reasonOf(db, settle)).toBe("already-running");
  await completeRun(db, winner, NOW, {});
  expect(await reasonOf(db, settle)).toBe("already-processed");
});

describe("a record of missed runs", () => {
  it("leaves runs alone that are on record", async ({ db }) => {
    await completeRun(db, await won(db), NOW, {});
    await won(db, { scheduledFor: WEEK_BEFORE });
    const before = await runs(db);
    await recordMissedRuns(db, "weekly-events", [WEEK_BEFORE, WEEK_END], NOW, "nobody came");
    expect(await runs(db)).toEqual(before);
  });
});

describe("the newest run before an instant", () => {
  it("is of the same job, before that instant, and not one that a person named", async ({ db }) => {
    await completeRun(db, await won(db, { scheduledFor: WEEK_BEFORE }), NOW, {});
    await completeRun(db, await won(db, { jobName: "monthly-events", scheduledFor: later(WEEK_BEFORE, 1) }), NOW, {});
    await completeRun(db, await won(db, { scheduledFor: later(WEEK_BEFORE, 2), trigger: "manual" }), NOW, {
      catchUp: true,
    });
    expect(await lastScheduledBefore(db, "weekly-events", WEEK_END)).toEqual(WEEK_BEFORE);
    expect(await lastScheduledBefore(db, "weekly-events", later(WEEK_BEFORE, 1))).toEqual(WEEK_BEFORE);
    expect(await lastScheduledBefore(db, "weekly-events", WEEK_BEFORE)).toBeUndefined();
  });
});
