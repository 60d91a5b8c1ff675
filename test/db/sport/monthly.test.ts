import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobRuns } from "../../../lib/jobs/schema.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import {
  awards,
  monthlyResults,
  monthlyStandings,
  notifications,
  userBadges,
} from "../../../lib/sport/evaluation/schema.ts";
import type { ActivityItem } from "../../../lib/sport/training/activity.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { addUsers, addWorkouts, befriend, pushups, running } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

configure(SETTINGS);

const FIRST = "2026-03-01T00:10:00Z";
const FEBRUARY = { date: "2026-02-01" };
const pullups = (quantity: number): ActivityItem => ({ exerciseId: "pullups", quantity });
const seconds = (exerciseId: string, quantity: number): ActivityItem => ({ exerciseId, quantity, unit: "s" });

describe.each(DATABASES)("the monthly evaluation on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  const train = (userId: string, ...activities: ActivityItem[]) =>
    addWorkouts(db, { userId, at: "2026-02-10T10:00:00Z", activities });
  const standings = () =>
    db.select().from(monthlyStandings).orderBy(asc(monthlyStandings.category), asc(monthlyStandings.rank));

  it("writes a result with the amounts of the ranked exercises for each active user, even without a workout", async () => {
    await addUsers(db, "ada", "bob", { id: "cyd", isActive: false });
    await train("ada", pushups(12), pullups(5), running(2.5));
    await fireMonthly(db, FIRST, FEBRUARY);
    const results = await db.select().from(monthlyResults).orderBy(asc(monthlyResults.userId));
    expect(results).toMatchObject([
      { userId: "ada", totalPoints: 45, totalWorkouts: 1, totalExercises: 3, pushups: 12, pullups: 5, situps: 0 },
      { userId: "bob", totalPoints: 0, totalWorkouts: 0, totalExercises: 0, exerciseTotals: {}, challengeMet: false },
    ]);
    expect(results[0]).toMatchObject({
      monthStart: new Date("2026-02-01T00:00:00Z"),
      monthEnd: new Date("2026-03-01T00:00:00Z"),
      exerciseTotals: { pushups: { points: 12, reps: 12 }, running: { points: 25, km: 2.5 } },
    });
  });

  it("ranks an exercise by its own measure, even if that is time", async () => {
    await db.execute(`update exercises set measurement_type = 'time' where id = 'situps'`);
    await addUsers(db, "ada");
    await train("ada", seconds("situps", 90));
    await fireMonthly(db, FIRST, FEBRUARY);
    expect(await db.select({ situps: monthlyResults.situps }).from(monthlyResults)).toEqual([{ situps: 90 }]);
    await db.execute(`update exercises set measurement_type = 'reps' where id = 'situps'`);
  });

  it("gives the award and the first badge for the challenge from exactly 2000 points", async () => {
    await addUsers(db, "ada", "bob");
    await train("ada", pushups(2000));
    await train("bob", pushups(1999), seconds("yoga", 99)); // 0.99 points
    const { main } = await fireMonthly(db, FIRST, FEBRUARY);
    expect(main.outcome).toMatchObject({ result: { counts: { processedUsers: 2, points: 3999.99, workouts: 2 } } });
    const champions = await db.select().from(awards).orderBy(asc(awards.type));
    expect(champions.filter(({ type }) => type === "monthly-champion")).toMatchObject([
      { userId: "ada", category: "monthly-champion", periodKind: "month" },
    ]);
    const badges = await db.select().from(userBadges);
    expect(badges.filter(({ slug }) => slug === "monthly-challenge-points")).toMatchObject([
      { userId: "ada", level: 1, periodKind: "month", periodStart: new Date("2026-02-01T00:00:00Z") },
    ]);
    const [result] = await db.select().from(monthlyResults).orderBy(asc(monthlyResults.userId));
    const badgesOfAda = badges.filter(({ userId }) => userId === "ada").length;
    expect(result).toMatchObject({ challengeTarget: 2000, challengeMet: true, badgesAwarded: badgesOfAda });
    expect(await db.$count(notifications)).toBe((await db.$count(awards)) + badges.length);
  });

  it("reads the challenge from the settings", async () => {
    configure({ ...SETTINGS, DEFAULT_MONTHLY_POINT_CHALLENGE: "10" });
    await addUsers(db, "ada");
    await train("ada", pushups(10));
    await fireMonthly(db, FIRST, FEBRUARY);
    configure(SETTINGS);
    expect(await db.select().from(monthlyResults)).toMatchObject([{ challengeTarget: 10, challengeMet: true }]);
  });

  it("queues one mail for each user and month, even if it runs several times", async () => {
    await addUsers(
      db,
      "ada",
      { id: "bob", preferences: { notifications: { email: false } } },
      { id: "cyd", email: null },
    );
    const first = await fireMonthly(db, FIRST, FEBRUARY);
    await fireMonthly(db, FIRST, { force: true, ...FEBRUARY });
    await fireMonthly(db, FIRST, { force: true, ...FEBRUARY });
    expect(first.main.outcome).toMatchObject({
      status: "completed",
      result: {
        counts: { emails: { queued: 1, skipped: 2, failed: 0 } },
        details: {
          emailResults: [
            { userId: "bob", reason: "email-notifications-disabled" },
            { userId: "cyd", reason: "no-email-address" },
            { userId: "ada" },
          ],
        },
      },
    });
    const mails = await db.select().from(emailQueue);
    expect(mails.map(({ dedupeKey, subject }) => [dedupeKey, subject])).toEqual([
      ["monthly-summary:2026-02:ada", "Dein Monatsabschluss"],
    ]);
  });

  it("skips a month that has not ended", async () => {
    await addUsers(db, "ada");
    await fireMonthly(db, "2026-02-01T00:10:00Z");
    const { main, older } = await fireMonthly(db, "2026-02-28T23:00:00Z");
    expect([main.outcome, older]).toMatchObject([{ status: "skipped", reason: "not-due" }, []]);
    const early = await fireMonthly(db, "2026-02-28T23:00:00Z", FEBRUARY);
    expect(early.main.outcome).toMatchObject({ status: "skipped", reason: "not-due" });
  });

  it("runs once for a month, and again if forced", async () => {
    await addUsers(db, "ada");
    await fireMonthly(db, FIRST);
    const again = await fireMonthly(db, "2026-03-01T06:10:00Z");
    expect(again.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
    const before = await dumpDerived(db);
    const forced = await fireMonthly(db, "2026-03-01T12:10:00Z", { force: true });
    expect(forced.main.outcome.status).toBe("completed");
    expect(await dumpDerived(db)).toEqual(before);
  });

  it("catches up on the month before, oldest first, and mails only about the newest", async () => {
    await addUsers(db, "ada");
    await fireMonthly(db, "2025-11-01T00:10:00Z");
    await addWorkouts(db, { userId: "ada", at: "2026-01-20T10:00:00Z", activities: [pushups(30)] });
    const { main, older } = await fireMonthly(db, "2026-03-01T06:10:00Z");
    expect(older.map(({ period }) => period.start.toISOString().slice(0, 7))).toEqual(["2026-01"]);
    expect(main).toMatchObject({ period: { end: new Date("2026-03-01T00:00:00Z") }, outcome: { status: "completed" } });
    const mails = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
    expect(mails.map(({ dedupeKey }) => dedupeKey)).toEqual([
      "monthly-summary:2025-10:ada",
      "monthly-summary:2026-02:ada",
    ]);
    const runs = await db.select().from(jobRuns).orderBy(asc(jobRuns.scheduledFor));
    const lastRuns = runs.slice(-4).map(({ scheduledFor, status, trigger, metadata }) => ({
      end: scheduledFor.toISOString().slice(0, 7),
      status,
      trigger,
      missed: (metadata as { missed?: boolean }).missed ?? false,
    }));
    expect(lastRuns).toEqual([
      { end: "2025-12", status: "failed", trigger: "catch-up", missed: true },
      { end: "2026-01", status: "failed", trigger: "catch-up", missed: true },
      { end: "2026-02", status: "completed", trigger: "catch-up", missed: false },
      { end: "2026-03", status: "completed", trigger: "cron", missed: false },
    ]);
    expect(runs.at(-2)?.metadata).toMatchObject({ catchUp: true });
  });

  it("reports in a dry run what it would do, and writes nothing", async () => {
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await train("ada", pushups(2500));
    const before = await dumpDerived(db);
    const dry = await fireMonthly(db, FIRST, { dryRun: true, ...FEBRUARY });
    expect([await dumpDerived(db), await db.$count(jobRuns)]).toEqual([before, 0]);
    const { main } = await fireMonthly(db, FIRST, FEBRUARY);
    expect(dry.main.outcome).toEqual(main.outcome);
    expect(main.outcome).toMatchObject({ result: { counts: { awards: 5, emails: { queued: 2 } } } });
  });

  it("leaves hidden users out of the standings, and deletes standings without users", async () => {
    await addUsers(db, "ada", { id: "bob", showInGlobalRankings: false });
    await train("ada", pushups(10));
    await train("bob", pushups(99));
    await fireMonthly(db, FIRST, FEBRUARY);
    expect((await standings()).map(({ category, value, participants }) => [category, value, participants])).toEqual([
      ["points", 10, 1],
      ["pushups", 10, 1],
    ]);
    await db.execute(`update users set show_in_global_rankings = id = 'bob'`);
    await fireMonthly(db, FIRST, { force: true, ...FEBRUARY });
    expect((await standings()).map(({ category, value, rank }) => [category, value, rank])).toEqual([
      ["points", 99, 1],
      ["pushups", 99, 1],
    ]);
  });
});
