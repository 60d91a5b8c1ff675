import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { redirectLog } from "../../../lib/log.ts";
import { weeklyResults } from "../../../lib/sport/evaluation/schema.ts";
import { localDate, type Period } from "../../../lib/time/periods.ts";
import { users } from "../../../lib/users/schema.ts";
import { NOW, setClock, WEEK } from "../../support/clock.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { GET, POST } from "../../support/http/api.ts";
import { CRON_SECRET, hoursInto, SETTINGS, type Sent } from "../../support/http/requests.ts";
import { callJob, dumpWork } from "../../support/jobs/supervise-requests.ts";
import { addUsers, addWorkouts, befriend, pushups, running } from "../../worlds/club.ts";

/** What a firing does and answers. Its contract is section 3 of the domain text. */

const DAY_MS = 86_400_000;

interface Run extends Record<string, unknown> {
  emails: { queued: number; skipped: number; failed: number };
  emailResults: { userId: string; status: string; reason?: string }[];
  changes: { userId: string; pointsBefore: number; points: number }[];
}

const get = (query = "") => callJob<Run>(GET, `/api/events/weekly${query}`, { token: CRON_SECRET });
const post = (query = "", sent: Sent = {}) =>
  callJob<Run>(POST, `/api/events/weekly${query}`, { method: "POST", token: CRON_SECRET, ...sent });

describe("firing the weekly job", () => {
  let db: Db;
  let week: Period;
  /** A date in the newest ended week. */
  let date: string;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(closeDatabase);
  beforeEach(async () => {
    setClock();
    configure(SETTINGS);
    week = WEEK;
    date = localDate(new Date(hoursInto(week, 50)), WEEK.zone);
    await empty(db);
    await addUsers(
      db,
      "ada",
      { id: "bob", preferences: { notifications: { email: false } } },
      { id: "cyd", email: null },
      { id: "dan", isActive: false },
    );
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(
      db,
      { userId: "ada", at: hoursInto(week, 10), activities: [pushups(60), running(5)] },
      { userId: "ada", at: hoursInto(week, 40) },
      { userId: "bob", at: hoursInto(week, 20), activities: [pushups(7)] },
    );
  });

  it("responds with the period, the number of users and the results of their mails", async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "ok",
      skipped: false,
      processedUsers: 3,
      weekStart: week.start.toISOString(),
      weekEnd: new Date(week.end.getTime() - 1).toISOString(),
      emails: { queued: 1, skipped: 2, failed: 0 },
    });
    expect(body.weekEnd).toMatch(/:59\.999Z$/);
    expect(body.emailResults).toEqual([
      { userId: "bob", status: "skipped", reason: "email-notifications-disabled" },
      { userId: "cyd", status: "skipped", reason: "no-email-address" },
      { userId: "ada", status: "queued" },
    ]);
  });

  it("catches up on the three weeks before it, oldest first, without mails", async () => {
    const { body } = await get();
    const starts = [3, 2, 1].map((ago) => new Date(week.start.getTime() - 7 * ago * DAY_MS).toISOString());
    expect(body.catchUp).toMatchObject(
      starts.map((weekStart) => ({
        status: "ok",
        weekStart,
        processedUsers: 3,
        emails: { queued: 0, skipped: 0, failed: 0 },
      })),
    );
  });

  it("does the same for a GET and for a POST, with parameters in the query or in the body", async () => {
    const answers = [
      await get(`?week=${date}&dryRun=true`),
      await post(`?week=${date}&dryRun=true`),
      await post("", { json: { week: date, dryRun: true } }),
      await post("?dryRun=1", { json: { week: date, dryRun: "true" } }),
      await post(`?week=${date}&dryRun=false`, { json: { dryRun: true } }),
    ];
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]?.body });
    expect((await dumpWork(db)).job_runs).toEqual([]);
  });

  it.each(["", "week"])("writes nothing on a dry run and returns the result of the real run (%s)", async (named) => {
    const query = named === "" ? "" : `week=${date}`;
    const before = await dumpWork(db);
    const dry = await get(`?dryRun=true&${query}`);
    expect(await dumpWork(db)).toEqual(before);
    const { catchUp: _, ...expected } = dry.body;
    const { catchUp: __, ...real } = (await get(`?${query}`)).body;
    expect(expected).toEqual(real);
    expect(real).toMatchObject({ points: 127, workouts: 3, awards: 2, processedUsers: 3 });
  });

  it("on a dry run counts a badge of weeks before that are still to be done as the real run does", async () => {
    const earlier = new Date(week.start.getTime() - 5 * DAY_MS).toISOString();
    await addWorkouts(db, { userId: "ada", at: earlier, activities: [pushups(50)] });
    const dry = await get("?dryRun=true");
    const real = await get();
    expect(dry.body.badges).toBe(real.body.badges);
  });

  it("on a dry run of a week that is done tells the same as a forced one", async () => {
    await get();
    const before = await dumpWork(db);
    const dry = await get("?dryRun=true");
    expect(await dumpWork(db)).toEqual(before);
    const forced = await get("?force=true");
    expect(dry.body).toEqual(forced.body);
    expect(forced.body.emailResults).toContainEqual({ userId: "ada", status: "skipped", reason: "already-queued" });
    expect(forced.body).toMatchObject({ newResults: 0, changedResults: 0, changes: [] });
  });

  it("on a dry run of a week that is done names the results that late entries would change", async () => {
    const first = await get();
    expect(first.body).toMatchObject({ newResults: 3, changedResults: 0, changes: [] });
    const late = new Date(week.end.getTime() - DAY_MS).toISOString();
    await addWorkouts(db, { userId: "ada", at: late, activities: [pushups(50)] });
    const { body } = await get("?dryRun=true");
    expect(body).toMatchObject({ newResults: 0, changedResults: 1 });
    expect(body.changes).toMatchObject([{ userId: "ada", points: (body.changes[0]?.pointsBefore ?? 0) + 50 }]);
  });

  it("evaluates a completed week again only if forced", async () => {
    await get();
    const done = await dumpWork(db);
    const again = await get();
    expect(again.body).toMatchObject({ status: "ok", skipped: true, reason: "already-processed" });
    expect(await dumpWork(db)).toEqual(done);

    await db.update(users).set({ isActive: true }).where(eq(users.id, "dan"));
    for (const sent of [{ json: { force: true } }, { json: { force: true, week: date } }]) {
      expect((await post("", sent)).body).toMatchObject({ skipped: false, processedUsers: 4 });
    }
  });

  it("forced on unchanged data leaves every row but the ledger's as it was", async () => {
    await get();
    const { job_runs: _, ...done } = await dumpWork(db);
    await post("?force=true");
    const { job_runs: __, ...again } = await dumpWork(db);
    expect(again).toEqual(done);
  });

  it("does one named week and no other", async () => {
    const fortnight = new Date(week.start.getTime() - 14 * DAY_MS).toISOString();
    const { body } = await get(`?week=${localDate(new Date(fortnight), WEEK.zone)}`);
    expect(body.weekStart).toBe(fortnight);
    expect(body.catchUp).toBeUndefined();
    expect((await db.select().from(jobRuns)).map((run) => [run.status, run.trigger])).toEqual([
      ["completed", "manual"],
    ]);
    expect(body.emails).toEqual({ queued: 0, skipped: 0, failed: 0 });
  });

  it.each(["", "&force=true", "&dryRun=true"])("leaves a week that has not ended alone (%s)", async (more) => {
    const today = localDate(NOW, WEEK.zone);
    const before = await dumpWork(db);
    for (const day of [today, "2999-12-31"]) {
      const { status, body } = await get(`?week=${day}${more}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: "ok", skipped: true, reason: "not-due" });
    }
    expect(await dumpWork(db)).toEqual(before);
  });

  it("puts the period's numbers on record", async () => {
    await get();
    const [run] = await db.select().from(jobRuns).where(eq(jobRuns.scheduledFor, week.end));
    expect(run).toMatchObject({ jobName: "weekly-events", status: "completed", attempt: 1, leaseToken: null });
    expect(run?.metadata).toMatchObject({
      processedUsers: 3,
      workouts: 3,
      emails: { queued: 1, skipped: 2, failed: 0 },
    });
    expect(await db.$count(weeklyResults, eq(weeklyResults.weekStart, week.start))).toBe(3);
  });

  it("writes one line of JSON for each run, with its counts and without addresses", async () => {
    const lines: string[] = [];
    redirectLog((_, line) => lines.push(line));
    await get(`?week=${date}`);
    redirectLog(() => {});
    const [run] = await db.select().from(jobRuns);
    const told = lines.map((line) => JSON.parse(line));
    expect(told.filter(({ event }) => event !== "request")).toEqual([
      expect.objectContaining({
        level: "info",
        event: "job_run",
        job: "weekly-events",
        runId: run?.id,
        status: "completed",
        trigger: "manual",
        attempt: 1,
        processedUsers: 3,
        emails: { queued: 1, skipped: 2, failed: 0 },
        durationMs: expect.any(Number),
      }),
    ]);
    expect(lines.join()).not.toMatch(/@|club\.example/);
  });
});
