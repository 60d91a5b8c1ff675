import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import * as z from "zod";
import { erase } from "../../../lib/app/privacy.ts";
import { type Db, json, row, rows } from "../../../lib/db/db.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { execute } from "../../../lib/jobs/execute.ts";
import { MAX_LINE_LENGTH, MAX_LINES } from "../../../lib/jobs/executions/record.ts";
import { deleteOldExecutions } from "../../../lib/jobs/executions/store.ts";
import { anyJob, type Progress, type RunContext, type Runnable } from "../../../lib/jobs/job.ts";
import { claimRun, LEASE_MS } from "../../../lib/jobs/ledger.ts";
import { pauseJob } from "../../../lib/jobs/pauses.ts";
import { recordChanges } from "../../../lib/jobs/settlement.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";
import { NOW as OPEN_NOW, setClock } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET, POST } from "../../support/http/api.ts";
import { CRON_SECRET, SETTINGS } from "../../support/http/requests.ts";
import { fireWeekly, invocation } from "../../support/jobs/invoke-weekly.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";
import { DAY, HOUR, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";
import { addUsers } from "../../worlds/club.ts";

const it = databaseTest(SETTINGS);
const MONDAY = new Date("2026-03-09T00:05:00Z");
const WEEK_END = new Date("2026-03-09T00:00:00Z");
const WEEK = { date: "2026-03-02" };

type Stored = Record<string, unknown> & { id: string; steps: { name: string; chunks: number; outcome: string }[] };

const executions = async (db: Db, condition = sql`true`) =>
  (
    await rows<{ stored: Stored }>(
      db,
      sql`select to_jsonb(job_executions) as stored from job_executions where ${condition} order by started_at, attempt`,
    )
  ).map(({ stored }) => stored);

/** Executes a job that does `work` under a new claim. */
async function run(db: Db, at: Date, work: (context: RunContext<Progress>) => Promise<void>, clock = () => Number(at)) {
  const request = { jobName: "test-job", scheduledFor: WEEK_END, trigger: "manual", force: true, at } as const;
  const claim = await claimRun(db, request);
  if (!claim.won) throw new Error(`expected to win the claim, got ${claim.reason}`);
  const job: Runnable<Progress, undefined> = {
    name: "test-job",
    command: "test",
    path: "/",
    summary: "",
    result: z.object({}),
    run: async (context) => {
      await work(context);
      return { counts: { did: 1 } };
    },
  };
  return execute(job, claim.lease, undefined, { ...invocation(db, at.toISOString()), clock, observers: [] });
}

describe("an execution is recorded", () => {
  it("with its trigger, actor, parameters, counts and steps, one row for each time anything ran", async ({ db }) => {
    await addUsers(db, "ada");
    const actor = { kind: "operator", id: "op-1", name: "Mara" } as const;
    await fireWeekly(db, MONDAY.toISOString());
    await fireWeekly(db, later(MONDAY, HOUR).toISOString(), { ...WEEK, force: true }, { trigger: "manual", actor });
    await fireWeekly(
      db,
      later(MONDAY, 2 * HOUR).toISOString(),
      { ...WEEK, dryRun: true },
      { trigger: "manual", actor },
    );
    const first = await executions(db);
    expect(first.slice(-3)).toMatchObject([
      {
        job_name: "weekly-events",
        scheduled_for: "2026-03-09T00:00:00+00:00",
        trigger: "cron",
        actor_kind: null,
        parameters: {},
        dry_run: false,
        outcome: "completed",
        counts: { processedUsers: 1 },
        error: null,
        steps: ["count-members", "evaluate-weeks", "rank-friends", "queue-mails", "store-totals"].map((name) => ({
          name,
          chunks: 1,
          outcome: "completed",
        })),
        log: [{ event: "started" }, { event: "completed" }],
      },
      {
        trigger: "manual",
        actor_kind: "operator",
        actor_id: "op-1",
        actor_name: "Mara",
        parameters: { week: WEEK.date, force: true },
      },
      {
        trigger: "manual",
        dry_run: true,
        run_id: null,
        parameters: { week: WEEK.date, dryRun: true },
        outcome: "completed",
      },
    ]);
    expect(first.slice(0, -3).map(({ trigger }) => trigger)).toEqual(["catch-up", "catch-up", "catch-up"]);

    await recordChanges(db, "weekly-events", [WEEK_END], later(MONDAY, 3 * HOUR));
    await tick(db, later(MONDAY, 4 * HOUR), { trigger: "manual", actor });
    const all = await executions(db);
    expect(all.slice(0, first.length)).toEqual(first); // neither the forced run nor the settlement touched the first one
    expect(all.slice(first.length)).toMatchObject([{ trigger: "settlement", actor_kind: null, outcome: "completed" }]);
    expect(await row(db, sql`select trigger from job_runs where scheduled_for = ${WEEK_END.toISOString()}`)).toEqual({
      trigger: "catch-up",
    });
  });

  it("as partial when it pauses, and as another one when a tick continues it", async ({ db }) => {
    await addUsers(db, "ada");
    let now = Number(MONDAY);
    const slow = { clock: () => now, onProgress: () => (now += 1_000), deadline: now + 1 };
    await fireWeekly(db, MONDAY.toISOString(), WEEK, slow);
    await tick(db, later(MONDAY, HOUR));
    expect(await executions(db)).toMatchObject([
      { outcome: "partial", counts: { done: 0, total: 3 }, steps: [{ outcome: "completed" }, { outcome: "partial" }] },
      { outcome: "completed", trigger: "continuation", parameters: { week: "2026-03-02" }, attempt: 1 },
    ]);
  });

  it("with the error when it fails", async ({ db }) => {
    await run(db, MONDAY, async ({ step }) => {
      step("break-something");
      throw new Error("no such thing");
    });
    expect(await executions(db)).toMatchObject([
      {
        outcome: "failed",
        error: { code: "internal", message: "no such thing" },
        steps: [{ name: "break-something", outcome: "failed" }],
        log: [{}, { level: "error", event: "failed", fields: { message: "no such thing" } }],
      },
    ]);
  });

  it("of the endpoints, which name it in a header; who calls with the secret is no cron", async ({ db }) => {
    setClock();
    await addUsers(db, "ada");
    const answer = await callJob(POST, "/api/events/weekly?week=2026-03-02", { method: "POST", token: CRON_SECRET });
    const dry = await callJob(GET, "/api/events/weekly?week=2026-03-02&dryRun=true", { token: CRON_SECRET });
    const stored = await executions(db, sql`job_name = 'weekly-events'`);
    expect(stored).toMatchObject([{ actor_kind: "cron-secret", actor_id: null }, { dry_run: true }]);
    expect([answer, dry].map(({ headers }) => headers.get("X-Execution-Id"))).toEqual(stored.map(({ id }) => id));
    expect(Number(OPEN_NOW)).toBeLessThan(Date.parse(String(stored[0]?.started_at)) + 1);
  });
});

describe("an execution that never ends", () => {
  it.for(["another invocation takes the run over", "a tick expires the run"])(
    "is lost when %s",
    async (how, { db }) => {
      const stuck = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const killed = run(db, MONDAY, async ({ step, checkpoint }) => {
        step("wait");
        begun.resolve();
        await stuck.promise;
        await checkpoint(async () => ({ done: 1, total: 1 }));
      });
      await begun.promise;
      const after = later(MONDAY, LEASE_MS + 1);
      if (how.includes("tick")) await tick(db, after);
      else await run(db, after, async () => {});
      const lost = { outcome: "lost", error: { code: "lost" }, steps: [] };
      expect((await executions(db))[0]).toMatchObject(lost);

      stuck.resolve(); // the process was only slow: it adds what it did, and stays lost
      expect(await killed).toEqual({ status: "lost" });
      expect((await executions(db))[0]).toMatchObject({ ...lost, steps: [{ name: "wait", outcome: "lost" }] });
    },
  );

  it("is lost after the time for stuck runs if it was a dry run", async ({ db }) => {
    await db.execute(sql`insert into job_executions (job_name, trigger, dry_run, started_at)
      values ('weekly-events', 'manual', true, ${MONDAY.toISOString()})`);
    await tick(db, later(MONDAY, 30 * MINUTE));
    expect(await executions(db, sql`dry_run`)).toMatchObject([{ outcome: "running" }]);
    await tick(db, later(MONDAY, 61 * MINUTE));
    expect(await executions(db, sql`dry_run`)).toMatchObject([{ outcome: "lost", ended_at: expect.any(String) }]);
  });
});

it("the log keeps the last lines, shortened and without secrets, in a form that can be stored", async ({ db }) => {
  await run(db, MONDAY, async ({ log }) => {
    log("warn", "long", { text: "x".repeat(5_000), after: 1 });
    for (let n = 0; n < MAX_LINES; n++) log("info", "line", { n, to: "ada@club.example", odd: "a\u0000b\ud800" });
  });
  const [{ log } = { log: [] }] = (await executions(db)) as unknown as { log: { event: string; fields: object }[] }[];
  expect(log).toHaveLength(MAX_LINES);
  expect(log.at(-2)).toMatchObject({ event: "line", fields: { n: MAX_LINES - 1, to: "[address]", odd: "ab\ufffd" } });
  for (const { fields } of log) expect(JSON.stringify(fields).length).toBeLessThanOrEqual(MAX_LINE_LENGTH + 10);
});

it("executions are kept 400 days, longer than the runs they belong to", async ({ db }) => {
  await run(db, MONDAY, async () => {});
  await db.execute(sql`delete from job_runs`);
  expect(await deleteOldExecutions(db, later(MONDAY, 400 * DAY), 10)).toBe(0);
  expect(await executions(db)).toMatchObject([{ run_id: null, job_name: "test-job" }]);
  expect(await deleteOldExecutions(db, later(MONDAY, 401 * DAY), 10)).toBe(1);
});

it("a person who is erased disappears from executions, and from the reasons of pauses", async ({ db }) => {
  await addUsers(db, { id: "ada-1", email: "ada@club.example" });
  await runJob(anyJob(weekly), { week: "2026-03-02" }, MONDAY, invocation(db, MONDAY.toISOString()));
  const mention = json({ userId: "ada-1", text: "to ada@club.example" });
  await db.execute(sql`update job_executions set parameters = ${mention}, counts = ${mention}, error = ${mention},
    log = jsonb_build_array(${mention})`);
  const person = { userId: "ada-1", addresses: ["ada@club.example"], names: [] };
  const actor = { kind: "operator", id: "o", name: "Jo" } as const;
  await pauseJob(db, "weekly-events", { until: null, reason: "Ask ada@club.example first", actor }, MONDAY);
  expect(await erase(db, person, MONDAY)).toMatchObject({ job_executions: 1, job_pauses: 1 });
  expect(JSON.stringify(await executions(db))).not.toMatch(/ada/);
  expect(await rows(db, sql`select reason from job_pauses`)).toEqual([{ reason: "Ask erased first" }]);
});
