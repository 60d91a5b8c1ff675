import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { asOf, randomChange, randomClub } from "../../worlds/random-clubs.ts";
import { dumpAsWritten, store, storeUsers } from "../../worlds/stored-clubs.ts";
import { freshPostgres } from "../database/databases.ts";
import { AUTUMN, ELEVEN_WEEKS, SPRING, UTC } from "./calendars.ts";
import { checkCases, SEED } from "./check-cases.ts";
import {
  compareRerunAndFresh,
  compareTables,
  evaluateClubs,
  evaluateSpan,
  expectedTables,
  fireSpan,
} from "./evaluated-clubs.ts";

/**
 * Defines the tests of the weekly evaluation with random clubs.
 * @param limit The most clubs that a test evaluates.
 */
export function testWeeklyProperties(limit: number): void {
  const atMost = (clubs: number) => Math.min(clubs, limit);

  describe("the weekly evaluation of random clubs", () => {
    const connections: Connection[] = [];
    let db: Db;
    let fresh: Db;
    beforeAll(async () => {
      connections.push(await freshPostgres(), await freshPostgres());
      [db, fresh] = connections.map((connection) => connection.db) as [Db, Db];
    });
    afterAll(() => Promise.all(connections.map((connection) => connection.close())));
    beforeEach(() => void configure({}));

    it.each([
      { calendar: UTC, clubs: 1500, size: {} },
      { calendar: SPRING, clubs: 800, size: {} },
      { calendar: AUTUMN, clubs: 800, size: {} },
      { calendar: ELEVEN_WEEKS, clubs: 300, size: { members: 3, perSpan: 6 } },
    ])("equals the simple reference, week by week in $calendar.zone", async ({ calendar, clubs, size }) => {
      await checkCases(randomClub(calendar, size), atMost(clubs), async (all) => {
        await evaluateClubs(db, all, calendar);
        return compareTables(db, expectedTables(calendar, all));
      });
    });

    it.each([{ order: [2, 1, 0] }, { order: [1, 0, 2] }, { order: [2, 0] }])(
      "does not depend on the order of the weeks: $order",
      async ({ order }) => {
        await checkCases(randomClub(UTC), atMost(300), async (all) => {
          await evaluateClubs(db, all, UTC, order);
          return compareTables(db, expectedTables(UTC, all, order));
        });
      },
    );

    it("writes no row when a week is evaluated again, forced or not", async () => {
      const clubs = fc.sample(randomClub(SPRING), { seed: SEED, numRuns: atMost(70) });
      await evaluateClubs(db, clubs, SPRING);
      const before = await dumpAsWritten(db);
      for (const week of [0, 2, 1, 0]) {
        await storeUsers(db, clubs, week);
        await evaluateSpan(db, SPRING, week, true);
        const unforced = await fireSpan(SPRING.spans[week]!, SPRING.zone, db);
        expect(unforced.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
      }
      expect(await dumpAsWritten(db)).toEqual(before);
    });

    it("equals a first evaluation after workouts, friendships, goals and members changed and all weeks are forced", async () => {
      await checkCases(randomChange(UTC, "everything"), atMost(400), async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateClubs(db, earlier, UTC);
        await store(db, later);
        for (const week of UTC.spans.keys()) await evaluateSpan(db, UTC, week, true);
        return compareRerunAndFresh(db, fresh, later, UTC);
      });
    });

    it.each([{ week: 0 }, { week: 1 }])(
      "carries late changes of week $week into all weeks when only that one is forced",
      async ({ week }) => {
        await checkCases(randomChange(AUTUMN, AUTUMN.spans[week]!), atMost(400), async (all) => {
          const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
          await evaluateClubs(db, earlier, AUTUMN);
          await store(db, later, week);
          await evaluateSpan(db, AUTUMN, week, true);
          return compareRerunAndFresh(db, fresh, later, AUTUMN);
        });
      },
    );

    it("applies changed members, friendships and goals only to the week that is forced", async () => {
      await checkCases(randomChange(UTC, "people"), atMost(400), async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateClubs(db, earlier, UTC);
        await store(db, later);
        await evaluateSpan(db, UTC, 1, true);
        const clubIn = (club: number, week: number) => (week === 1 ? later[club]! : asOf(earlier[club]!, week));
        return compareTables(db, expectedTables(UTC, later, UTC.spans.keys(), clubIn));
      });
    });
  });
}
