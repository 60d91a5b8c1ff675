import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { calendarTracking } from "../../../lib/attendance/tracking-job.ts";
import type { Db } from "../../../lib/db/db.ts";
import { addDays } from "../../../lib/time/dates.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import { configureGoogle, NOW, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { dump } from "../../support/http/requests.ts";
import { event } from "../../worlds/google-events.ts";

const DAY_MS = 86_400_000;
const ATTENDANCE = ["calendar_appointments", "daily_metrics", "calendar_readings"] as const;

/** Two appointments on each of some days before NOW. */
const busyDays = (days: number) =>
  Array.from({ length: 2 * days }, (_, n) => {
    const start = new Date(
      NOW.getTime() - Math.floor(n / 2) * DAY_MS - (5 + n) * 60_000 * (n % 2 === 0 ? 60 : 1),
    ).toISOString();
    return event({ id: `busy${n}`, colorId: n % 5 === 0 ? "11" : "2", start });
  });

const it = databaseTest();

describe("a backfill", () => {
  let db: Db;
  let google: GoogleServer;
  beforeAll(async () => {
    google = await startGoogle({ calendars: { "team@club.example": busyDays(100) } });
  });
  afterAll(() => google.close());
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
    configureGoogle(google);
    google.requests.length = 0;
    google.onList = [];
  });

  const year = { start: "2025-02-11", end: "2026-02-10" };
  const attendance = () => dump(db, ...ATTENDANCE);
  const figures = async () => (await attendance()).daily_metrics?.map(({ read_at: _, ...rest }) => rest);

  it("of a year makes one request for each 31 days", async () => {
    const told = await runTracking(db, year);
    expect(told).toMatchObject({ daysRead: 365, requests: 12, added: 200, daysSkipped: 0 });
    expect(google.lists()).toHaveLength(12);
    expect(told.days).toHaveLength(365);
  });

  it("has at most 3,660 days, up to today", async () => {
    const today = "2026-02-10";
    const check = (params: { start?: string; end?: string; date?: string }) =>
      calendarTracking.check?.(db, { dryRun: false, force: false, ...params }, NOW);
    await check({ start: addDays(today, -3_659) });
    await check({ start: today, end: today });
    await check({ date: today });
    await expect(check({ start: addDays(today, -3_660) })).rejects.toThrow(
      /start: expected at most 3660 days, got 3661/,
    );
    await expect(check({ start: today, end: addDays(today, 1) })).rejects.toThrow(/end: expected a date up to today/);
    await expect(check({ date: addDays(today, 1) })).rejects.toThrow(/date: expected a date up to today/);
  });

  it("ends today by default", async () => {
    expect(await runTracking(db, { start: "2026-02-01" })).toMatchObject({
      start: "2026-02-01",
      end: "2026-02-10",
    });
  });

  it("reads only days that are not final when it is repeated, and changes nothing", async () => {
    await runTracking(db, year);
    const before = await figures();
    google.requests.length = 0;
    const again = await runTracking(db, year);
    expect(again).toMatchObject({
      daysRead: 1,
      daysSkipped: 364,
      requests: 1,
      added: 0,
      changed: 0,
      gone: 0,
      changes: [],
    });
    expect(await figures()).toEqual(before);
  });

  it("reads everything again with force, and changes nothing", async () => {
    await runTracking(db, year);
    const before = await figures();
    const again = await runTracking(db, { ...year, force: "true" });
    expect(again).toMatchObject({ daysRead: 365, requests: 12, added: 0, changed: 0, gone: 0, changes: [] });
    expect(await figures()).toEqual(before);
  });

  it("skips final days in between", async () => {
    await runTracking(db, { start: "2026-01-01", end: "2026-01-31" });
    google.requests.length = 0;
    const told = await runTracking(db, { start: "2025-12-20", end: "2026-02-05" });
    expect(told).toMatchObject({ daysRead: 17, daysSkipped: 31, requests: 2 });
    const asked = google.lists().map(({ query }) => [query.get("timeMin"), query.get("timeMax")]);
    expect(asked).toEqual([
      ["2025-12-19T22:59:59.000Z", "2025-12-31T23:00:00.000Z"],
      ["2026-01-31T22:59:59.000Z", "2026-02-05T23:00:00.000Z"],
    ]);
  });

  it("writes nothing in a dry run, and reports what the real run does", async () => {
    const before = await dump(db);
    const dry = await runTracking(db, { ...year, dryRun: "true" });
    // That there was a dry run is recorded, and what it asked of Google counts.
    const { calendar_rate: _, job_executions: __, ...data } = before;
    expect(await dump(db, ...Object.keys(data))).toEqual(data);
    const real = await runTracking(db, year);
    const told = ({ scheduledFor: ___, ...rest }: typeof real & { scheduledFor?: string }) => rest;
    expect(told(dry)).toEqual(told(real));
  });

  it("run dry over what is known reports the changes that the real one makes", async () => {
    await runTracking(db, year);
    const [first, ...others] = google.calendars["team@club.example"] ?? [];
    google.calendars["team@club.example"] = [
      { ...first, id: "busy0", summary: "Max (ghost)" },
      ...others.slice(1),
    ] as typeof others;
    const dry = await runTracking(db, { ...year, force: "true", dryRun: "true" });
    expect(dry).toMatchObject({ changed: 1, gone: 1 });
    expect(dry.changes.length).toBeGreaterThan(0);
    const real = await runTracking(db, { ...year, force: "true" });
    expect(real.changes).toEqual(dry.changes);
    google.calendars["team@club.example"] = busyDays(100);
  });

  it.each([
    [{ start: "2026-02-11" }, /start: expected a date up to today \(2026-02-10\), got 2026-02-11/],
    [{ date: "2027-01-01" }, /date: expected a date up to today/],
    [{ start: "2026-02-05", end: "2026-02-04" }, /end: expected a date that is not before start, got "2026-02-04"/],
    [{ end: "2026-02-04" }, /start: expected a calendar date YYYY-MM-DD together with end, got nothing/],
    [{ date: "2026-02-04", start: "2026-02-01" }, /date: expected either this or start and end, got "2026-02-04"/],
    [{ start: "2000-01-01" }, /start: expected at most 3660 days, got 9538 days/],
    [{ start: "2026-02-30" }, /start: expected a calendar date YYYY-MM-DD, got "2026-02-30"/],
    [{ dryRun: "maybe" }, /dryRun: expected true or false, got "maybe"/],
    [{ days: "3" }, /days: expected no such field, got one/],
  ])("asked for %j is refused, and nothing happens", async (given, sentence) => {
    await expect(runTracking(db, given)).rejects.toMatchObject({
      code: "invalid-parameter",
      message: expect.stringMatching(sentence),
    });
    expect(google.requests).toEqual([]);
    expect((await dump(db, "job_runs")).job_runs).toEqual([]);
  });
});
