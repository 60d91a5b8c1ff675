import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, row, rows } from "../../lib/db/db.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { recordChanges } from "../../lib/jobs/settlement.ts";
import { redirectLog } from "../../lib/log.ts";
import { dispatch } from "../../lib/mail/delivery/dispatch.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { fireWeekly, invocation } from "../support/jobs/invoke-weekly.ts";
import { incidentsOf, mislay, operator } from "../support/jobs/supervise-operator.ts";
import { fireCron, firings, HOUR, later, MINUTE, tick } from "../support/jobs/ticks-timeline.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

/** Several ticks at once, each on a connection of its own, are like one. */

const NOON = new Date("2026-03-09T12:00:00Z");
const WEEK_END = new Date("2026-03-09T00:00:00Z");
const AT_ONCE = 5;

describe("ticks at once", () => {
  let connection: Connection;
  let db: Db;
  let runs: string[];
  beforeEach(async () => {
    connection = await freshPostgres({ max: 4 * AT_ONCE });
    db = connection.db;
    runs = [];
    redirectLog((_, line) => {
      const { event, job, scheduledFor, status, attempt } = JSON.parse(line);
      if (event === "job_run") runs.push(`${job} ${scheduledFor} ${status} in attempt ${attempt}`);
    });
  });
  afterEach(async () => {
    redirectLog(() => {});
    await connection.close();
  });

  const atOnce = <T>(work: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, n) => work(n)));

  it("send one alert for a thousand failures of one kind, and one mail when it works again", async () => {
    const { subjects } = await operator();
    await mislay(db, "email-dispatch");
    let failures = 0;
    let at = NOON;
    for (; failures < 1_000; at = later(at, 5 * MINUTE)) {
      const failed = await atOnce(async (n) => {
        const manual = invocation(db, at.toISOString(), { trigger: "manual" });
        const outcomes = [];
        for (let m = 0; m < 5; m++)
          outcomes.push((await runOccurrence(dispatch, {}, later(at, 5 * n + m), manual)).outcome);
        await tick(db, at);
        return outcomes.filter(({ status }) => status === "failed").length;
      });
      for (const more of failed) failures += more;
    }
    expect(await subjects("email-dispatch failed")).toEqual(["[Sportify Alert] email-dispatch failed"]);

    await mislay(db, "email-dispatch", "back");
    await atOnce(async (n) => {
      await runOccurrence(dispatch, {}, later(at, n), invocation(db, at.toISOString(), { trigger: "manual" }));
      await tick(db, at);
    });
    await tick(db, at);
    expect(await subjects("email-dispatch failed")).toEqual([
      "[Sportify Alert] email-dispatch failed",
      "[Sportify Alert] Resolved: email-dispatch failed",
    ]);
    expect(await incidentsOf(db, "failed")).toMatchObject([{ closed: true, alerted: true, recovered: true }]);
  });

  it("send at most one alert an hour about a fault that comes and goes", async () => {
    const { subjects } = await operator();
    const alerts: number[] = [];
    for (let minutes = 0; minutes < 180; minutes += 5) {
      const at = later(NOON, minutes * MINUTE);
      const broken = minutes % 10 === 0;
      if (broken) await mislay(db, "email-dispatch");
      await runOccurrence(dispatch, {}, at, invocation(db, at.toISOString(), { trigger: "manual" }));
      if (broken) await mislay(db, "email-dispatch", "back");
      await atOnce(() => tick(db, at, { deadline: Number(at) }));
      const told = (await subjects("email-dispatch failed")).filter((subject) => !subject.includes("Resolved"));
      if (told.length > alerts.length) alerts.push(minutes);
    }
    expect(alerts).toEqual([0, 60, 120]);
    expect(await subjects("Resolved: email-dispatch failed")).toHaveLength(3);
  });

  it("continue a paused week once", async () => {
    await operator(SETTINGS);
    await addUsers(db, "ada", "bob");
    await fireWeekly(db, NOON.toISOString(), { date: "2026-03-02" }, { deadline: 0 });
    runs = [];
    const ticks = await atOnce(() => tick(db, later(NOON, MINUTE)));
    expect(ticks.flatMap(({ resumed }) => resumed)).toEqual([`weekly-events ${WEEK_END.toISOString()}`]);
    expect(runs.filter((run) => run.includes(WEEK_END.toISOString()))).toEqual([
      `weekly-events ${WEEK_END.toISOString()} completed in attempt 1`,
    ]);
    expect(await row(db, sql`select count(*)::int as mails from email_queue`)).toEqual({ mails: 2 });
  });

  it("try a failed run again once", async () => {
    await operator(SETTINGS);
    await mislay(db, "weekly-events");
    await fireWeekly(db, NOON.toISOString(), { date: "2026-03-02" });
    runs = [];
    const ticks = await atOnce((n) => tick(db, later(NOON, MINUTE + n)));
    expect(ticks.flatMap(({ resumed }) => resumed)).toHaveLength(1);
    expect(runs).toEqual([`weekly-events ${WEEK_END.toISOString()} failed in attempt 2`]);
  });

  it("take in late entries once, however often they come", async () => {
    await operator(SETTINGS);
    await addUsers(db, "ada");
    await fireWeekly(db, NOON.toISOString(), { date: "2026-03-02" });
    for (let round = 1; round <= 8; round++) {
      const at = later(NOON, round * MINUTE);
      await recordChanges(db, "weekly-events", [WEEK_END, WEEK_END], at);
      runs = [];
      const ticks = await atOnce(() => tick(db, at));
      expect(ticks.flatMap(({ resumed }) => resumed)).toHaveLength(1);
      expect(runs).toHaveLength(1);
      expect(await rows(db, sql`select from period_changes`)).toEqual([]);
    }
  });

  it("give up on a stuck run once, and finish it once", async () => {
    const { subjects } = await operator(SETTINGS);
    await rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, trigger, started_at, heartbeat_at, lease_until, lease_token)
        select 'email-dispatch', timestamptz '2026-03-09T11:00Z' + n * interval '1 minute', 'running', 'cron',
          '2026-03-09T11:00Z', '2026-03-09T11:00Z', '2026-03-09T11:01Z', gen_random_uuid() from generate_series(1, 9) n`,
    );
    const ticks = await atOnce(() => tick(db, NOON));
    expect(ticks.flatMap(({ expired }) => expired)).toHaveLength(9);
    expect(ticks.flatMap(({ opened }) => opened)).toEqual(["stuck-runs"]);
    expect(ticks.flatMap(({ resumed }) => resumed)).toEqual(["email-dispatch 2026-03-09T11:09:00.000Z"]); // the newest
    await tick(db, NOON);
    expect(await subjects("Resolved")).toHaveLength(1);
    expect((await subjects("stuck")).length).toBe(2);
  });

  it("record a missed run once, and send one alert about it", async () => {
    const { subjects } = await operator();
    await atOnce(() => tick(db, NOON));
    const ticks = await atOnce((n) => tick(db, later(NOON, 2 * HOUR + n)));
    expect(ticks.flatMap(({ opened }) => opened).sort()).toEqual([
      "overdue:email-dispatch",
      "overdue:job-cleanup",
      "overdue:site-processing",
    ]);
    await tick(db, later(NOON, 2 * HOUR));
    expect((await subjects()).sort()).toEqual([
      "[Sportify Alert] email-dispatch is overdue",
      "[Sportify Alert] job-cleanup is overdue",
      "[Sportify Alert] site-processing is overdue",
    ]);
    const missed = await rows(db, sql`select from job_runs where missed`);
    expect(missed).toHaveLength(7 + 2 + 7);
  });

  it("and a cron delivered several times at once run its occurrence once", async () => {
    await operator();
    const [firing] = firings(NOON, later(NOON, HOUR), "email-dispatch");
    const fired = await atOnce((n) => fireCron(db, firing!, 1_000 * n));
    const skipped = fired.filter(({ answer }) => "body" in answer && answer.body.skipped === true);
    expect(skipped).toHaveLength(AT_ONCE - 1);
    expect(runs).toEqual([`email-dispatch ${firing?.at.toISOString()} completed in attempt 1`]);
  });
});
