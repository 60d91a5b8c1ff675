import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row } from "../../../lib/db/db.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { incidentsOf, operator } from "../../support/jobs/supervise-operator.ts";
import { fireCron, firings, HOUR, later, MINUTE, movingClock, tick } from "../../support/jobs/ticks-timeline.ts";
import { addUsers } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/** A run without a heartbeat, or without an end, is failed, raises an alert, and is tried again. */

const START = new Date("2026-03-09T00:05:00Z");
const WEEK = { week: "2026-03-02" };
const RUN = "weekly-events 2026-03-09T00:00:00.000Z";

describe("a run that is stuck", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await empty(db);
    await addUsers(db, "ada", "bob");
  });

  const run = () =>
    row<Record<string, unknown>>(
      db,
      sql`select status, attempt, completed_at is not null as over, lease_token is not null as leased,
          metadata->>'cleanup_reason' as reason from job_runs where scheduled_for = '2026-03-09T00:00Z'`,
    );

  /** The weekly job, which stops in front of its `step`-th step until it is let go on. */
  function halting(step: number, clock: () => number) {
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let steps = 0;
    const job: typeof weekly = {
      ...weekly,
      run: (context, target) =>
        weekly.run(
          {
            ...context,
            checkpoint: async (work) => {
              steps += 1;
              if (steps === step) {
                reached.resolve();
                await goOn.promise;
              }
              return context.checkpoint(work);
            },
          },
          target,
        ),
    };
    const answer = runJob(anyJob(job), WEEK, START, invocation(db, START.toISOString(), { clock }));
    return { reached: reached.promise, goOn: goOn.resolve, answer };
  }

  it.each([1, 2, 4])("past its lease before step %i: failed, alerted and completed by the same tick", async (step) => {
    const { mails, subjects } = await operator(SETTINGS);
    const frozen = halting(step, () => Number(START));
    await frozen.reached;
    expect(await tick(db, later(START, MINUTE))).toMatchObject({ expired: [], resumed: [] });
    const looked = await tick(db, later(START, MINUTE + 1));
    const reason = "no sign of life since 2026-03-09T00:05:00Z";
    expect(looked).toMatchObject({
      expired: [{ jobName: "weekly-events", scheduledFor: new Date("2026-03-09T00:00:00Z"), reason }],
      opened: ["stuck-runs"],
      resumed: [RUN],
      closed: ["stuck-runs"],
      told: 2,
    });
    expect(await subjects()).toEqual([
      "[Sportify Alert] 1 run was stuck",
      "[Sportify Alert] Resolved: 1 run was stuck",
    ]);
    const [alert] = await mails();
    expect(alert?.text).toContain(
      `job weekly-events, reason ${reason}, attempt 1, scheduledFor 2026-03-09T00:00:00.000Z`,
    );
    expect(await run()).toEqual({ status: "completed", attempt: 2, over: true, leased: false, reason: null });

    const done = await dumpDerived(db);
    const ledger = await row(
      db,
      sql`select to_jsonb(job_runs) as run from job_runs where scheduled_for = '2026-03-09T00:00Z'`,
    );
    frozen.goOn();
    expect((await frozen.answer).body).toMatchObject({ skipped: true, reason: "already-running" });
    expect(await dumpDerived(db)).toEqual(done);
    expect(
      await row(db, sql`select to_jsonb(job_runs) as run from job_runs where scheduled_for = '2026-03-09T00:00Z'`),
    ).toEqual(ledger);
  });

  it("for an hour with a beating heart is given up on as well, and writes nothing more", async () => {
    const { subjects } = await operator(SETTINGS);
    const frozen = halting(3, () => Number(START));
    await frozen.reached;
    const beat = (at: Date) =>
      db.execute(sql`update job_runs set heartbeat_at = ${at.toISOString()}::timestamptz,
        lease_until = ${later(at, MINUTE).toISOString()}::timestamptz where status = 'running'`);
    const hour = later(START, HOUR);
    await beat(hour);
    expect(await tick(db, hour)).toMatchObject({ expired: [], resumed: [] });
    expect(await run()).toMatchObject({ status: "running", attempt: 1 });

    const reason = "running for longer than 60 minutes";
    const noTime = { deadline: Number(hour) };
    expect(await tick(db, later(hour, 1), noTime)).toMatchObject({
      expired: [{ reason }],
      opened: ["stuck-runs"],
      resumed: [],
    });
    expect(await run()).toEqual({ status: "failed", attempt: 1, over: true, leased: false, reason });
    frozen.goOn();
    expect((await frozen.answer).body).toMatchObject({ skipped: true });
    expect(await run()).toEqual({ status: "failed", attempt: 1, over: true, leased: false, reason });

    expect(await tick(db, later(hour, MINUTE))).toMatchObject({ resumed: [RUN], closed: ["stuck-runs"] });
    expect(await subjects("stuck")).toHaveLength(2);
    const undisturbed = await dumpDerived(db);
    await runJob(anyJob(weekly), { ...WEEK, force: true }, hour, invocation(db, later(hour, HOUR).toISOString()));
    expect(await dumpDerived(db)).toEqual(undisturbed);
  });

  it("is failed by the cleanup job too, which answers the list", async () => {
    await operator({ STUCK_JOB_THRESHOLD_MS: "600000" });
    await tick(db, START);
    const frozen = halting(2, () => Number(START));
    await frozen.reached;
    await db.execute(sql`update job_runs set lease_until = '2027-01-01' where status = 'running'`);
    const [cleanup] = firings(START, later(START, HOUR), "job-cleanup");
    const { answer, tick: looked } = await fireCron(db, cleanup!, 20 * MINUTE);
    const reason = "running for longer than 10 minutes";
    expect(answer).toMatchObject({ body: { cleaned: 1, runs: [{ jobName: "weekly-events", reason }] } });
    expect(looked).toMatchObject({ expired: [], resumed: [RUN] });
    expect(looked.opened).toContain("stuck-runs");
    frozen.goOn();
    await frozen.answer;
  });

  it("three times over is left to a person", async () => {
    const { subjects } = await operator(SETTINGS);
    for (const attempt of [1, 2, 3]) {
      const at = later(START, attempt * 10 * MINUTE);
      const stopped = new Promise<never>(() => {});
      const job = { ...weekly, run: () => stopped };
      const trigger = attempt === 1 ? "cron" : "continuation";
      void runJob(anyJob(job), WEEK, at, invocation(db, at.toISOString(), { trigger }));
      await expect.poll(async () => (await run()).status).toBe("running");
      const noTime = { deadline: 0 };
      expect(await tick(db, later(at, 2 * MINUTE), noTime)).toMatchObject({ expired: [{}], resumed: [] });
      expect(await run()).toMatchObject({ status: "failed", attempt });
    }
    for (const hours of [1, 2, 3]) expect(await tick(db, later(START, hours * HOUR))).toMatchObject({ resumed: [] });
    expect(await subjects("stuck")).toEqual(["[Sportify Alert] 1 run was stuck"]);

    const byHand = later(START, 4 * HOUR);
    await runJob(anyJob(weekly), WEEK, byHand, invocation(db, byHand.toISOString(), { trigger: "manual" }));
    await tick(db, byHand);
    expect(await subjects("stuck")).toHaveLength(2);
    expect(await incidentsOf(db, "stuck")).toMatchObject([{ closed: true, recovered: true }]);
  });

  it("is none where it goes on in many invocations for longer than an hour in all", async () => {
    const { subjects } = await operator(SETTINGS);
    let at = START;
    for (let round = 0; round < 3; round++) {
      const over = { ...movingClock(at, 1_000), deadline: Number(at) + 1 };
      const { status } = await runJob(
        anyJob(weekly),
        WEEK,
        at,
        invocation(db, at.toISOString(), { ...over, trigger: round === 0 ? "cron" : "continuation" }),
      );
      expect(status).toBe(202);
      at = later(at, 40 * MINUTE);
      expect(await tick(db, at, { deadline: Number(at) })).toMatchObject({ expired: [] });
    }
    expect(await tick(db, at)).toMatchObject({ expired: [], resumed: [RUN] });
    expect(await run()).toMatchObject({ status: "completed", attempt: 1, reason: null });
    expect(await subjects("stuck")).toEqual([]);
  });
});
