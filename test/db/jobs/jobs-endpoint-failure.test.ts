import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { redirectLog } from "../../../lib/log.ts";
import { currentMs } from "../../../lib/time/clock.ts";
import type { Period } from "../../../lib/time/periods.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET, POST } from "../../support/http/api.ts";
import { ADMIN_TOKEN, CRON_SECRET, hoursInto, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";
import { addUsers, addWorkouts } from "../../worlds/club.ts";

/** What a firing answers and leaves on record when its run fails: here, because a table is missing. */

const PATH = "/api/events/weekly";
const CRON = { "x-vercel-cron-schedule": "5 0,6,12 * * 1" };

const byCron = <Body = Refusal>() => callJob<Body>(GET, PATH, { token: CRON_SECRET, headers: CRON });
const byHand = <Body = Refusal>(query = "") =>
  callJob<Body>(POST, `${PATH}${query}`, { method: "POST", token: CRON_SECRET });

describe("a run that fails", () => {
  let db: Db;
  let week: Period;
  let lines: string[];
  beforeEach(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    setClock();
    configure(SETTINGS);
    week = WEEK;
    lines = [];
    redirectLog((_, line) => lines.push(line));
    await addUsers(db, "ada");
    await addWorkouts(db, { userId: "ada", at: hoursInto(week, 10) });
    await db.execute(sql`alter table leaderboard_results rename to mislaid`);
  });
  afterEach(async () => {
    redirectLog(() => {});
    await closeDatabase();
  });

  const newest = async () => {
    const [run] = await db.select().from(jobRuns).where(eq(jobRuns.scheduledFor, week.end));
    if (run === undefined) throw new Error("expected a run on record, got none");
    return run;
  };
  const waitOver = () => db.update(jobRuns).set({ retryAt: new Date(currentMs() - 1_000) });
  const repair = () => db.execute(sql`alter table mislaid rename to leaderboard_results`);

  it("is answered with a code, a sentence and the request's id, and nothing of the inside", async () => {
    const answer = await byCron();
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      status: "error",
      error: { code: "job-failed", message: expect.any(String), requestId: expect.any(String) },
    });
    expect(answer.body.error.message).toContain("weekly-events");
    const text = JSON.stringify(answer.body);
    expect(text).not.toMatch(/leaderboard_results|relation|select|insert|42P01|\bat .*\.[jt]s|@/i);
    expect(text).not.toContain(CRON_SECRET);
    expect(text).not.toContain(ADMIN_TOKEN);
  });

  it("stands in the ledger with its error and the time of its next attempt", async () => {
    await byCron();
    const run = await newest();
    expect(run).toMatchObject({ status: "failed", attempt: 1, trigger: "cron", leaseToken: null, leaseUntil: null });
    expect(run.metadata).toMatchObject({
      error: { code: "42P01", message: 'relation "leaderboard_results" does not exist', at: expect.any(String) },
    });
    expect(Number(run.retryAt) - Number(run.completedAt)).toBe(60_000);
  });

  it("is told in the log by its run and its request", async () => {
    const { body } = await byHand(`?week=${hoursInto(week, 50).slice(0, 10)}`);
    const run = await newest();
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.filter(({ event }) => event === "job_run")).toEqual([
      expect.objectContaining({
        level: "error",
        job: "weekly-events",
        runId: run.id,
        status: "failed",
        error: { code: "42P01", message: 'relation "leaderboard_results" does not exist' },
      }),
    ]);
    expect(logged).toContainEqual(
      expect.objectContaining({ level: "error", event: "request_failed", path: PATH, requestId: body.error.requestId }),
    );
    expect(lines.join()).not.toMatch(/@|club\.example|select |insert /i);
  });

  it("is not tried again by a cron before its time", async () => {
    await byCron();
    await repair();
    const answer = await byCron<Record<string, unknown>>();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: "ok", skipped: true, reason: "not-due" });
    expect(await newest()).toMatchObject({ status: "failed", attempt: 1 });
  });

  it("is tried three times by crons, each after a longer wait, and then left to a person", async () => {
    const waits: number[] = [];
    for (const attempt of [1, 2, 3]) {
      expect((await byCron()).status).toBe(500);
      const run = await newest();
      expect(run).toMatchObject({ status: "failed", attempt });
      waits.push(Number(run.retryAt) - Number(run.completedAt));
      await waitOver();
    }
    expect(waits).toEqual([60_000, 120_000, 240_000]);

    const given = await byCron<Record<string, unknown>>();
    expect(given.status).toBe(200);
    expect(given.body).toMatchObject({ skipped: true, reason: "not-due", detail: expect.stringContaining("POST") });
    expect(await newest()).toMatchObject({ status: "failed", attempt: 3 });

    expect((await byHand()).status).toBe(500);
    expect(await newest()).toMatchObject({ status: "failed", attempt: 4, trigger: "manual" });
    await repair();
    const mended = await byHand<Record<string, unknown>>();
    expect(mended.status).toBe(200);
    expect(mended.body).toMatchObject({ status: "ok", skipped: false, processedUsers: 1, points: 10 });
    const run = await newest();
    expect(run).toMatchObject({ status: "completed", retryAt: null });
    expect(run.metadata).not.toHaveProperty("error");
  });

  it("leaves nothing of the step it failed in", async () => {
    await byHand();
    expect(await db.execute(sql`select from user_badges`)).toMatchObject({ rows: [] });
    expect(await db.execute(sql`select from email_queue`)).toMatchObject({ rows: [] });
  });

  it("on a dry run is answered the same, but does not send anybody to a ledger that knows nothing of it", async () => {
    const answer = await byHand("?dryRun=true");
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe("job-failed");
    expect(await db.select().from(jobRuns)).toEqual([]);
    expect(answer.body.error.message).not.toMatch(/job_runs holds|run none/);
  });

  it("before it began, because the ledger itself is away, is answered without saying so", async () => {
    await db.execute(sql`drop table job_executions, job_runs`);
    const answer = await byCron();
    expect(answer.status).toBe(500);
    expect(answer.body.error).toMatchObject({ code: "internal", requestId: expect.any(String) });
    expect(JSON.stringify(answer.body)).not.toMatch(/relation|job_runs|select|insert/i);
  });
});
