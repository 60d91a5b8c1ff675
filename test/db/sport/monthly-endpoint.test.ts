import { eq } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { jobRuns, periodChanges } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { monthlyResults } from "../../../lib/sport/evaluation/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { DELETE, GET, POST } from "../../support/http/api.ts";
import {
  type Answer,
  CRON_SECRET,
  call,
  dump,
  type Refusal,
  SETTINGS,
  type Sent,
} from "../../support/http/requests.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

/** The monthly job as an endpoint. The months in these tests ended long ago, because handlers read the real clock. */

const it = databaseTest({ ...SETTINGS, EVENTS_TIMEZONE: "Europe/Berlin" });

interface Run extends Record<string, unknown> {
  emails: { queued: number; skipped: number; failed: number };
}

/** Fires the job and waits for its work after the response. */
async function fire<Body = Run>(query = "", { method = "POST", ...sent }: Sent = {}): Promise<Answer<Body>> {
  const handler = method === "GET" ? GET : POST;
  const answer = await call<Body>(handler, `/api/events/monthly${query}`, { method, token: CRON_SECRET, ...sent });
  await backgroundWork();
  return answer;
}

const DERIVED = ["monthly_results", "monthly_rankings", "monthly_standings", "awards", "user_badges", "notifications"];

const FIRST = new Date("2020-01-31T23:00:00Z"); // 1 February 2020 in Berlin
const LATER = new Date("2020-02-29T23:00:00Z");

describe("POST /api/events/monthly", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(db, { userId: "ada", at: "2020-02-10T10:00:00Z", activities: [pushups(2200)] });
  });

  it("evaluates the given month and reports the counts", async ({ db }) => {
    const { status, body } = await fire("?month=2020-02");
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "ok",
      skipped: false,
      monthStart: FIRST.toISOString(),
      monthEnd: "2020-02-29T22:59:59.999Z",
      processedUsers: 2,
      trained: 1,
      newResults: 2,
      changedResults: 0,
      changes: [],
      challengeMet: 1,
      points: 2200,
      workouts: 1,
      awards: 5,
      badges: 8,
      emails: { queued: 0, skipped: 0, failed: 0 },
      emailResults: [],
    });
    expect(await db.$count(emailQueue)).toBe(0); // only the newest month is mailed
  });

  it("takes the month from the query or the body, with GET or POST", async () => {
    await fire("", { json: { month: "2020-02" } });
    const again = await fire("?month=2020-02", { method: "GET" });
    expect(again.body).toMatchObject({ skipped: true, reason: "already-processed", monthStart: FIRST.toISOString() });
  });

  it("evaluates a month again if forced, and changes no row", async ({ db }) => {
    await fire("?month=2020-02");
    const before = await dump(db, ...DERIVED);
    expect((await fire("?month=2020-02&force=true")).body).toMatchObject({ status: "ok", skipped: false });
    expect(await dump(db, ...DERIVED)).toEqual(before);
  });

  it("reports in a dry run what it would do, and writes nothing", async ({ db }) => {
    const written = [...DERIVED, "job_runs", "email_queue", "period_changes"];
    const before = await dump(db, ...written);
    const dry = await fire("?month=2020-02&dryRun=true");
    expect(await dump(db, ...written)).toEqual(before);
    expect(dry.body).toMatchObject({ processedUsers: 2, points: 2200, awards: 5, badges: 8 });
  });

  it("skips a month that has not ended", async ({ db }) => {
    const { status, body } = await fire("?month=2999-01");
    expect([status, body]).toMatchObject([200, { skipped: true, reason: "not-due" }]);
    expect(await db.$count(jobRuns)).toBe(0);
  });

  it.for([
    ["month=2026-13", '"2026-13"'],
    ["month=2026-00", '"2026-00"'],
    ["month=2026-1", '"2026-1"'],
    ["month=February", '"February"'],
    ["month=", '""'],
    ["month=2026-01&month=2026-02", "several"],
  ] as const)("refuses a wrong month: %s", async ([query, got], { db }) => {
    const { status, body } = await fire<Refusal>(`?${query}`);
    expect([status, body.error]).toMatchObject([400, { code: "invalid-parameter", field: "month", got }]);
    expect(await db.$count(jobRuns)).toBe(0);
  });

  it("refuses the parameter week", async () => {
    const { status, body } = await fire<Refusal>("?week=2020-02-03");
    expect([status, body.error.field]).toEqual([400, "week"]);
  });

  it("is noted for another evaluation when a workout arrives in a month and a week that have ended", async ({ db }) => {
    const item = { id: "late", userId: "ada", startTime: "2020-02-29T22:59:59Z", activities: [pushups(5)] };
    await call(POST, "/api/sport/workouts", { json: { workouts: [item] } });
    const noted = await db.select().from(periodChanges).orderBy(periodChanges.jobName);
    expect(noted.map(({ jobName, scheduledFor }) => [jobName, scheduledFor])).toEqual([
      ["monthly-events", LATER],
      ["weekly-events", new Date("2020-03-01T23:00:00Z")],
    ]);
  });

  it("loses the results and rankings of an erased user", async ({ db }) => {
    await fire("?month=2020-02");
    await call(DELETE, "/api/sport/users", { method: "DELETE", json: { users: [{ id: "ada" }] } });
    for (const [table, rows] of Object.entries(await dump(db))) {
      expect([table, rows.filter((row) => row.user_id === "ada" || row.id === "ada")]).toEqual([table, []]);
    }
    expect(await db.$count(monthlyResults, eq(monthlyResults.userId, "bob"))).toBe(1);
  });
});
