import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { awards, monthlyRankings, monthlyResults, monthlyStandings } from "../../../lib/sport/evaluation/schema.ts";
import { DATABASES } from "../../support/database/databases.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/**
 * A club with special cases: two users share rank 1, one hides from the global rankings, one has no friends, and one
 * trains around the ends of months in zones where the date differs from Berlin's.
 */
const ZONE = "Europe/Berlin"; // clocks change on 29 March
const MARCH = new Date("2026-02-28T23:00:00Z");
const APRIL = new Date("2026-03-31T22:00:00Z");
const MAY = new Date("2026-04-30T22:00:00Z");

describe.each(DATABASES)("the monthly evaluation of special cases, on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
    configure({ ...SETTINGS, EVENTS_TIMEZONE: ZONE });
    await addUsers(db, "ada", "bob", "eve", "tim", { id: "hid", showInGlobalRankings: false });
    await befriend(db, ["ada", "bob"], ["ada", "hid"], ["bob", "tim"]);
    await addWorkouts(
      db,
      { userId: "ada", at: "2026-03-10T10:00:00+01:00", activities: [pushups(300)] },
      { userId: "bob", at: "2026-03-30T10:00:00+02:00", activities: [pushups(300)] },
      { userId: "hid", at: "2026-03-10T10:00:00+01:00", activities: [pushups(900)] },
      { userId: "eve", at: "2026-03-01T00:00:00+01:00", activities: [pushups(40)] },
      // The last of February in Berlin, though 1 March in Auckland.
      { userId: "tim", at: "2026-03-01T11:59:59+13:00", activities: [pushups(1)] },
      { userId: "tim", at: "2026-03-01T12:00:00+13:00", activities: [pushups(20)] },
      { userId: "tim", at: "2026-04-01T10:59:59+13:00", activities: [pushups(5)] },
      // The first instant of April in Berlin, where it is still 31 March in New York.
      { userId: "tim", at: "2026-03-31T18:00:00-04:00", activities: [pushups(700)] },
    );
    await fireMonthly(db, APRIL.toISOString(), { date: "2026-03-15" }, { zone: ZONE });
    await fireMonthly(db, MAY.toISOString(), { date: "2026-04-15" }, { zone: ZONE });
  });
  afterAll(() => connection.close());

  const ranks = async (monthStart: Date) => {
    const rows = await db
      .select()
      .from(monthlyRankings)
      .where(eq(monthlyRankings.monthStart, monthStart))
      .orderBy(asc(monthlyRankings.userId));
    return Object.fromEntries(
      rows.map((row) => [row.userId, [row.globalPushups, row.friendsPushups, row.friendsParticipants]]),
    );
  };
  const awardsOf = async (userId: string, periodStart = MARCH) => {
    const stored = await db
      .select({ type: awards.type })
      .from(awards)
      .where(and(eq(awards.userId, userId), eq(awards.periodStart, periodStart)))
      .orderBy(asc(awards.type));
    return stored.map(({ type }) => type);
  };

  it("counts a workout in the month that it falls into in the evaluation's zone", async () => {
    const mine = await db.select().from(monthlyResults).where(eq(monthlyResults.userId, "tim"));
    const byMonth = mine.map(({ monthStart, pushups }) => [monthStart, pushups]);
    expect(Object.fromEntries(byMonth)).toEqual({ [String(MARCH)]: 25, [String(APRIL)]: 700 });
  });

  it("gives two users with equal values rank 1 and its award, and the next user rank 3", async () => {
    expect(await ranks(MARCH)).toEqual({
      ada: [1, 2, 3],
      bob: [1, 1, 3],
      eve: [3, 1, 1],
      hid: [null, 1, 2],
      tim: [4, 2, 2],
    });
    expect(await awardsOf("ada")).toEqual([
      "monthly-rank-friends-points-2",
      "monthly-rank-friends-pushups-2",
      "monthly-rank-global-points-1",
      "monthly-rank-global-pushups-1",
    ]);
    expect(await awardsOf("bob")).toContain("monthly-rank-global-pushups-1");
    expect(await db.select().from(monthlyStandings).where(eq(monthlyStandings.monthStart, MARCH))).toHaveLength(6);
  });

  it("ranks a hidden user only among friends", async () => {
    expect(await awardsOf("hid")).toEqual(["monthly-rank-friends-points-1", "monthly-rank-friends-pushups-1"]);
  });

  it("gives a user without friends no award among friends", async () => {
    expect(await awardsOf("eve")).toEqual(["monthly-rank-global-points-3", "monthly-rank-global-pushups-3"]);
  });

  it("gives no global rank and no award for a value of 0", async () => {
    expect((await ranks(APRIL)).ada).toEqual([null, 1, 3]);
    expect(await awardsOf("ada", APRIL)).toEqual([]);
    expect(await awardsOf("tim", APRIL)).toEqual([
      "monthly-rank-friends-points-1",
      "monthly-rank-friends-pushups-1",
      "monthly-rank-global-points-1",
      "monthly-rank-global-pushups-1",
    ]);
  });
});
