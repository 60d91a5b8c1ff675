import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { periodChanges } from "../../../lib/jobs/schema.ts";
import { eraseUsers } from "../../../lib/sport/erase.ts";
import { userBadges, weeklyResults } from "../../../lib/sport/evaluation/schema.ts";
import { lockChunk } from "../../../lib/sport/evaluation/user-chunks.ts";
import { users } from "../../../lib/users/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { meet } from "../../support/database/lock-waits.ts";
import { POST } from "../../support/http/api.ts";
import { call, dump, fates, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

/** Writes that meet: each test holds one transaction open until the other waits for it. */

const it = databaseTest(SETTINGS);

const NOW = new Date("2026-03-01T00:10:00Z");
const WEEK = { date: "2026-02-02" };
const ALL_USERS = { after: "", upTo: "zzz", activeUsers: 2 };

const send = (path: string, json: object) => call<Taken>(POST, path, { json });

describe("an evaluation", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(
      db,
      { userId: "ada", at: "2026-02-03T10:00:00Z", activities: [pushups(600)] },
      { userId: "bob", at: "2026-02-03T10:00:00Z", activities: [pushups(20)] },
    );
  });

  it("waits for an erasure, and leaves no row of the erased user", async ({ db }) => {
    const { waitedFor, result } = await meet(
      db,
      (tx) => eraseUsers(tx, ["ada"], NOW),
      () => fireWeekly(db, NOW.toISOString(), WEEK),
    );
    expect([waitedFor !== undefined, result.main.outcome.status]).toEqual([true, "completed"]);
    const { exercises: _, badges: __, ...tables } = await dump(db);
    expect(JSON.stringify(tables)).not.toContain('"ada"');
    expect((await db.select().from(weeklyResults)).map(({ userId }) => userId)).toEqual(["bob"]);
  });

  it("makes an erasure wait, which then erases what it wrote", async ({ db }) => {
    const { waitedFor } = await meet(
      db,
      async (tx) => {
        await lockChunk(tx, ALL_USERS);
        await rows(
          tx,
          sql`insert into user_badges (user_id, slug, level, period_kind, period_start)
            select id, 'weekly-goal-points', 1, 'week', '2026-02-02' from users`,
        );
      },
      () => transact(db, (tx) => eraseUsers(tx, ["ada"], NOW)),
    );
    expect(waitedFor).toBeDefined();
    expect((await db.select().from(userBadges)).map(({ userId }) => userId)).toEqual(["bob"]);
  });

  it("waits for another that writes for the same users, so that both do not give the same badge", async ({ db }) => {
    await fireWeekly(db, NOW.toISOString(), WEEK);
    await db.delete(userBadges);
    const badge = sql`insert into user_badges (user_id, slug, level, period_kind, period_start)
      values ('ada', 'lifetime-pushups', 10, 'week', '2026-02-02')`;
    const { waitedFor, result } = await meet(
      db,
      async (tx) => {
        await lockChunk(tx, ALL_USERS);
        await rows(tx, badge);
      },
      () => fireMonthly(db, NOW.toISOString(), { date: "2026-02-01" }),
    );
    expect([waitedFor !== undefined, result.main.outcome.status]).toEqual([true, "completed"]);
    const levels = (await db.select().from(userBadges)).filter(({ userId }) => userId === "ada");
    expect(levels.filter(({ slug, level }) => slug === "lifetime-pushups" && level === 10)).toHaveLength(1);
  });

  it("does not keep users from posting workouts", async ({ db }) => {
    const item = { id: "new", userId: "ada", startTime: "2026-02-04T10:00:00Z", activities: [pushups(5)] };
    const { waitedFor, result } = await meet(
      db,
      (tx) => lockChunk(tx, ALL_USERS),
      () => send("/api/sport/workouts", { workouts: [item] }),
    );
    expect([waitedFor !== undefined, fates(result)]).toEqual([false, ["created"]]);
  });
});

describe("during the erasure of a user", () => {
  beforeEach<{ db: Db }>(({ db }) => addUsers(db, "ada", "bob"));

  const erasing = (db: Db, second: () => ReturnType<typeof send>) =>
    meet(db, (tx) => eraseUsers(tx, ["ada"], NOW), second);

  it("a workout waits, and then finds no such user", async ({ db }) => {
    const item = (userId: string) => {
      return { id: "w", userId, startTime: "2026-02-04T10:00:00Z", activities: [pushups(5)] };
    };
    const { result } = await erasing(db, () => send("/api/sport/workouts", { workouts: [item("ada"), item("bob")] }));
    expect([result.status, fates(result)]).toEqual([207, ["unknown-user userId", "created"]]);
  });

  it("a friendship waits, and then finds no such user", async ({ db }) => {
    const { result } = await erasing(db, () =>
      send("/api/sport/friendships", { friendships: [{ userId: "bob", friendId: "ada" }] }),
    );
    expect([result.status, fates(result)]).toEqual([422, ["unknown-user friendId"]]);
  });
});

describe("two changes at once", () => {
  beforeEach<{ db: Db }>(({ db }) => addUsers(db, "ada"));

  it("of different fields of a user are both kept", async ({ db }) => {
    const { waitedFor, result } = await meet(
      db,
      (tx) => tx.update(users).set({ nickname: "Countess" }),
      () => send("/api/sport/users", { users: [{ id: "ada", firstName: "Ada" }] }),
    );
    expect([waitedFor !== undefined, fates(result)]).toEqual([true, ["updated"]]);
    expect(await db.select().from(users)).toMatchObject([{ nickname: "Countess", firstName: "Ada" }]);
  });

  it("of a workout's week have the week between evaluated again too", async ({ db }) => {
    await addWorkouts(db, { userId: "ada", at: "2026-02-03T10:00:00Z", id: "w" });
    const item = { id: "w", userId: "ada", startTime: "2026-02-17T10:00:00Z", activities: [pushups(5)] };
    const { waitedFor } = await meet(
      db,
      (tx) => rows(tx, sql`update workouts set start_time = '2026-02-10T10:00:00Z'`),
      () => send("/api/sport/workouts", { workouts: [item] }),
    );
    expect(waitedFor).toBeDefined();
    const noted = await db.select().from(periodChanges);
    const weekEnds = noted.flatMap(({ jobName, scheduledFor }) =>
      jobName === "weekly-events" ? [scheduledFor.toISOString().slice(0, 10)] : [],
    );
    expect(weekEnds.sort()).toEqual(["2026-02-16", "2026-02-23"]);
  });
});
