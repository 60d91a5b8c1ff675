import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { incidents, jobExecutions } from "../../../lib/jobs/schema.ts";
import { setClock } from "../../support/clock.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addDays, appointment, writePage } from "../../worlds/attendance.ts";
import { addBookings } from "../../worlds/bookings.ts";
import { addUsers } from "../../worlds/club.ts";
import { addMails, addRuns } from "../../worlds/ledger.ts";
import { addSite } from "../../worlds/site.ts";
import { addException, addProvider, addService, addSlots } from "../../worlds/slots.ts";

/** A Wednesday, 13:00 in Berlin. */
const NOW = new Date("2026-03-11T12:00:00Z");
const ZONES = { EVENTS_TIMEZONE: "Europe/Berlin", TRACKING_TIMEZONE: "Europe/Berlin" };
const HOUR = 60;

const utc = (text: string) => new Date(`2026-03-${text}:00Z`);

// biome-ignore lint/suspicious/noExplicitAny: the answer is checked against its schema by the test's client
type Overview = Record<string, any>;

describe("the overview", () => {
  let db: Db;
  const ask = async () => {
    setClock(NOW);
    const { status, body } = await call<Overview>(GET, "/api/admin/overview");
    expect(status).toBe(200);
    return body;
  };

  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    configure({ ...SETTINGS, ...ZONES });
  });
  afterAll(closeDatabase);

  it("has figures of a new deployment, and claims none that it does not know", async () => {
    const overview = await ask();
    expect(overview).toMatchObject({
      timezone: "Europe/Berlin",
      waiting: { bookings: 0, attendance: 0, mail: 0, incidents: 0 },
      attention: [],
      runs: { last24Hours: { due: 0, onTime: 0, late: 0, failed: 0, missed: 0 } },
      bookings: { date: "2026-03-11", booked: 0, places: 0, bookedWeekBefore: 0, hours: [], next: [], providers: 0 },
      attendance: { appointments: 0, showRate: null, trendPoints: null, days: [] },
      site: { sites: 0, visitors: 0, trendPercent: null },
      mail: { delivered: 0, refused: 0 },
      lastNight: { since: "2026-03-10T21:00:00.000Z", missed: 0, jobs: [] },
      week: null,
    });
    expect(overview.site.days).toHaveLength(30);
    expect(overview.mail.days).toHaveLength(14);
    expect(overview.runs.nextRun.at).toBe("2026-03-11T12:02:00.000Z");
  });

  it("counts the places of today by hour, and lists the next bookings by slot", async () => {
    await addProvider(db, { timezone: "Europe/Berlin", name: "Praxis Nord" });
    await addService(db);
    const [, group, single] = await addSlots(
      db,
      { startsAt: utc("11T08:00"), bookedCount: 1 },
      { startsAt: utc("11T14:00"), capacity: 8, bookedCount: 2 },
      { startsAt: utc("11T16:30"), bookedCount: 1 },
      { startsAt: utc("11T17:30") },
      { startsAt: utc("12T09:00"), bookedCount: 1 },
      { startsAt: utc("04T09:00"), bookedCount: 1 },
    );
    await db.execute(
      sql`insert into slot_days (service_id, local_date, offered, booked) values ('massage', '2026-03-04', 9, 2)`,
    );
    await addBookings(
      db,
      { startsAt: utc("11T14:00"), slotId: group ?? null, customerName: "Ada" },
      { startsAt: utc("11T14:00"), slotId: group ?? null, customerName: "Ben" },
      { startsAt: utc("11T16:30"), slotId: single ?? null, customerName: "Cleo", status: "pending" },
      { startsAt: utc("11T17:30"), customerName: "Dora", status: "cancelled" },
    );
    const { bookings, requests, attention } = await ask();
    expect(bookings).toMatchObject({ booked: 4, places: 11, bookedWeekBefore: 3, providers: 1 });
    expect(bookings.hours.filter((hour: { places: number }) => hour.places > 0)).toEqual([
      { hour: 9, booked: 1, places: 1 },
      { hour: 15, booked: 2, places: 8 },
      { hour: 17, booked: 1, places: 1 },
      { hour: 18, booked: 0, places: 1 },
    ]);
    expect(bookings.hours).toHaveLength(10);
    const shown = { serviceName: "Massage", providerName: "Praxis Nord" };
    expect(bookings.next).toMatchObject([
      { ...shown, customerName: null, bookings: 2, capacity: 8, status: "confirmed" },
      { ...shown, customerName: "Cleo", bookings: 1, capacity: 1, status: "pending" },
    ]);
    expect(requests).toBe(1);
    expect(attention).toMatchObject([{ kind: "booking-request", customerName: "Cleo" }]);
  });

  it("finds bookings on closed days and in blocked spans of the provider's own days", async () => {
    await addException(db, { date: "2026-03-13", reason: "sick" });
    await addException(db, { date: "2026-03-16", kind: "blocked", startMinute: 600, endMinute: 660 });
    await addBookings(
      db,
      { startsAt: utc("12T23:00"), customerName: "Midnight in Berlin, the first hour of the closed day" },
      { startsAt: utc("13T22:30"), customerName: "Half an hour of the closed day" },
      { startsAt: utc("13T23:00"), customerName: "The day after" },
      { startsAt: utc("13T10:00"), customerName: "Cancelled", status: "cancelled" },
      { startsAt: utc("16T09:30"), customerName: "10:30 to 11:30 in Berlin" },
      { startsAt: utc("16T10:00"), customerName: "After the blocked hour" },
    );
    const { attention, conflicts, waiting } = await ask();
    const [closed, blocked] = attention;
    expect(closed).toEqual({
      kind: "booking-conflict",
      providerId: "praxis",
      providerName: "Praxis Nord",
      date: "2026-03-13",
      exception: "closed",
      reason: "sick",
      bookings: 2,
      firstStart: "2026-03-12T23:00:00.000Z",
    });
    expect(blocked).toMatchObject({ exception: "blocked", date: "2026-03-16", reason: null, bookings: 1 });
    expect({ conflicts, waiting: waiting.bookings }).toEqual({ conflicts: 3, waiting: 4 });
  });

  it("counts late, failed and missed runs of crons, and sums what each job did since 22:00", async () => {
    await addRuns(
      db,
      NOW,
      { minutesAgo: 15 },
      { minutesAgo: 30, startedAt: new Date(Number(NOW) - 19 * 60_000) },
      { minutesAgo: 45, status: "failed" },
      { minutesAgo: 60, status: "failed", startedAt: null, metadata: { missed: true } },
      { minutesAgo: 61, trigger: "manual" },
      { minutesAgo: 25 * HOUR, status: "failed" },
      { minutesAgo: 10 * HOUR, jobName: "weekly-events", startedAt: new Date(Number(NOW) - 9 * 3_600_000) },
    );
    const executed = (at: Date, counts: unknown, more: object = {}) => ({
      jobName: "email-dispatch",
      trigger: "cron" as const,
      startedAt: at,
      endedAt: at,
      outcome: "completed" as const,
      counts,
      ...more,
    });
    await db
      .insert(jobExecutions)
      .values([
        executed(utc("10T20:59"), { processed: 100 }),
        executed(utc("10T21:00"), { processed: 3, failed: 1 }),
        executed(utc("11T06:00"), { processed: 4, failed: 0, unreachable: "no" }),
        executed(utc("11T07:00"), null, { outcome: "failed" }),
        executed(utc("11T08:00"), { processed: 50 }, { dryRun: true }),
      ]);
    const { runs, lastNight } = await ask();
    expect(runs.last24Hours).toEqual({ due: 5, onTime: 2, late: 1, failed: 1, missed: 1 });
    expect(lastNight).toMatchObject({ since: "2026-03-10T21:00:00.000Z", missed: 1 });
    expect(lastNight.jobs).toEqual([
      {
        command: "dispatch",
        jobName: "email-dispatch",
        executions: 3,
        failed: 1,
        missed: 1,
        lastId: expect.any(String),
        lastAt: "2026-03-11T07:00:00.000Z",
        lastOutcome: "failed",
        lastCounts: null,
        totals: { processed: 7, failed: 1 },
      },
    ]);
  });

  it("lists open incidents with their remedy, acknowledged ones last, and refused mails", async () => {
    await db.insert(incidents).values([
      {
        key: "mail:given-up",
        title: "2 mails were given up after retries",
        details: {},
        openedAt: utc("10T10:00"),
        seenAt: NOW,
        acknowledgedAt: utc("10T11:00"),
        acknowledgedBy: "Mara Lindholm",
        acknowledgement: "The server is being replaced.",
      },
      { key: "failed:weekly-events", title: "failed", details: {}, openedAt: utc("11T10:00"), seenAt: NOW },
      { key: "stuck-runs", title: "over", details: {}, openedAt: utc("01T10:00"), seenAt: NOW, closedAt: NOW },
    ]);
    const refused = { status: "failed", failure: "permanent", minutesAgo: 60, processedAt: utc("11T11:30") };
    await addMails(
      db,
      NOW,
      { status: "sent", minutesAgo: 10 },
      { status: "sent", minutesAgo: 3 * 24 * HOUR },
      { ...refused, error: "550 5.1.1 mailbox unknown" },
      { ...refused, error: "554 5.7.1 rejected as spam" },
      { ...refused, minutesAgo: 25 * HOUR },
      { status: "failed", failure: "unknown", minutesAgo: 5 },
      { status: "pending", minutesAgo: 5 },
    );
    const { attention, waiting, mail } = await ask();
    const listed = attention.filter(({ kind }: { kind: string }) => kind === "incident" || kind === "mails-refused");
    expect(listed).toEqual([
      {
        kind: "incident",
        incident: expect.objectContaining({ kind: "failed", subject: "weekly-events", remedy: "run-again" }),
      },
      {
        kind: "incident",
        incident: expect.objectContaining({
          key: "mail:given-up",
          acknowledged: { at: "2026-03-10T11:00:00.000Z", by: "Mara Lindholm", note: "The server is being replaced." },
        }),
      },
      { kind: "mails-refused", since: "2026-03-11T11:30:00.000Z", refused: 2, unknownMailbox: 1, attempted: 4 },
    ]);
    expect(waiting).toMatchObject({ mail: 3, incidents: 1 });
    expect(mail).toMatchObject({ delivered: 2, refused: 4, queue: { waiting: 1 } });
    expect(mail.days.at(-1)).toEqual({ date: "2026-03-11", delivered: 1, refused: 3 });
  });

  it("compares the show rate with the 30 days before, and counts appointments without an outcome", async () => {
    const dates = Array.from({ length: 60 }, (_, nth) =>
      new Date(Date.UTC(2026, 2, 11) - nth * 86_400_000).toISOString().slice(0, 10),
    );
    await addDays(
      db,
      ...dates.map((date, nth) =>
        nth < 30 ? { date, completed: 4, no_shows: 1 } : { date, completed: 3, no_shows: 1 },
      ),
    );
    await db.execute(sql`update daily_metrics set final = false where date = '2026-03-11'`);
    const at = (startsAt: Date, over: object = {}) =>
      appointment({ startsAt, localDate: startsAt.toISOString().slice(0, 10), outcome: "completed", ...over });
    await writePage(db, [
      at(utc("09T09:00"), { confidence: "low", consultant: "Carla" }),
      at(utc("10T09:00"), { confidence: "low", consultant: "Carla" }),
      at(utc("10T10:00"), { confidence: "low", consultant: "Anna" }),
      at(utc("10T11:00"), { confidence: "high" }),
      at(utc("02T09:00"), { confidence: "low" }),
    ]);
    await db.execute(sql`update daily_metrics set final = date <> '2026-03-11'`);
    const { attendance, attention, waiting } = await ask();
    expect(attendance.unjudged).toEqual({
      from: "2026-03-04",
      to: "2026-03-10",
      count: 3,
      appointments: 4,
      consultant: "Carla",
    });
    expect(attention).toContainEqual({ kind: "appointments-unjudged", ...attendance.unjudged });
    expect(waiting.attendance).toBe(3);
    expect(attendance.previousShowRate).toBe(75);
    expect(attendance.trendPoints).toBe(Math.round(100 * (attendance.showRate - 75)) / 100);
    expect(attendance.days).toHaveLength(30);
    expect(attendance.days.at(-1)).toEqual({
      date: "2026-03-11",
      showRate: 80,
      appointments: 5,
      pending: 0,
      final: false,
    });
    expect(attendance.days.filter(({ final }: { final: boolean }) => !final)).toHaveLength(1);
  });

  it("sums the visitors of all open sites by day, and compares full days", async () => {
    await addSite(db, { customerId: "shop" });
    await addSite(db, { customerId: "blog", timezone: "UTC" });
    await addSite(db, { customerId: "closed" });
    await db.execute(sql`update sites set active = customer_id <> 'closed'`);
    await db.execute(sql`insert into business.rollups (customer_id, dimension, bucket, value, events, page_views, visits, bounces,
        duration_ms, visitors)
      select site, 'day', (day::date)::timestamp at time zone zone, '', 1, 1, 1, 0, 0, visitors
      from (values ('shop', 'Europe/Berlin', '2026-03-11', 5), ('shop', 'Europe/Berlin', '2026-03-10', 20),
        ('blog', 'UTC', '2026-03-10', 10), ('closed', 'UTC', '2026-03-10', 99), ('shop', 'Europe/Berlin', '2026-02-08', 24),
        ('shop', 'Europe/Berlin', '2026-02-09', 7)) as own (site, zone, day, visitors)`);
    const { site } = await ask();
    // Full days: 30 against 24. The 9th of February is the day 30 days before today, which is not over.
    expect(site).toMatchObject({ sites: 2, visitors: 35, trendPercent: 25, pending: 0, rejected: 0, lagSeconds: 0 });
    expect(site.days.slice(-2)).toEqual([
      { date: "2026-03-10", visitors: 30, previous: 24 },
      { date: "2026-03-11", visitors: 5, previous: 7 },
    ]);
  });

  it("shows the newest evaluated week, and its change to the week before", async () => {
    await addUsers(db, "ada", "ben", { id: "hidden", showInGlobalRankings: false });
    const start = new Date("2026-03-01T23:00:00Z");
    await db.execute(sql`insert into period_totals (period_kind, period_start, period_end, users, active_users, points, workouts,
        points_goal_met, exercise_goal_met, challenge_met)
      values ('week', '2026-02-22T23:00:00Z', ${start.toISOString()}, 3, 1, 10, 1, 0, 0, 0),
        ('week', ${start.toISOString()}, '2026-03-08T23:00:00Z', 3, 2, 3500.5, 5, 2, 0, 1)`);
    await db.execute(sql`insert into leaderboard_results (week_start, user_id, rank, points, participants)
      values (${start.toISOString()}, 'ada', 1, 1200.5, 1), (${start.toISOString()}, 'hidden', 1, 2300, 1)`);
    await db.execute(sql`insert into weekly_results (user_id, week_start, week_end, total_points, total_workouts, total_exercises,
        exercise_totals, points_target, challenge_target, goal_exercises_met, goal_points_met, goal_challenge_met)
      values ('ada', ${start.toISOString()}, '2026-03-08T23:00:00Z', 1200.5, 3, 1, '{}', 500, 1500, false, true, false)`);
    await db.execute(sql`insert into user_badges (user_id, slug, level, period_kind, period_start)
      select 'ada', slug, level, kind, start::timestamptz from (values ('weekly-goal-points', 1, 'week', '2026-03-01T23:00:00Z'),
        ('weekly-goal-points', 5, 'week', '2026-02-22T23:00:00Z'), ('pushups', 10, 'month', '2026-03-01T23:00:00Z')) as own (slug, level, kind, start)`);
    expect((await ask()).week).toEqual({
      weekStart: "2026-03-02",
      members: 3,
      trained: 2,
      trainedChange: 1,
      pointsGoalMet: 2,
      challengeMet: 1,
      newBadges: 1,
      best: { userId: "ada", name: "ada", points: 1200.5 },
      points: 3500.5,
    });
  });
});
