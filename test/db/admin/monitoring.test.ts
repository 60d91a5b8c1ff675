import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordSyncStatus } from "../../../lib/attendance/google/sync-status.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { addDays as shift } from "../../../lib/time/dates.ts";
import { localDate } from "../../../lib/time/periods.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { GET, POST } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addDays } from "../../worlds/attendance.ts";
import { addMails, addRuns } from "../../worlds/ledger.ts";

const DAY = 24 * 60;

interface Monitored {
  incidents: { open: { key: string; title: string }[]; recent: { key: string }[] };
  jobs: {
    stats: Record<string, unknown>[];
    byJob: Record<string, unknown>[];
    recentFailures: Record<string, unknown>[];
    missed: Record<string, unknown>[];
    stuckJobs: Record<string, unknown>[];
  };
  emails: {
    stats: Record<string, unknown>[];
    recent: Record<string, unknown>[];
    queue: Record<string, unknown>;
  };
  attendance: {
    state: { status: string; output?: string };
    days: { lastFinal: string | null; open: number; oldestOpen: string | null };
    noShows: { from: string; to: string; rate: number | null; missed: number; total: number };
    calendars: Record<string, unknown>[];
  };
}

describe("monitoring", () => {
  let db: Db;
  const now = new Date();
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(closeDatabase);
  beforeEach(() => {
    configure(SETTINGS);
    return empty(db);
  });

  const look = async () => (await call<Monitored>(GET, "/api/admin/monitoring")).body;

  it("tells of jobs that have never run when they will, and claims no rates", async () => {
    const { jobs, emails } = await look();
    expect(jobs.stats).toEqual([]);
    expect(jobs.byJob.map(({ jobName }) => jobName)).toEqual(
      expect.arrayContaining(["weekly-events", "monthly-events", "email-dispatch", "job-cleanup"]),
    );
    for (const job of jobs.byJob) {
      expect(job).toMatchObject({ lastRun: null, lastSuccess: null, p50Ms: null, successRate: null, missed: 0 });
      expect(Date.parse(String(job.nextExpectedRun))).toBeGreaterThan(Number(now));
    }
    expect(emails.queue).toMatchObject({ waiting: 0, due: 0, oldestDueSeconds: null, secondsToDrain: 0 });
  });

  it("counts runs per job and status over 30 days, missed ones apart from failed ones", async () => {
    await addRuns(
      db,
      now,
      { minutesAgo: 15, metadata: { durationMs: 100 } },
      { minutesAgo: 30, metadata: { durationMs: 300 } },
      { minutesAgo: 45, metadata: { durationMs: 200 } },
      { minutesAgo: 60, status: "failed", metadata: { error: { code: "x", message: "y" } } },
      { minutesAgo: 75, status: "failed", startedAt: null, metadata: { missed: true, reason: "nobody came" } },
      { minutesAgo: 31 * DAY, metadata: { durationMs: 9_999 } },
    );
    const { jobs } = await look();
    expect(jobs.stats).toEqual([
      {
        jobName: "email-dispatch",
        status: "completed",
        count: 3,
        lastRun: new Date(Number(now) - 15 * 60_000).toISOString(),
        failedCount: 0,
        missedCount: 0,
        runningCount: 0,
        completedCount: 3,
      },
      expect.objectContaining({ status: "failed", count: 2, failedCount: 1, missedCount: 1, completedCount: 0 }),
    ]);
    const summary = jobs.byJob.find(({ jobName }) => jobName === "email-dispatch");
    expect(summary).toMatchObject({ p50Ms: 200, p95Ms: 300, successRate: 60, missed: 1 });
    expect(jobs.recentFailures).toEqual([expect.objectContaining({ error: { code: "x", message: "y" } })]);
    expect(jobs.missed).toEqual([expect.objectContaining({ reason: "nobody came" })]);
  });

  it("lists stuck runs, and fails them by hand", async () => {
    await addRuns(db, now, {
      minutesAgo: 5,
      status: "running",
      completedAt: null,
      heartbeatAt: new Date(Number(now) - 240_000),
      leaseUntil: new Date(Number(now) - 180_000),
    });
    expect((await look()).jobs.stuckJobs).toHaveLength(1);
    const answer = await call(POST, "/api/admin/monitoring/cleanup-jobs", { method: "POST" });
    const [run] = await db.select().from(jobRuns);
    const jobs = [{ id: run?.id, jobName: run?.jobName, startedAt: run?.startedAt?.toISOString() }];
    expect(answer.body).toMatchObject({ status: "ok", cleaned: 1, jobs, opened: ["stuck-runs"] });
    expect(run).toMatchObject({ status: "failed", metadata: { cleanup_reason: expect.stringContaining("no sign") } });
    const { jobs: left, incidents: known } = await look();
    expect(left.stuckJobs).toEqual([]);
    expect(known.open).toMatchObject([{ key: "stuck-runs", title: "1 run was stuck" }]);
  });

  it("shows an incident whose alert could not be sent, with the reason", async () => {
    await addRuns(db, now, { minutesAgo: 5, status: "failed", metadata: { error: { code: "x", message: "y" } } });
    await call(POST, "/api/admin/monitoring/cleanup-jobs", { method: "POST" });
    expect((await look()).incidents.open).toMatchObject([
      { key: "failed:email-dispatch", alertedAt: null, alertError: expect.stringContaining("ALERT_EMAIL") },
    ]);
  });

  it("counts mails per status over 7 days and tells how long the queue will take", async () => {
    await addMails(
      db,
      now,
      ...Array.from({ length: 30 }, () => ({ minutesAgo: 10 })),
      { minutesAgo: 20, status: "failed", failedAfterRetries: true, failure: "transient" },
      { minutesAgo: 20, status: "failed", failure: "unknown", error: "delivery-unknown" },
      { minutesAgo: 8 * DAY, status: "sent" },
    );
    const { emails } = await look();
    expect(emails.stats).toEqual([
      { status: "failed", count: 2, failedAfterRetries: 1 },
      { status: "pending", count: 30, failedAfterRetries: 0 },
    ]);
    // 30 mails at 25 every 15 minutes.
    expect(emails.queue).toMatchObject({ waiting: 30, due: 30, secondsToDrain: 1_800, deliveryUnknown: 1 });
    expect(emails.queue.oldestDueSeconds).toBeGreaterThanOrEqual(600);
  });

  it("shows of an address only as much as it takes to recognise it, and nothing of the content", async () => {
    await addMails(db, now, { recipient: "barbara@club.example", text: "ganz geheim", html: "ganz geheim" });
    const answer = await call<Monitored>(GET, "/api/admin/monitoring");
    expect(answer.body.emails.recent).toMatchObject([{ recipient: "b…@club.example", status: "pending" }]);
    expect(JSON.stringify(answer.body)).not.toMatch(/barbara|geheim/);
  });

  it("shows the attendance: final days, no-shows, and the last sync of each calendar", async () => {
    const today = localDate(now, "Europe/Berlin");
    const before = (await look()).attendance;
    expect(before).toMatchObject({
      state: { status: "pass", output: expect.stringContaining("GOOGLE_CALENDAR_IDS") },
      days: { lastFinal: null, open: 0, oldestOpen: null },
      noShows: { rate: null, missed: 0, total: 0 },
      calendars: [],
    });
    expect(Date.parse(before.noShows.to) - Date.parse(before.noShows.from)).toBe(6 * DAY * 60_000);
    await addDays(
      db,
      { date: shift(today, -3), completed: 3, no_shows: 1, ghosts: 1 },
      { date: shift(today, -4), completed: 2, pending: 1, final: false },
      { date: shift(today, -5), pending: 1, final: false },
      { date: shift(today, -20), no_shows: 9 },
    );
    configure({ ...SETTINGS, GOOGLE_CALENDAR_IDS: "second@club.example,team@club.example,never@club.example" });
    const error = new AppError("calendar-unreadable", "calendar second@club.example: share it");
    const read = ["team@club.example", "former@club.example"].map((calendarId) => ({ calendarId }));
    await recordSyncStatus(db, read, [{ calendarId: "second@club.example", error }], now);
    expect((await look()).attendance).toEqual({
      state: { status: "warn", output: expect.stringContaining("GOOGLE_CREDS_BASE64") },
      days: { lastFinal: shift(today, -3), open: 2, oldestOpen: shift(today, -5) },
      noShows: { from: expect.any(String), to: expect.any(String), rate: 22.22, missed: 2, total: 9 },
      calendars: [
        { calendarId: "second@club.example", succeededAt: null, failedAt: expect.any(String), error: error.message },
        { calendarId: "team@club.example", succeededAt: expect.any(String), failedAt: null, error: null },
      ],
    });
    for (const { succeededAt, failedAt } of (await look()).attendance.calendars) {
      expect(succeededAt ?? failedAt).toBe(now.toISOString());
    }
  });

  it("reads its figures from indexes", async () => {
    await db.execute(sql`set enable_seqscan = off`);
    for (const [query, index] of [
      ["select job_name, status, count(*) from job_runs where scheduled_for > now() group by 1, 2", "job_runs_recent"],
      ["select status, count(*) from email_queue where created_at > now() group by 1", "email_queue_recent"],
      ["select count(*) from email_queue where status in ('pending', 'retrying')", "email_queue_due"],
      ["select count(*) from email_queue where status = 'failed' and failure = 'unknown'", "email_queue_failed"],
    ] as const) {
      const plan = await rows<{ "QUERY PLAN": string }>(db, sql.raw(`explain ${query}`));
      expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain(index);
    }
    await db.execute(sql`reset enable_seqscan`);
  });
});
