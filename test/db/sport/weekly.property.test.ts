import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { AUTUMN, ELEVEN_WEEKS, SPRING, UTC } from "../../support/sport/calendars.ts";
import {
  againAndAfresh,
  against,
  evaluateAnew,
  evaluateSpan,
  expectedOf,
  fire,
} from "../../support/sport/evaluated-clubs.ts";
import { judge, SEED } from "../../support/sport/judge.ts";
import { asOf, randomChange, randomClub } from "../../worlds/random-clubs.ts";
import { dumpAsWritten, store, storeUsers } from "../../worlds/stored-clubs.ts";

configure({});

describe("the weekly evaluation of random clubs", () => {
  const connections: Connection[] = [];
  let db: Db;
  let fresh: Db;
  beforeAll(async () => {
    connections.push(await freshPostgres(), await freshPostgres());
    [db, fresh] = connections.map((connection) => connection.db) as [Db, Db];
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it.each([
    { calendar: UTC, clubs: 1500, size: {} },
    { calendar: SPRING, clubs: 800, size: {} },
    { calendar: AUTUMN, clubs: 800, size: {} },
    { calendar: ELEVEN_WEEKS, clubs: 300, size: { members: 3, perSpan: 6 } },
  ])("is that of the naive reference, week by week in $calendar.zone", async ({ calendar, clubs, size }) => {
    await judge(randomClub(calendar, size), clubs, async (all) => {
      await evaluateAnew(db, all, calendar);
      return against(db, expectedOf(calendar, all));
    });
  });

  it.each([{ order: [2, 1, 0] }, { order: [1, 0, 2] }, { order: [2, 0] }])(
    "does not depend on the order of the weeks: $order",
    async ({ order }) => {
      await judge(randomClub(UTC), 300, async (all) => {
        await evaluateAnew(db, all, UTC, order);
        return against(db, expectedOf(UTC, all, order));
      });
    },
  );

  it("writes no row when a week is evaluated again, forced or not", async () => {
    const clubs = fc.sample(randomClub(SPRING), { seed: SEED, numRuns: 70 });
    await evaluateAnew(db, clubs, SPRING);
    const before = await dumpAsWritten(db);
    for (const week of [0, 2, 1, 0]) {
      await storeUsers(db, clubs, week);
      await evaluateSpan(db, SPRING, week, true);
      const unforced = await fire(SPRING.spans[week]!, SPRING.zone, db);
      expect(unforced.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
    }
    expect(await dumpAsWritten(db)).toEqual(before);
  });

  it("equals a fresh one after workouts, friendships, goals and members changed and every week is forced", async () => {
    await judge(randomChange(UTC, "everything"), 400, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, UTC);
      await store(db, later);
      for (const week of UTC.spans.keys()) await evaluateSpan(db, UTC, week, true);
      return againAndAfresh(db, fresh, later, UTC);
    });
  });

  it.each([{ week: 0 }, { week: 1 }])(
    "follows late changes to week $week in all weeks when only that one is forced",
    async ({ week }) => {
      await judge(randomChange(AUTUMN, AUTUMN.spans[week]!), 400, async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateAnew(db, earlier, AUTUMN);
        await store(db, later, week);
        await evaluateSpan(db, AUTUMN, week, true);
        return againAndAfresh(db, fresh, later, AUTUMN);
      });
    },
  );

  it("takes a week from who went inactive and lets go of lost friends where that week is forced, and nowhere else", async () => {
    await judge(randomChange(UTC, "people"), 400, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, UTC);
      await store(db, later);
      await evaluateSpan(db, UTC, 1, true);
      const clubIn = (club: number, week: number) => (week === 1 ? later[club]! : asOf(earlier[club]!, week));
      return against(db, expectedOf(UTC, later, UTC.spans.keys(), clubIn));
    });
  });
});
