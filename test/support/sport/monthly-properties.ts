import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { asOf, randomChange, randomClub } from "../../worlds/random-clubs.ts";
import { dumpAsWritten, store, storeUsers } from "../../worlds/stored-clubs.ts";
import { freshPostgres } from "../database/databases.ts";
import { AUTUMN_MONTHS, SEVEN_MONTHS, SPRING_MONTHS, TOGETHER } from "./calendars.ts";
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
 * Defines the tests of the weekly and the monthly evaluation with random clubs.
 * @param limit The most clubs that a test evaluates.
 * @param orderings The number of random orders of evaluation to try.
 */
export function testMonthlyProperties(limit: number, orderings: number): void {
  const atMost = (clubs: number) => Math.min(clubs, limit);

  describe("the evaluation of the weeks and months of random clubs", () => {
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
      { where: "if a week and a month end together", calendar: TOGETHER, clubs: 600, size: {} },
      { where: "if clocks change in spring", calendar: SPRING_MONTHS, clubs: 400, size: {} },
      { where: "if clocks change in autumn", calendar: AUTUMN_MONTHS, clubs: 400, size: {} },
      { where: "over seven months", calendar: SEVEN_MONTHS, clubs: 200, size: { members: 3, perSpan: 6 } },
    ])("equals the simple reference $where", async ({ calendar, clubs, size }) => {
      await checkCases(randomClub(calendar, size), atMost(clubs), async (all) => {
        await evaluateClubs(db, all, calendar);
        return compareTables(db, expectedTables(calendar, all));
      });
    });

    it("equals the simple reference for a single club, whose members hold all global ranks", async () => {
      const compareOne = async ([club]: Parameters<typeof expectedTables>[1]) => {
        await evaluateClubs(db, [club!], TOGETHER);
        return compareTables(db, expectedTables(TOGETHER, [club!]));
      };
      await checkCases(randomClub(TOGETHER), Math.min(60, limit / 5), compareOne, 1);
    });

    /** The five periods in random order, some left out. */
    const shuffled = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3 });
    const orders = fc.sample(shuffled, { seed: SEED, numRuns: orderings });
    it.each(orders.map((order) => ({ order })))(
      "does not depend on the order of weeks (0 to 2) and months (3 and 4): $order",
      async ({ order }) => {
        await checkCases(randomClub(TOGETHER), atMost(150), async (all) => {
          await evaluateClubs(db, all, TOGETHER, order);
          return compareTables(db, expectedTables(TOGETHER, all, order));
        });
      },
    );

    it("writes no row when a period is evaluated again, forced or not", async () => {
      const clubs = fc.sample(randomClub(SPRING_MONTHS), { seed: SEED, numRuns: atMost(40) });
      await evaluateClubs(db, clubs, SPRING_MONTHS);
      const before = await dumpAsWritten(db);
      for (const index of [3, 0, 2, 1, 3]) {
        await storeUsers(db, clubs, index);
        await evaluateSpan(db, SPRING_MONTHS, index, true);
        const unforced = await fireSpan(SPRING_MONTHS.spans[index]!, SPRING_MONTHS.zone, db);
        expect(unforced.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
      }
      expect(await dumpAsWritten(db)).toEqual(before);
    });

    it.each([{ order: [0, 1, 2, 3, 4] }, { order: [4, 3, 2, 1, 0] }, { order: [3, 1, 4, 0, 2] }].slice(0, orderings))(
      "equals a first evaluation after everything changed and all periods are forced, in order $order",
      async ({ order }) => {
        await checkCases(randomChange(TOGETHER, "everything"), atMost(200), async (all) => {
          const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
          await evaluateClubs(db, earlier, TOGETHER);
          await store(db, later);
          for (const index of order) await evaluateSpan(db, TOGETHER, index, true);
          return compareRerunAndFresh(db, fresh, later, TOGETHER);
        });
      },
    );

    it("carries late changes of a month everywhere when that month and its weeks are forced", async () => {
      const [changed, forced] = [3, [3, 0, 1]]; // May, and the weeks that end in it
      await checkCases(randomChange(TOGETHER, TOGETHER.spans[changed]!), atMost(200), async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateClubs(db, earlier, TOGETHER);
        for (const index of forced) {
          await store(db, later, index);
          await evaluateSpan(db, TOGETHER, index, true);
        }
        return compareRerunAndFresh(db, fresh, later, TOGETHER);
      });
    });

    it("applies changed members, friendships and hidden users only to the month that is forced", async () => {
      await checkCases(randomChange(TOGETHER, "people"), atMost(200), async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateClubs(db, earlier, TOGETHER);
        await store(db, later);
        await evaluateSpan(db, TOGETHER, 3, true);
        const clubIn = (club: number, index: number) => (index === 3 ? later[club]! : asOf(earlier[club]!, index));
        return compareTables(db, expectedTables(TOGETHER, later, TOGETHER.spans.keys(), clubIn));
      });
    });
  });
}
