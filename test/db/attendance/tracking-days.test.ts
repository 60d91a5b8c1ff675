import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import {
  configureGoogle,
  fireTracking,
  NOW,
  runTracking,
  type TrackingResponse,
} from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { event } from "../../worlds/google-events.ts";

const at = (instant: string) => new Date(instant);

const it = databaseTest();

describe("a day of attendance", () => {
  let db: Db;
  let google: GoogleServer;
  beforeAll(async () => {
    google = await startGoogle();
  });
  afterAll(() => google.close());
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
    configureGoogle(google);
    google.calendars = { "team@club.example": [] };
    google.onList = [];
  });

  const day = (told: TrackingResponse, date: string) => told.days.find((line) => line.date === date);
  const known = async () =>
    (
      await rows<{ day: string }>(
        db,
        sql`select date::text || case when final then ' final' else ' open' end as day from daily_metrics order by date`,
      )
    ).map(({ day }) => day);

  it("is provisional with pending appointments on its evening, and final after its midnight", async () => {
    google.calendars["team@club.example"] = [
      event({ colorId: "2", start: "2026-02-10T20:00:00Z", end: "2026-02-10T21:00:00Z" }),
      event({ colorId: "2", start: "2026-02-10T21:30:00Z", end: "2026-02-10T22:30:00Z", summary: "Ada verkauft" }),
      event({ status: "cancelled", start: "2026-02-10T22:30:00Z", end: "2026-02-10T22:45:00Z" }),
    ];
    const evening = await runTracking(db);
    expect(day(evening, "2026-02-10")).toMatchObject({
      final: false,
      totalSlots: 3,
      completed: 1,
      sold: 0,
      pending: 1,
      cancelled: 1,
      showRate: 33.33,
      netShowRate: 100,
    });
    const midnight = await runTracking(db, {}, at("2026-02-10T23:00:00Z"));
    expect(day(midnight, "2026-02-10")).toMatchObject({
      final: true,
      completed: 2,
      sold: 1,
      pending: 0,
      showRate: 66.67,
    });
    expect(day(midnight, "2026-02-11")).toMatchObject({ final: false, totalSlots: 0, showRate: null });
    expect(midnight.changes).toEqual([
      {
        date: "2026-02-10",
        changed: { completed: { from: 1, to: 2 }, sold: { from: 0, to: 1 }, pending: { from: 1, to: 0 } },
      },
    ]);
  });

  it("is final only without pending appointments", async () => {
    google.calendars["team@club.example"] = [
      event({ colorId: "2", start: "2026-02-10T22:30:00Z", end: "2026-02-10T23:30:00Z" }),
    ];
    const justAfter = await runTracking(db, {}, at("2026-02-10T23:10:00Z"));
    expect(day(justAfter, "2026-02-10")).toMatchObject({ final: false, pending: 1 });
    const later = await runTracking(db, {}, at("2026-02-11T22:00:00Z"));
    expect(day(later, "2026-02-10")).toMatchObject({ final: true, completed: 1 });
  });

  it.each([
    ["in summer", "2026-07-10T21:00:00Z", "2026-06-27", "2026-07-10"],
    ["in summer an hour later, when the next day has begun", "2026-07-10T22:00:00Z", "2026-06-28", "2026-07-11"],
    ["in winter an hour early", "2026-02-10T21:00:00Z", "2026-01-28", "2026-02-10"],
    ["in winter", "2026-02-10T22:00:00Z", "2026-01-28", "2026-02-10"],
    ["on the day the clock goes forward", "2026-03-29T21:00:00Z", "2026-03-16", "2026-03-29"],
    ["on the day the clock goes back", "2026-10-25T22:00:00Z", "2026-10-12", "2026-10-25"],
  ])("is read with the 13 days before it %s", async (_, now, start, end) => {
    expect(await runTracking(db, {}, at(now))).toMatchObject({ start, end, daysRead: 14 });
    const [asked] = google.lists().slice(-1);
    expect(new Date(asked?.query.get("timeMin") ?? "").getTime() % 60_000).toBe(59_000);
  });

  it("with 23 or 25 hours is read from midnight to midnight", async () => {
    google.calendars["team@club.example"] = [
      event({ colorId: "2", start: "2026-10-24T22:00:00Z", end: "2026-10-24T22:30:00Z" }), // 0:00 summer time
      event({ colorId: "2", start: "2026-10-25T22:59:00Z", end: "2026-10-25T23:30:00Z" }), // 23:59 winter time
      event({ colorId: "2", start: "2026-10-25T23:00:00Z" }), // the next day
      event({ colorId: "2", start: "2026-03-28T22:59:00Z", end: "2026-03-28T23:30:00Z" }), // 23:59 the day before
      event({ colorId: "2", start: "2026-03-29T21:59:00Z", end: "2026-03-29T22:30:00Z" }), // 23:59 summer time
    ];
    const autumn = await runTracking(db, { date: "2026-10-25" }, at("2026-11-01T12:00:00Z"));
    expect(autumn.days).toMatchObject([{ totalSlots: 2 }]);
    const spring = await runTracking(db, { date: "2026-03-29" }, at("2026-11-01T12:00:00Z"));
    expect(spring.days).toMatchObject([{ totalSlots: 1 }]);
  });

  it("without appointments has a row of zeros, and an unread day has no row", async () => {
    await runTracking(db, { date: "2026-02-08" });
    const [stored, ...others] = await db.select().from(dailyMetrics);
    expect(others).toEqual([]);
    expect(stored).toMatchObject({ date: "2026-02-08", totalSlots: 0, showRate: null, netShowRate: null, final: true });
  });

  it("that could not be read is read by a later run, whose window reaches back", async () => {
    await runTracking(db, {}, at("2026-02-10T23:00:00Z"));
    google.onList = () => new Response("{}", { status: 404, headers: { "content-type": "application/json" } });
    const { outcome } = await fireTracking(db, {}, at("2026-02-28T22:00:00Z"));
    expect(outcome.status).toBe("failed");
    google.onList = [];
    expect(await runTracking(db, {}, at("2026-03-20T22:00:00Z"))).toMatchObject({
      start: "2026-02-11",
      end: "2026-03-20",
      daysRead: 38,
      requests: 2,
      daysOutOfReach: 0,
    });
    expect((await known()).filter((entry) => entry.endsWith("open"))).toEqual(["2026-03-20 open"]);
  });

  it("more than 92 days back is left out of the daily run and reported", async () => {
    await runTracking(db, { date: "2026-02-10" }, at("2026-02-11T22:00:00Z"));
    const told = await runTracking(db, {}, at("2026-06-20T21:00:00Z"));
    expect(told).toMatchObject({ start: "2026-03-21", end: "2026-06-20", daysRead: 92, daysOutOfReach: 38 });
  });

  it("is read again until it is final, within reach", async () => {
    google.calendars["team@club.example"] = [
      event({ colorId: "2", start: "2026-02-02T08:00:00Z", end: "2026-02-20T08:00:00Z" }), // for weeks
    ];
    await runTracking(db, { start: "2026-02-02", end: "2026-02-10" });
    expect((await known()).filter((entry) => entry.endsWith("open"))).toEqual(["2026-02-02 open", "2026-02-10 open"]);
    const told = await runTracking(db, {}, at("2026-02-24T22:00:00Z"));
    expect(told.start).toBe("2026-02-02");
    expect(day(told, "2026-02-02")).toMatchObject({ final: true, completed: 1 });
  });

  it("follows TRACKING_TIMEZONE, not the calendar's zone", async () => {
    google.calendars["team@club.example"] = [event({ colorId: "2", start: "2026-02-09T00:30:00Z" })];
    configureGoogle(google, { TRACKING_TIMEZONE: "America/New_York" });
    const told = await runTracking(db, {}, NOW);
    expect(day(told, "2026-02-08")).toMatchObject({ totalSlots: 1 });
    const [stored] = await db.select().from(dailyMetrics).where(sql`total_slots > 0`);
    expect(Object.keys(stored?.byHour as object)).toEqual(["19:00"]);
  });
});
