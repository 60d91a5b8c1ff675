import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { jobsPaused } from "../../../lib/health/work.ts";
import { pauseJob, resumeJob } from "../../../lib/jobs/pauses.ts";
import { findOverdueJobs } from "../../../lib/supervision/overdue.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { incidentsOf, mislay, operator } from "../../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, HOUR, later, MINUTE, movingClock, tick } from "../../support/jobs/ticks-timeline.ts";
import { addUsers } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/** What a paused job does, and what supervision makes of it (docs/domain.md, section 2). */

const SATURDAY = new Date("2026-03-07T12:05:00Z");
const MONDAY = new Date("2026-03-09T00:05:00Z");
const ACTOR = { kind: "operator", id: "mara", name: "Mara" } as const;

let connection: Connection;
let db: Db;
let subjects: (about?: string) => Promise<string[]>;
beforeAll(async () => {
  connection = await freshPostgres();
  db = connection.db;
});
afterAll(() => connection.close());
beforeEach(async () => {
  await empty(db);
  ({ subjects } = await operator(SETTINGS));
});

const pause = (job: string, from: Date, until: Date | null = null) =>
  pauseJob(db, job, { until, reason: "holidays", actor: ACTOR }, from);

/** The runs of what was due since the Saturday. */
const runs = (job: string) =>
  rows<{ status: string; trigger: string; missed: boolean }>(
    db,
    sql`select status, trigger, coalesce(missed, false) as missed from job_runs where job_name = ${job} and scheduled_for > ${SATURDAY.toISOString()}::timestamptz order by scheduled_for`,
  );

/** Fires the crons of jobs. */
async function fireAll(from: Date, to: Date, ...jobs: string[]): Promise<void> {
  for (const firing of firings(from, to, ...jobs)) await fireCron(db, firing, 1_000);
}

describe("a paused job", () => {
  it("is skipped by its crons and run by people", async () => {
    await pause("email-dispatch", SATURDAY);
    const [firing] = firings(SATURDAY, later(SATURDAY, HOUR), "email-dispatch");
    const { answer } = await fireCron(db, firing!, 1_000);
    expect(answer).toEqual({
      status: 200,
      body: {
        status: "ok",
        skipped: true,
        reason: "paused",
        detail: "it was paused at 2026-03-07T12:05:00.000Z, until it is resumed, by Mara: holidays",
        scheduledFor: "2026-03-07T12:15:00.000Z",
      },
    });
    expect(await runs("email-dispatch")).toEqual([]);
    const byHand = await fireCron(db, firing!, 1_000, { trigger: "manual" });
    expect(byHand.answer).toMatchObject({ status: 200, body: { skipped: 0, processed: 0 } });
  });

  it("misses nothing over three days, and is expected again from the end of the pause", async () => {
    await tick(db, SATURDAY);
    const end = later(SATURDAY, 3 * DAY);
    await pause("slot-maintenance", SATURDAY, end);
    await fireAll(SATURDAY, later(end, -HOUR), "slot-maintenance");
    expect(await runs("slot-maintenance")).toEqual([]);
    expect(await subjects("slot")).toEqual([]);

    await tick(db, later(end, MINUTE));
    expect(await runs("slot-maintenance")).toEqual([]);
    const grace = new Date("2026-03-11T04:00:00Z"); // due at 02:00, with two hours of grace
    const overdue = async (at: Date) =>
      (await findOverdueJobs(db, JOBS, at, "UTC")).jobs.filter(({ jobName }) => jobName === "slot-maintenance");
    expect(await overdue(later(grace, -MINUTE))).toEqual([]);
    expect(await overdue(later(grace, MINUTE))).toMatchObject([{ since: new Date("2026-03-11T02:00:00Z") }]);
    await tick(db, later(grace, MINUTE));
    expect(await runs("slot-maintenance")).toEqual([{ status: "failed", trigger: "catch-up", missed: true }]);
    expect(await subjects("slot")).toEqual(["[Sportify Alert] slot-maintenance is overdue"]);
  });

  it("is not missed in a pause that ended, if another begins before a tick", async () => {
    await tick(db, SATURDAY);
    await pause("job-cleanup", SATURDAY);
    await tick(db, later(SATURDAY, 5 * HOUR)); // as pausing again does
    await resumeJob(db, "job-cleanup", later(SATURDAY, 5 * HOUR));
    await pause("job-cleanup", later(SATURDAY, 5 * HOUR + MINUTE));
    await tick(db, later(SATURDAY, 6 * HOUR));
    expect(await runs("job-cleanup")).toEqual([]);
  });

  it("ends an incident because it did not run, with the reason, and not what it failed at", async () => {
    await tick(db, SATURDAY);
    await tick(db, later(SATURDAY, 2 * HOUR)); // no cron has fired
    await pause("job-cleanup", later(SATURDAY, 2 * HOUR));
    await tick(db, later(SATURDAY, 3 * HOUR));
    expect(await subjects("job-cleanup")).toEqual([
      "[Sportify Alert] job-cleanup is overdue",
      "[Sportify Alert] Resolved: job-cleanup is overdue",
    ]);
    const [{ reason } = {}] = await rows<{ reason: string }>(
      db,
      sql`select details->>'closedBecause' as reason from incidents where key = 'overdue:job-cleanup'`,
    );
    expect(reason).toContain("by Mara: holidays");
    await resumeJob(db, "job-cleanup", later(SATURDAY, 4 * HOUR));
    await tick(db, later(SATURDAY, 4 * HOUR + MINUTE)); // what was missed before the pause is not alarming after it
    expect((await incidentsOf(db, "job-cleanup")).map(({ closed }) => closed)).toEqual([true]);
  });
});

describe("a paused week", () => {
  beforeEach(async () => {
    await addUsers(db, "ada");
    await fireWeekly(db, "2026-03-02T00:05:00Z");
    await tick(db, SATURDAY);
  });

  it.each([["resumed by an operator"], ["whose pause ends by itself"]])(
    "%s opens no incident and is evaluated once by the tick after the pause",
    async (how) => {
      const end = later(MONDAY, 2 * DAY); // the crons of this week are over
      const byItself = how.includes("itself");
      await pause("weekly-events", SATURDAY, byItself ? end : null);
      await fireAll(SATURDAY, end, "weekly-events", "slot-maintenance");
      expect(await runs("weekly-events")).toEqual([]);
      expect(await subjects("weekly")).toEqual([]);
      if (!byItself) await resumeJob(db, "weekly-events", end);

      const ticks = await Promise.all([1, 2, 3].map(() => tick(db, later(end, MINUTE))));
      await tick(db, later(end, DAY));
      expect(ticks.flatMap(({ resumed }) => resumed)).toEqual(["weekly-events 2026-03-09T00:00:00.000Z"]);
      expect(await runs("weekly-events")).toMatchObject([{ status: "completed", trigger: "catch-up" }]);
      expect(await subjects("weekly")).toEqual([]);
    },
  );

  it("that is in progress goes on, and one that failed waits for the end of the pause", async () => {
    const step = { ...movingClock(MONDAY, 1_000), deadline: Number(MONDAY) + 1 };
    expect((await fireWeekly(db, MONDAY.toISOString(), {}, step)).main.outcome.status).toBe("partial");
    await pause("weekly-events", MONDAY);
    await tick(db, later(MONDAY, MINUTE));
    expect(await runs("weekly-events")).toMatchObject([{ status: "completed" }]);

    await rows(db, sql`delete from job_runs where scheduled_for = '2026-03-09T00:00Z'`);
    await mislay(db, "weekly-events");
    await fireWeekly(db, MONDAY.toISOString(), {}, { trigger: "manual" });
    await mislay(db, "weekly-events", "back");
    await tick(db, later(MONDAY, HOUR));
    expect(await runs("weekly-events")).toMatchObject([{ status: "failed" }]);
    await resumeJob(db, "weekly-events", later(MONDAY, HOUR));
    await tick(db, later(MONDAY, HOUR + MINUTE));
    expect(await runs("weekly-events")).toMatchObject([{ status: "completed" }]);
  });
});

describe("an incident of a period", () => {
  it.each([
    ["that nobody acknowledged has one reminder a day", false, false, ["", "Reminder: ", "Reminder: ", "Resolved: "]],
    ["that is acknowledged has none, but its recovery", true, false, ["", "Resolved: "]],
    ["of a paused job has none, but its recovery", false, true, ["", "Resolved: "]],
  ])("%s", async (_, acknowledged, paused, expected) => {
    await rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, attempt, trigger, metadata)
        values ('weekly-events', '2026-03-02T00:00Z', 'failed', 3, 'cron', '{"error": {"code": "internal", "message": "x"}}')`,
    );
    await tick(db, SATURDAY);
    if (acknowledged) await rows(db, sql`update incidents set acknowledged_at = opened_at`);
    if (paused) await pause("weekly-events", SATURDAY);
    for (let hours = 6; hours <= 54; hours += 6) await tick(db, later(SATURDAY, hours * HOUR));
    await rows(db, sql`delete from job_runs where job_name = 'weekly-events'`);
    await tick(db, later(SATURDAY, 55 * HOUR));
    const failed = (await subjects("weekly-events failed")).map((subject) =>
      subject.replace("weekly-events failed", ""),
    );
    expect(failed).toEqual(expected.map((prefix) => `[Sportify Alert] ${prefix}`));
  });
});

describe("health", () => {
  it.each([
    ["a pause with an end", 40, later(SATURDAY, 90 * DAY), "pass"],
    ["a pause without an end", 30, null, "pass"],
    ["a pause that was probably forgotten", 31, null, "warn"],
  ])("names %s", async (_, days, until, status) => {
    await pause("weekly-events", SATURDAY, until);
    const found = await jobsPaused(db, later(SATURDAY, days * DAY));
    expect(found).toMatchObject({ status, observedValue: 1 });
    expect(found.output).toContain("weekly-events is paused since 2026-03-07T12:05:00.000Z");
  });
});
