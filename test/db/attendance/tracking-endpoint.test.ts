import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { trackingTables } from "../../../lib/cli/output/tracking-table.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { incidents, jobRuns } from "../../../lib/jobs/schema.ts";
import { localDate } from "../../../lib/time/periods.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import { settingsFor, type TrackingResponse } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET, POST } from "../../support/http/api.ts";
import { CRON_SECRET, dump, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";
import { event } from "../../worlds/google-events.ts";

const PATH = "/api/events/tracking";
/** Handlers read the real clock: what happens lies three days back in any zone. */
const then = new Date(Date.now() - 3 * 86_400_000);
const day = localDate(then, "Europe/Berlin");

const it = databaseTest();

describe("/api/events/tracking", () => {
  let db: Db;
  let google: GoogleServer;
  beforeAll(async () => {
    google = await startGoogle();
  });
  afterAll(() => google.close());
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
    google.onList = [];
    const start = then.toISOString();
    google.calendars = {
      "team@club.example": [event({ start, colorId: "2" }), event({ start, summary: "Ada (ghost)" })],
    };
    configure({ ...SETTINGS, ...settingsFor(google) });
  });

  const post = <Body = TrackingResponse>(json: object) =>
    callJob<Body>(POST, PATH, { method: "POST", token: CRON_SECRET, json });

  it("reads the window when its cron fires, once per occurrence", async () => {
    const headers = { "x-vercel-cron-schedule": "0 21,22,23 * * *", "user-agent": "vercel-cron/1.0" };
    const fire = () => callJob<TrackingResponse & { skipped: boolean }>(GET, PATH, { token: CRON_SECRET, headers });
    const first = await fire();
    expect(first).toMatchObject({ status: 200, body: { status: "ok", skipped: false, daysRead: 14, added: 2 } });
    expect(await fire()).toMatchObject({ status: 200, body: { skipped: true, reason: "already-processed" } });
    const [run, ...others] = await db.select().from(jobRuns);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ trigger: "cron", metadata: { daysRead: 14, appointments: 2, requests: 1 } });
    expect(run?.metadata).not.toHaveProperty("days"); // metrics are in their own table
  });

  it("reads a day on request, and answers with its metrics", async () => {
    const { status, body } = await post({ date: day });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      start: day,
      end: day,
      days: [{ date: day, totalSlots: 2, completed: 1, ghosts: 1, showRate: 50, noShowRate: 50, final: true }],
    });
    const told = trackingTables({ ...body });
    expect(told).toContain(`${day} `);
    expect(told).toContain("50.00 %");
    expect(told).toContain("1 day read with 1 request.\n2 appointments: 2 new");
  });

  it("writes nothing for a dry run", async () => {
    const before = await dump(db, "calendar_appointments", "daily_metrics", "calendar_readings", "job_runs");
    expect(await post({ date: day, dryRun: true })).toMatchObject({ status: 200, body: { added: 2, daysRead: 1 } });
    expect(await dump(db, ...Object.keys(before))).toEqual(before);
  });

  it("says which calendar cannot be read and what to do, in the response and in the incident", async () => {
    google.onList = () => Response.json({ error: { code: 404, message: "Not Found" } }, { status: 404 });
    const { status, body } = await post<Refusal>({ date: day });
    expect(status).toBe(500);
    expect(body.error.code).toBe("job-failed");
    expect(body.error.message).toMatch(/calendar team@club.example: Google does not know it.*share it with/);
    const [incident] = await db.select().from(incidents);
    expect(incident).toMatchObject({ key: "failed:calendar-tracking" });
    expect(JSON.stringify(incident?.details)).toContain("share it with");
    expect(await db.select().from(dailyMetrics)).toEqual([]);
  });

  it.each([
    [{ date: "2026-02-30" }, "date"],
    [{ start: day, end: "2001-01-01" }, "end"],
    [{ date: "2999-01-01" }, "date"],
    [{ force: 7 }, "force"],
    [{ calendars: ["x"] }, "calendars"],
  ])("refuses %j with 400 and the field's name", async (given, field) => {
    expect(await post<Refusal>(given)).toMatchObject({ status: 400, body: { error: { field } } });
    expect(google.calendars["team@club.example"]).toHaveLength(2);
    expect(await db.select().from(jobRuns)).toEqual([]);
  });

  it.each([{ "x-vercel-cron-schedule": "0 21,22,23 * * *" }, { "x-taktwerk-continuation": "2999-01-01T00:00:00Z" }])(
    "stores nothing for a future date, with the headers %j",
    async (headers) => {
      const { status, body } = await callJob<TrackingResponse & { skipped: boolean }>(GET, `${PATH}?date=2999-01-01`, {
        token: CRON_SECRET,
        headers,
      });
      if (status === 200) expect(body).toMatchObject({ skipped: true, reason: "not-due" });
      else expect(status).toBe(400);
      expect(await db.select().from(jobRuns)).toEqual([]);
    },
  );

  it("requires CRON_SECRET", async () => {
    for (const token of [null, "another-secret-of-tests"]) {
      expect(await callJob(POST, PATH, { method: "POST", token })).toMatchObject({ status: 401 });
    }
    configure({ ...SETTINGS, CRON_SECRET: undefined });
    expect(await callJob(GET, PATH, { token: CRON_SECRET })).toMatchObject({ status: 503 });
  });
});
