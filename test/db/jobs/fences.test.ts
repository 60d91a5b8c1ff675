import { sql } from "drizzle-orm";
import { afterEach, describe, expect, vi } from "vitest";
import * as z from "zod";
import { type Db, row, rows } from "../../../lib/db/db.ts";
import { execute, type RunOutcome } from "../../../lib/jobs/execute.ts";
import { heartbeat } from "../../../lib/jobs/heartbeat.ts";
import type { Progress, RunContext, Runnable } from "../../../lib/jobs/job.ts";
import { claimRun, LEASE_MS, type Lease } from "../../../lib/jobs/ledger.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { fireWeekly, invocation } from "../../support/jobs/invoke-weekly.ts";
import { later, MINUTE } from "../../support/jobs/ticks-timeline.ts";
import { addUsers } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/** What a run may still write after another invocation took it over: nothing, also while that one works. */

const it = databaseTest(SETTINGS);
const NOW = new Date("2026-03-09T00:05:00Z");
const AFTER_LEASE = later(NOW, LEASE_MS + 1);
const WEEK_END = new Date("2026-03-09T00:00:00Z");

type Work = (context: RunContext<Progress>) => Promise<void>;

async function lease(db: Db, at: Date): Promise<Lease> {
  const claimed = await claimRun(db, {
    jobName: "test-job",
    scheduledFor: WEEK_END,
    trigger: "cron",
    force: false,
    at,
  });
  if (!claimed.won) throw new Error(`expected to win the claim, got ${claimed.reason}`);
  return claimed.lease;
}

/** Runs a job that does `work`, on a clock that stands still at `at`. */
function run(db: Db, held: Lease, at: Date, work: Work): Promise<RunOutcome> {
  const job: Runnable<Progress, undefined> = {
    name: "test-job",
    command: "test",
    path: "/",
    summary: "",
    result: z.object({}),
    run: async (context) => {
      await work(context);
      return { counts: {} };
    },
  };
  return execute(job, held, undefined, invocation(db, at.toISOString(), { observers: [] }));
}

const userIds = async (db: Db) =>
  (await rows<{ id: string }>(db, sql`select id from users order by 1`)).map(({ id }) => id);

describe("a run that was taken over", () => {
  const STEPS: [string, (context: RunContext<Progress>, wait: () => Promise<void>) => Promise<unknown>][] = [
    [
      "a step",
      ({ checkpoint }, wait) =>
        checkpoint(async (tx) => {
          await addUsers(tx, "late");
          await wait();
          return { done: 1, total: 1 };
        }),
    ],
    [
      "work beside a step",
      ({ beside }, wait) =>
        beside(async (tx) => {
          await addUsers(tx, "late");
          await wait();
        }),
    ],
  ];
  it.for(STEPS)("rolls %s back that ends while the other invocation works", async ([, step], { db }) => {
    const atStep = Promise.withResolvers<void>();
    const wake = Promise.withResolvers<void>();
    const loser = run(db, await lease(db, NOW), NOW, async (context) => {
      await step(context, () => {
        atStep.resolve();
        return wake.promise;
      });
    });
    await atStep.promise;

    const outcome = await run(db, await lease(db, AFTER_LEASE), AFTER_LEASE, async ({ checkpoint }) => {
      await checkpoint(async (tx) => {
        await addUsers(tx, "winner");
        return { done: 1, total: 2 };
      });
      wake.resolve();
      expect(await loser).toEqual({ status: "lost" });
      expect(await row(db, sql`select status, attempt, metadata->'progress'->'total' as total from job_runs`)).toEqual({
        status: "running",
        attempt: 2,
        total: 2,
      });
      await checkpoint(async (tx) => {
        await addUsers(tx, "winner-again");
        return { done: 2, total: 2 };
      });
    });
    expect(outcome).toMatchObject({ status: "completed" });
    expect(await userIds(db)).toEqual(["winner", "winner-again"]);
  });

  const ENDS: [string, Work][] = [
    ["completes", async () => {}],
    [
      "fails",
      async () => {
        throw new Error("late");
      },
    ],
  ];
  it.for(ENDS)("changes nothing when it %s while the other invocation works", async ([, end], { db }) => {
    const late = await lease(db, NOW);
    await run(db, await lease(db, AFTER_LEASE), AFTER_LEASE, async () => {
      const before = await row(db, sql`select to_jsonb(run) as run from job_runs as run`);
      expect(await run(db, late, NOW, end)).toEqual({ status: "lost" });
      expect(await row(db, sql`select to_jsonb(run) as run from job_runs as run`)).toEqual(before);
    });
    expect(await row(db, sql`select status, metadata ? 'error' as failed from job_runs`)).toEqual({
      status: "completed",
      failed: false,
    });
  });
});

describe("the heartbeat", () => {
  afterEach(() => void vi.useRealTimers());

  it("renews a lease three times within its length, and tells when it is lost to one that works", async ({ db }) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let time = Number(NOW);
    const held = await lease(db, NOW);
    const onLost = vi.fn();
    const stop = heartbeat(invocation(db, NOW.toISOString(), { clock: () => time }), [held], onLost);
    const beat = () => {
      time += LEASE_MS / 3;
      vi.advanceTimersByTime(LEASE_MS / 3);
    };
    const heartbeatAt = async () => {
      const { at } = await row<{ at: string }>(db, sql`select heartbeat_at as at from job_runs`);
      return Number(new Date(at));
    };
    for (let n = 1; n <= 3; n++) {
      beat();
      await expect.poll(heartbeatAt).toBe(Number(NOW) + (n * LEASE_MS) / 3);
    }
    expect(onLost).not.toHaveBeenCalled();
    await lease(db, later(NOW, 2 * LEASE_MS + 1));
    beat();
    await expect.poll(() => onLost.mock.calls.length).toBe(1);
    stop();
  });
});

describe("the time that a run has taken", () => {
  it("is that of all its continuations together", async ({ db }) => {
    await addUsers(db, "ada");
    let time = Number(NOW);
    const clock = () => time;
    const onProgress = () => (time += 1_000);
    // Each continuation does one step of a second; between them passes an hour that does not count.
    const oneStep = () =>
      fireWeekly(
        db,
        NOW.toISOString(),
        { date: "2026-03-02" },
        { clock, onProgress, deadline: time + 1, jobTimeoutMs: 3_000 },
      );
    const outcomes: string[] = [];
    for (let n = 0; n < 3; n++) {
      outcomes.push((await oneStep()).main.outcome.status);
      time += 60 * MINUTE;
    }
    expect(outcomes).toEqual(["partial", "partial", "failed"]);
    expect(await row(db, sql`select metadata->'error'->>'code' as code from job_runs`)).toEqual({
      code: "job-timeout",
    });
  });

  it("stands in the record of a run that was continued", async ({ db }) => {
    await addUsers(db, "ada");
    let time = Number(NOW);
    const clock = () => time;
    const onProgress = () => (time += 1_000);
    const date = "2026-03-02";
    await fireWeekly(db, NOW.toISOString(), { date }, { clock, onProgress, deadline: time + 1 });
    const before = await row<{ ms: number }>(db, sql`select (metadata->'activeMs')::int as ms from job_runs`);
    expect(before.ms).toBe(1_000);
    time += 60 * MINUTE;
    const continuedAt = time;
    await fireWeekly(db, NOW.toISOString(), { date }, { clock, onProgress });
    const { ms } = await row<{ ms: number }>(db, sql`select duration_ms::int as ms from job_runs`);
    expect(ms).toBe(1_000 + time - continuedAt);
  });
});

describe("a failure between the runs of one invocation", () => {
  it("is recorded at once for the newest period, which is tried again when that is due", async ({ db }) => {
    await addUsers(db, "ada");
    await db.execute(sql`alter table period_changes rename to mislaid`);
    await expect(fireWeekly(db, NOW.toISOString())).rejects.toThrow();
    await db.execute(sql`alter table mislaid rename to period_changes`);
    expect(
      await rows(
        db,
        sql`select status, attempt, lease_token as token, metadata->'error'->>'code' as code,
          retry_at = ${later(NOW, MINUTE).toISOString()}::timestamptz as "retriedAfterOneMinute" from job_runs`,
      ),
    ).toEqual([{ status: "failed", attempt: 1, token: null, code: "42P01", retriedAfterOneMinute: true }]);
    expect((await fireWeekly(db, later(NOW, MINUTE - 1).toISOString())).main.outcome).toMatchObject({
      reason: "not-due",
    });
    expect((await fireWeekly(db, later(NOW, MINUTE).toISOString())).main.outcome).toMatchObject({
      status: "completed",
    });
  });
});
