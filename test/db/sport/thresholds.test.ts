import { and, asc, eq, like } from "drizzle-orm";
import { describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { recordChanges } from "../../../lib/jobs/settlement.ts";
import { WEEKLY } from "../../../lib/sport/evaluation/job-names.ts";
import { awards, monthlyResults, userBadges, weeklyResults } from "../../../lib/sport/evaluation/schema.ts";
import type { ActivityItem } from "../../../lib/sport/training/activity.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups, running } from "../../worlds/club.ts";

/** Exact limits of goals, badges, awards and late changes (docs/domain.md, section 3). */

const it = databaseTest(SETTINGS);

const WEEK = { date: "2026-02-02" };
const WEEK_END = new Date("2026-02-09T00:00:00Z");
const EVALUATED_AT = "2026-02-09T00:05:00Z";
const DAY = 86_400_000;

const yoga = (seconds: number): ActivityItem => ({ exerciseId: "yoga", quantity: seconds, unit: "s" });
/** 99.99 points: 0.01 each second. */
const ONE_CENT_LESS = yoga(9_999);

const train = (db: Db, userId: string, ...activities: ActivityItem[]) =>
  addWorkouts(db, { userId, at: "2026-02-03T10:00:00Z", activities });
const resultOf = async (db: Db, userId = "ada") =>
  (await db.select().from(weeklyResults).where(eq(weeklyResults.userId, userId)))[0];

describe("a week's goals", () => {
  it("count points from exactly the default of 500, and the challenge from exactly 1500", async ({ db }) => {
    await addUsers(db, "ada", "bob", "cyd", "dan");
    await train(db, "ada", pushups(500));
    await train(db, "bob", pushups(400), ONE_CENT_LESS);
    await train(db, "cyd", pushups(1500));
    await train(db, "dan", pushups(1400), ONE_CENT_LESS);
    await fireWeekly(db, EVALUATED_AT, WEEK);
    const results = await db.select().from(weeklyResults).orderBy(asc(weeklyResults.userId));
    expect(
      results.map(({ totalPoints, goalPointsMet, goalChallengeMet }) => [totalPoints, goalPointsMet, goalChallengeMet]),
    ).toEqual([
      [500, true, false],
      [499.99, false, false],
      [1500, true, true],
      [1499.99, true, false],
    ]);
  });

  it("use the user's own points target", async ({ db }) => {
    const weeklyGoals = { points: { target: 20 } };
    await addUsers(db, { id: "ada", weeklyGoals }, { id: "bob", weeklyGoals });
    await train(db, "ada", pushups(20));
    await train(db, "bob", pushups(19), yoga(99));
    await fireWeekly(db, EVALUATED_AT, WEEK);
    expect(await resultOf(db, "ada")).toMatchObject({ pointsTarget: 20, goalPointsMet: true });
    expect(await resultOf(db, "bob")).toMatchObject({ pointsTarget: 20, totalPoints: 19.99, goalPointsMet: false });
  });

  const mile: ActivityItem = { exerciseId: "running", quantity: 1, unit: "mi" };
  it.for<[string, { target: number; unit: string; exerciseId: string }, string, ActivityItem, boolean]>([
    ["10 repetitions", { exerciseId: "pushups", target: 10, unit: "reps" }, "km", pushups(10), true],
    ["9 of 10 repetitions", { exerciseId: "pushups", target: 10, unit: "reps" }, "km", pushups(9), false],
    ["5 minutes", { exerciseId: "yoga", target: 5, unit: "time" }, "km", yoga(300), true],
    ["299 of 300 seconds", { exerciseId: "yoga", target: 5, unit: "time" }, "km", yoga(299), false],
    ["3 km", { exerciseId: "running", target: 3, unit: "distance" }, "km", running(3), true],
    ["2.999 of 3 km", { exerciseId: "running", target: 3, unit: "distance" }, "km", running(2.999), false],
    ["1 mile", { exerciseId: "running", target: 1, unit: "distance" }, "mi", mile, true],
    ["1.60933 km of 1 mile", { exerciseId: "running", target: 1, unit: "distance" }, "mi", running(1.60933), false],
  ])("say whether %s reach an exercise goal", async ([, goal, distanceUnit, activity, met], { db }) => {
    await addUsers(db, { id: "ada", weeklyGoals: { exercises: [goal] }, preferences: { distanceUnit } });
    await train(db, "ada", activity);
    await fireWeekly(db, EVALUATED_AT, WEEK);
    expect((await resultOf(db))?.goalExercisesMet).toBe(met);
  });

  it("need all exercise goals, and at least one", async ({ db }) => {
    const reached = { exerciseId: "pushups", target: 10, unit: "reps" };
    const missed = { exerciseId: "situps", target: 1, unit: "reps" };
    await addUsers(
      db,
      { id: "all", weeklyGoals: { exercises: [reached, reached] } },
      { id: "none", weeklyGoals: { exercises: [] } },
      { id: "some", weeklyGoals: { exercises: [reached, missed] } },
    );
    for (const userId of ["all", "none", "some"]) await train(db, userId, pushups(10));
    await fireWeekly(db, EVALUATED_AT, WEEK);
    const results = await db.select().from(weeklyResults).orderBy(asc(weeklyResults.userId));
    expect(results.map(({ userId, goalExercisesMet }) => [userId, goalExercisesMet])).toEqual([
      ["all", true],
      ["none", false],
      ["some", false],
    ]);
  });

  it("belong to the user: one user's workouts do not reach the goal of another", async ({ db }) => {
    const weeklyGoals = { exercises: [{ exerciseId: "pushups", target: 10, unit: "reps" }] };
    await addUsers(db, { id: "ada", weeklyGoals }, { id: "bob", weeklyGoals });
    await train(db, "bob", pushups(600));
    await fireWeekly(db, EVALUATED_AT, WEEK);
    expect(await resultOf(db, "ada")).toMatchObject({ totalPoints: 0, goalExercisesMet: false, goalPointsMet: false });
    expect(await resultOf(db, "bob")).toMatchObject({ totalPoints: 600, goalExercisesMet: true, goalPointsMet: true });
  });
});

describe("a month's challenge", () => {
  it("is reached from exactly 2000 points", async ({ db }) => {
    await addUsers(db, "ada", "bob");
    await train(db, "ada", pushups(2000));
    await train(db, "bob", pushups(1900), ONE_CENT_LESS);
    await fireMonthly(db, "2026-03-01T00:10:00Z", { date: "2026-02-01" });
    const results = await db.select().from(monthlyResults).orderBy(asc(monthlyResults.userId));
    expect(results.map(({ challengeMet }) => challengeMet)).toEqual([true, false]);
  });
});

describe("badges", () => {
  const badgesOf = async (db: Db, slug: string) =>
    (await db.select().from(userBadges).where(eq(userBadges.slug, slug)).orderBy(asc(userBadges.level))).map(
      ({ userId, level, periodStart }) => [userId, level, periodStart.toISOString().slice(0, 10)],
    );

  it("for a weekly goal come with the 1st and the 5th time, not with the 4th", async ({ db }) => {
    await addUsers(db, "ada");
    const mondays = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"];
    for (const [index, monday] of mondays.entries()) {
      await addWorkouts(db, { userId: "ada", at: `${monday}T10:00:00Z`, activities: [pushups(500)] });
      await fireWeekly(db, "2026-03-01T00:00:00Z", { date: monday });
      const first = ["ada", 1, "2026-01-05"];
      expect(await badgesOf(db, "weekly-goal-points")).toEqual(index < 4 ? [first] : [first, ["ada", 5, "2026-02-02"]]);
    }
  });

  it("for a lifetime total come at exactly its level, and count only the user's own workouts", async ({ db }) => {
    await addUsers(db, "ada", "bob", "cyd");
    await train(db, "ada", pushups(10));
    await train(db, "bob", pushups(9));
    await train(db, "cyd", { exerciseId: "pushups", quantity: 9.999999999 });
    await fireWeekly(db, EVALUATED_AT, WEEK);
    expect(await badgesOf(db, "lifetime-pushups")).toEqual([["ada", 10, "2026-02-02"]]);
  });

  it("count a workout in the week that contains its first instant, not in the one that ends then", async ({ db }) => {
    await addUsers(db, "ada", "bob");
    await addWorkouts(
      db,
      { userId: "ada", at: "2026-02-08T23:59:59.999Z", activities: [pushups(10)] },
      { userId: "bob", at: "2026-02-09T00:00:00.000Z", activities: [pushups(10)] },
    );
    await fireWeekly(db, EVALUATED_AT, WEEK);
    expect(await badgesOf(db, "lifetime-pushups")).toEqual([["ada", 10, "2026-02-02"]]);
    await fireWeekly(db, "2026-02-16T00:05:00Z", { date: "2026-02-09" });
    expect(await badgesOf(db, "lifetime-pushups")).toEqual([
      ["ada", 10, "2026-02-02"],
      ["bob", 10, "2026-02-09"],
    ]);
  });
});

describe("awards among friends", () => {
  const typesOf = async (db: Db, prefix: string) =>
    (
      await db
        .select()
        .from(awards)
        .where(like(awards.type, `${prefix}%`))
        .orderBy(asc(awards.userId))
    ).map(({ userId, type }) => [userId, type.slice(prefix.length)]);

  /** Makes all users friends of each other, trains them and evaluates the week and the month. */
  async function evaluateFriends(db: Db, points: Record<string, number>): Promise<void> {
    const ids = Object.keys(points);
    await addUsers(db, ...ids);
    await befriend(db, ...ids.flatMap((a, n) => ids.slice(n + 1).map((b): [string, string] => [a, b])));
    for (const [userId, quantity] of Object.entries(points)) await train(db, userId, pushups(quantity));
    await fireWeekly(db, EVALUATED_AT, WEEK);
    await fireMonthly(db, "2026-03-01T00:10:00Z", { date: "2026-02-01" });
  }

  it("go to ranks 1 to 3, not to rank 4", async ({ db }) => {
    await evaluateFriends(db, { ada: 50, bob: 40, cyd: 30, eve: 60 });
    expect(await typesOf(db, "friends-")).toEqual([
      ["ada", "silver"],
      ["bob", "bronze"],
      ["eve", "gold"],
    ]);
    for (const type of ["friends-points", "friends-pushups", "global-points", "global-pushups"]) {
      expect(await typesOf(db, `monthly-rank-${type}-`)).toEqual([
        ["ada", "2"],
        ["bob", "3"],
        ["eve", "1"],
      ]);
    }
  });

  it("go to all users who share a rank", async ({ db }) => {
    await evaluateFriends(db, { ada: 50, bob: 40, cyd: 40, dan: 30, eve: 60 });
    expect(await typesOf(db, "friends-")).toEqual([
      ["ada", "silver"],
      ["bob", "bronze"],
      ["cyd", "bronze"],
      ["eve", "gold"],
    ]);
    for (const type of ["friends-points", "friends-pushups", "global-points", "global-pushups"]) {
      expect(await typesOf(db, `monthly-rank-${type}-`)).toEqual([
        ["ada", "2"],
        ["bob", "3"],
        ["cyd", "3"],
        ["eve", "1"],
      ]);
    }
  });

  it("need a second participant and points above 0", async ({ db }) => {
    await addUsers(db, "ada", "bob", "cyd", { id: "dan", isActive: false }, "eve");
    await befriend(db, ["ada", "dan"], ["bob", "cyd"]);
    await train(db, "ada", pushups(10));
    await train(db, "bob", yoga(1)); // 0.01 points
    await train(db, "eve", pushups(10));
    await fireWeekly(db, EVALUATED_AT, WEEK);
    await fireMonthly(db, "2026-03-01T00:10:00Z", { date: "2026-02-01" });
    expect(await typesOf(db, "friends-")).toEqual([["bob", "gold"]]);
    expect(await typesOf(db, "monthly-rank-friends-points-")).toEqual([["bob", "1"]]);
  });
});

describe("a late change", () => {
  const comesAfter = async (db: Db, ms: number) => {
    await addUsers(db, "ada");
    await train(db, "ada", pushups(10));
    await fireWeekly(db, EVALUATED_AT);
    await addWorkouts(db, { userId: "ada", at: "2026-02-04T10:00:00Z", activities: [pushups(5)] });
    await recordChanges(db, WEEKLY, [WEEK_END], new Date(Date.parse(EVALUATED_AT) + ms));
    await fireWeekly(db, "2026-02-17T00:05:00Z");
    const [result] = await db
      .select()
      .from(weeklyResults)
      .where(and(eq(weeklyResults.userId, "ada"), eq(weeklyResults.weekEnd, WEEK_END)));
    return result?.totalPoints;
  };

  it("is settled up to exactly 7 days after the evaluation", async ({ db }) => {
    expect(await comesAfter(db, 7 * DAY)).toBe(15);
  });

  it("is not settled a millisecond later", async ({ db }) => {
    expect(await comesAfter(db, 7 * DAY + 1)).toBe(10);
  });
});
