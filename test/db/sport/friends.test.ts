import { asc } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { type Db, transact } from "../../../lib/db/db.ts";
import { eraseUsers } from "../../../lib/sport/erase.ts";
import { awards, leaderboardResults, monthlyRankings } from "../../../lib/sport/evaluation/schema.ts";
import { friendships } from "../../../lib/sport/training/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, pushups } from "../../worlds/club.ts";

const it = databaseTest(SETTINGS);

const MONDAY = "2026-02-09T00:05:00Z";
const MARCH = "2026-03-01T00:10:00Z";

/** Bea has one friend before and one after her in the order of ids, which decides how a friendship is stored. */
describe("friends", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await addUsers(db, "abe", "ada", "bea", "cyd", "dan", "zoe");
    await db.insert(friendships).values([
      { userA: "ada", userB: "bea" },
      { userA: "bea", userB: "cyd" },
      { userA: "cyd", userB: "dan" },
      { userA: "abe", userB: "bea", status: "blocked" },
      { userA: "bea", userB: "zoe", status: "pending" },
    ]);
    const points = { abe: 99, ada: 30, bea: 20, cyd: 10, dan: 97, zoe: 98 };
    await addWorkouts(
      db,
      ...Object.entries(points).map(([userId, quantity]) => ({
        userId,
        at: "2026-02-03T10:00:00Z",
        activities: [pushups(quantity)],
      })),
    );
  });

  const evaluateWeek = (db: Db) => fireWeekly(db, MONDAY, { date: "2026-02-02" });
  const evaluateMonth = (db: Db) => fireMonthly(db, MARCH, { date: "2026-02-01" });

  it("count in both directions on a week's leaderboard, if they are direct and accepted", async ({ db }) => {
    await evaluateWeek(db);
    const stored = await db.select().from(leaderboardResults).orderBy(asc(leaderboardResults.userId));
    expect(stored.map(({ userId, rank, participants }) => [userId, rank, participants])).toEqual([
      ["abe", 1, 1],
      ["ada", 1, 2],
      ["bea", 2, 3],
      ["cyd", 3, 3],
      ["dan", 1, 2],
      ["zoe", 1, 1],
    ]);
  });

  it("count in both directions in a month's ranks", async ({ db }) => {
    await evaluateMonth(db);
    const stored = await db.select().from(monthlyRankings).orderBy(asc(monthlyRankings.userId));
    const ranks = stored.map(({ userId, friendsPoints, friendsPushups, friendsPullups, friendsParticipants }) => {
      return [userId, friendsPoints, friendsPushups, friendsPullups, friendsParticipants];
    });
    expect(ranks).toEqual([
      ["abe", 1, 1, 1, 1],
      ["ada", 1, 1, 1, 2],
      ["bea", 2, 2, 1, 3],
      ["cyd", 3, 3, 1, 3],
      ["dan", 1, 1, 1, 2],
      ["zoe", 1, 1, 1, 1],
    ]);
  });

  it("decide the awards of both sides of a friendship", async ({ db }) => {
    await evaluateWeek(db);
    await evaluateMonth(db);
    const held = await db.select().from(awards).orderBy(asc(awards.userId), asc(awards.type));
    const amongFriends = held.filter(({ type }) => /^(friends|monthly-rank-friends)-/.test(type));
    expect(amongFriends.map(({ userId, type }) => `${userId} ${type}`)).toEqual([
      "ada friends-gold",
      "ada monthly-rank-friends-points-1",
      "ada monthly-rank-friends-pushups-1",
      "bea friends-silver",
      "bea monthly-rank-friends-points-2",
      "bea monthly-rank-friends-pushups-2",
      "cyd friends-bronze",
      "cyd monthly-rank-friends-points-3",
      "cyd monthly-rank-friends-pushups-3",
      "dan friends-gold",
      "dan monthly-rank-friends-points-1",
      "dan monthly-rank-friends-pushups-1",
    ]);
  });

  it("are deleted and counted in both directions when a user is erased", async ({ db }) => {
    const { counts } = await transact(db, (tx) => eraseUsers(tx, ["bea"], new Date(MARCH)));
    expect(counts.friendships).toBe(4);
    expect(await db.select().from(friendships)).toEqual([{ userA: "cyd", userB: "dan", status: "accepted" }]);
  });

  const entries = [
    { userId: "ada", name: "ada", rank: 1, value: 30 },
    { userId: "bea", name: "bea", rank: 2, value: 20 },
    { userId: "cyd", name: "cyd", rank: 3, value: 10 },
  ];
  const ofWeek = (userId: string) => call(GET, `/api/sport/leaderboard?week=2026-02-02&userId=${userId}`);
  const ofMonth = (userId: string, category: string) =>
    call(GET, `/api/sport/rankings?scope=friends&month=2026-02&category=${category}&userId=${userId}`);

  it("are read in both directions: a user sees friends before and after them in the order of ids", async ({ db }) => {
    await evaluateWeek(db);
    await evaluateMonth(db);
    const week = entries.map(({ value: points, ...entry }) => ({ ...entry, points }));
    expect((await ofWeek("bea")).body).toMatchObject({ rank: 2, participants: 3, items: week });
    for (const category of ["points", "pushups"]) {
      const { body } = await ofMonth("bea", category);
      expect(body).toMatchObject({ participants: 3, items: entries, own: { rank: 2, value: 20 } });
    }
  });

  it.for([
    ["abe", ["abe"]],
    ["ada", ["ada", "bea"]],
    ["cyd", ["dan", "bea", "cyd"]],
    ["dan", ["dan", "cyd"]],
    ["zoe", ["zoe"]],
  ] as const)("of %s are the only other users in their rankings", async ([userId, expected], { db }) => {
    await evaluateWeek(db);
    await evaluateMonth(db);
    const ids = ({ body }: { body: Record<string, unknown> }) =>
      (body.items as { userId: string }[]).map((entry) => entry.userId);
    expect(ids(await ofWeek(userId))).toEqual(expected);
    expect(ids(await ofMonth(userId, "points"))).toEqual(expected);
  });
});
