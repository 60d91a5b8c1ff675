import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as monthly from "../../../api/events/monthly.ts";
import * as users from "../../../api/sport/users.ts";
import * as workouts from "../../../api/sport/workouts.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { jobRuns, periodChanges } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { monthlyResults } from "../../../lib/sport/evaluation/schema.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
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

/** The monthly job as an endpoint. Handlers read the real clock, so the months here ended long ago. */

interface Run extends Record<string, unknown> {
  emails: { queued: number; skipped: number; failed: number };
}

/** Fires the job, and waits for what goes on after the answer. */
async function fire<Body = Run>(query = "", { method = "POST", ...sent }: Sent = {}): Promise<Answer<Body>> {
  const handler = method === "GET" ? monthly.GET : monthly.POST;
  const answer = await call<Body>(handler, `/api/events/monthly${query}`, { method, token: CRON_SECRET, ...sent });
  await backgroundWork();
  return answer;
}

const DERIVED = ["monthly_results", "monthly_rankings", "monthly_standings", "awards", "user_badges", "notifications"];

const FIRST = new Date("2020-01-31T23:00:00Z"); // 1 February 2020 in Berlin
const LATER = new Date("2020-02-29T23:00:00Z");

describe("POST /api/events/monthly", () => {
  let db: Db;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    configure({ ...SETTINGS, EVENTS_TIMEZONE: "Europe/Berlin" });
  });
  afterAll(closeDatabase);
  beforeEach(async () => {
    await empty(db);
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(db, { userId: "ada", at: "2020-02-10T10:00:00Z", activities: [pushups(2200)] });
  });

  it("evaluates the month that is asked for, and says so", async () => {
    const { status, body } = await fire("?month=2020-02");
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "ok",
      skipped: false,
      monthStart: FIRST.toISOString(),
      monthEnd: "2020-02-29T22:59:59.999Z",
      processedUsers: 2,
      points: 2200,
      workouts: 1,
      awards: 5,
      badges: 8,
      emails: { queued: 0, skipped: 0, failed: 0 },
      emailResults: [],
    });
    expect(await db.$count(emailQueue)).toBe(0); // an old month is nobody's news
  });

  it("takes the month from a body, and GET and POST alike", async () => {
    await fire("", { json: { month: "2020-02" } });
    const again = await fire("?month=2020-02", { method: "GET" });
    expect(again.body).toMatchObject({ skipped: true, reason: "already-processed", monthStart: FIRST.toISOString() });
  });

  it("does a month again where it is forced, and changes nothing by that", async () => {
    await fire("?month=2020-02");
    const before = await dump(db, ...DERIVED);
    expect((await fire("?month=2020-02&force=true")).body).toMatchObject({ status: "ok", skipped: false });
    expect(await dump(db, ...DERIVED)).toEqual(before);
  });

  it("tells in a dry run what it would do, and writes nothing", async () => {
    const written = [...DERIVED, "job_runs", "email_queue", "period_changes"];
    const before = await dump(db, ...written);
    const dry = await fire("?month=2020-02&dryRun=true");
    expect(await dump(db, ...written)).toEqual(before);
    expect(dry.body).toMatchObject({ processedUsers: 2, points: 2200, awards: 5, badges: 8 });
  });

  it("leaves a month alone that has not ended", async () => {
    const { status, body } = await fire("?month=2999-01");
    expect([status, body]).toMatchObject([200, { skipped: true, reason: "not-due" }]);
    expect(await db.$count(jobRuns)).toBe(0);
  });

  it.each([
    ["month=2026-13", '"2026-13"'],
    ["month=2026-00", '"2026-00"'],
    ["month=2026-1", '"2026-1"'],
    ["month=February", '"February"'],
    ["month=", '""'],
    ["month=2026-01&month=2026-02", "several"],
  ])("names the month that is wrong: %s", async (query, got) => {
    const { status, body } = await fire<Refusal>(`?${query}`);
    expect([status, body.error]).toMatchObject([400, { code: "invalid-parameter", field: "month", got }]);
    expect(await db.$count(jobRuns)).toBe(0);
  });

  it("takes no week", async () => {
    const { status, body } = await fire<Refusal>("?week=2020-02-03");
    expect([status, body.error.field]).toEqual([400, "week"]);
  });

  it("hears of a workout that comes to a month and a week that have ended, each by its own name", async () => {
    const item = { id: "late", userId: "ada", startTime: "2020-02-29T22:59:59Z", activities: [pushups(5)] };
    await call(workouts.POST, "/api/sport/workouts", { json: { workouts: [item] } });
    const noted = await db.select().from(periodChanges).orderBy(periodChanges.jobName);
    expect(noted.map(({ jobName, scheduledFor }) => [jobName, scheduledFor])).toEqual([
      ["monthly-events", LATER],
      ["weekly-events", new Date("2020-03-01T23:00:00Z")],
    ]);
  });

  it("forgets who is erased, in results and in rankings", async () => {
    await fire("?month=2020-02");
    await call(users.DELETE, "/api/sport/users", { method: "DELETE", json: { users: [{ id: "ada" }] } });
    for (const [table, rows] of Object.entries(await dump(db))) {
      expect([table, rows.filter((row) => row.user_id === "ada" || row.id === "ada")]).toEqual([table, []]);
    }
    expect(await db.$count(monthlyResults, eq(monthlyResults.userId, "bob"))).toBe(1);
  });
});
