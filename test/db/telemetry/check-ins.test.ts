import type { ServerResponse } from "node:http";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { JOBS } from "../../../lib/app/registry.ts";
import { configure } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";
import { monitorOf } from "../../../lib/supervision/check-in.ts";
import { sentryServer } from "../../fakes/sentry.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { alertSettings, mislay } from "../../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, later } from "../../support/jobs/ticks-timeline.ts";

/** The error tracker hears of every run, and of what it failed of. */

const [FIRING] = firings("2026-03-02T12:05:00Z", "2026-03-02T13:05:00Z", "job-cleanup");

describe("a run", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  });

  async function tracked(respond?: (response: ServerResponse) => void) {
    const sentry = await sentryServer(respond);
    configure({ ...alertSettings(9), ALERT_EMAIL: "", SENTRY_DSN: sentry.dsn });
    return sentry;
  }

  it("checks in when it begins and when it ends, under its job, and says when it is expected", async () => {
    const sentry = await tracked();
    await fireCron(db, FIRING!);
    await backgroundWork();
    const [begun, ended] = sentry.checkIns();
    const monitor_config = {
      schedule: { type: "crontab", value: "2 * * * *" },
      checkin_margin: 30,
      max_runtime: 60,
      timezone: "UTC",
    };
    const common = { check_in_id: begun?.check_in_id, monitor_slug: "job-cleanup", environment: "development" };
    expect(sentry.items.map(({ type }) => type)).toEqual(["check_in", "check_in"]);
    expect(begun).toEqual({ ...common, status: "in_progress", monitor_config });
    expect(begun?.check_in_id).toMatch(/^[\da-f]{32}$/);
    expect(ended).toEqual({ ...common, status: "ok", duration: expect.any(Number), monitor_config });
  });

  it("that fails checks in as failed, and its error arrives with its id", async () => {
    const sentry = await tracked();
    await mislay(db, "job-cleanup");
    await fireCron(db, FIRING!);
    await mislay(db, "job-cleanup", "back");
    await backgroundWork();
    const checkIns = sentry.checkIns();
    expect(checkIns.map(({ status }) => status)).toEqual(["in_progress", "error"]);
    expect(new Set(checkIns.map(({ check_in_id }) => check_in_id)).size).toBe(1);
    const [run] = await rows<{ id: string }>(db, sql`select id from job_runs where job_name = 'job-cleanup'`);
    expect(sentry.events()).toMatchObject([
      { transaction: "job-cleanup", tags: { job: "job-cleanup", run_id: run?.id } },
    ]);
  });

  it("that is paused has not ended, and continues under the same id; the next attempt has another", async () => {
    const sentry = await tracked();
    const at = new Date("2026-03-09T00:05:00Z");
    const fire = (over: object, from = at) =>
      runJob(anyJob(weekly), { week: "2026-03-02" }, at, { ...invocation(db, from.toISOString()), ...over });
    await fire({ deadline: Number(at) });
    await backgroundWork();
    await fire({ trigger: "continuation" }, later(at, DAY));
    await backgroundWork();
    const weeks = sentry.checkIns();
    expect(weeks.map(({ status }) => status)).toEqual(["in_progress", "in_progress", "ok"]);
    expect(new Set(weeks.map(({ check_in_id }) => check_in_id)).size).toBe(1);
  });

  it("that takes long is reported while it runs", async () => {
    const sentry = await tracked();
    const run = async () => {
      await expect
        .poll(() => sentry.checkIns().map(({ status }) => status), { timeout: 60_000 })
        .toEqual(["in_progress"]);
      return { counts: {}, details: {} };
    };
    const long = {
      name: "long-job",
      command: "long",
      summary: "Takes long.",
      path: "/api/long",
      parameters: z.strictObject({}),
      result: z.object({}),
      run,
    };
    const answer = await runJob(anyJob(long), {}, FIRING!.at, invocation(db, FIRING!.at.toISOString()));
    await backgroundWork();
    expect(answer.status).toBe(200);
    expect(sentry.checkIns()).toMatchObject([{ status: "in_progress" }, { status: "ok", monitor_slug: "long-job" }]);
  });

  it.each<[string, ((response: ServerResponse) => void) | undefined]>([
    ["never answers", () => {}],
    ["hangs up", (response) => void response.destroy()],
    ["is not there", undefined],
  ])("succeeds with a tracker that %s", async (_, respond) => {
    if (respond === undefined)
      configure({ ...alertSettings(9), ALERT_EMAIL: "", SENTRY_DSN: "http://key@127.0.0.1:1/42" });
    else await tracked(respond);
    const { answer } = await fireCron(db, FIRING!);
    expect(answer).toMatchObject({ status: 200, body: { skipped: false } });
    await backgroundWork(); // ends although the tracker never answers
  });

  it("checks in nowhere without a DSN", async () => {
    const sentry = await tracked();
    configure({ ...alertSettings(9), ALERT_EMAIL: "" });
    await fireCron(db, FIRING!);
    await backgroundWork();
    expect(sentry.raw).toEqual([]);
  });

  it("is expected as its crons say: by crontab where each firing is a run, once a period where one of them is", () => {
    const schedules = Object.values(JOBS).map(({ name }) => {
      const monitor = monitorOf(JOBS, name, new Date("2026-03-02T12:00:00Z"), 3_600_000);
      const { schedule } = monitor!;
      return [name, schedule.type === "crontab" ? schedule.value : `every ${schedule.unit}`, monitor?.marginMinutes];
    });
    expect(schedules).toEqual([
      ["weekly-events", "every week", 960],
      ["monthly-events", "every month", 5760],
      ["email-dispatch", "*/15 * * * *", 10],
      ["job-cleanup", "2 * * * *", 30],
      ["slot-maintenance", "0 2 * * *", 120],
      ["calendar-tracking", "0 21,22,23 * * *", 30],
      ["site-processing", "*/15 * * * *", 10],
    ]);
    expect(monitorOf(JOBS, "a-job-of-nobody", new Date(), 1)).toBeUndefined();
  });
});
