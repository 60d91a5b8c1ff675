import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { AUTUMN_MONTHS, SEVEN_MONTHS, SPRING_MONTHS, TOGETHER } from "../../support/sport/calendars.ts";
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

describe("the evaluation of random clubs' weeks and months", () => {
  const connections: Connection[] = [];
  let db: Db;
  let fresh: Db;
  beforeAll(async () => {
    connections.push(await freshPostgres(), await freshPostgres());
    [db, fresh] = connections.map((connection) => connection.db) as [Db, Db];
  });
  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  it.each([
    { where: "where a week and a month end together", calendar: TOGETHER, clubs: 600, size: {} },
    { where: "where clocks change in spring", calendar: SPRING_MONTHS, clubs: 400, size: {} },
    { where: "where clocks change in autumn", calendar: AUTUMN_MONTHS, clubs: 400, size: {} },
    { where: "over seven months", calendar: SEVEN_MONTHS, clubs: 200, size: { members: 3, perSpan: 6 } },
  ])("is that of the naive reference $where", async ({ calendar, clubs, size }) => {
    await judge(randomClub(calendar, size), clubs, async (all) => {
      await evaluateAnew(db, all, calendar);
      return against(db, expectedOf(calendar, all));
    });
  });

  it("is that of the naive reference for a club alone, whose members hold every global rank", async () => {
    const alone = async ([club]: Parameters<typeof expectedOf>[1]) => {
      await evaluateAnew(db, [club!], TOGETHER);
      return against(db, expectedOf(TOGETHER, [club!]));
    };
    await judge(randomClub(TOGETHER), 60, alone, 1);
  });

  /** Five periods shuffled, some of them left out. */
  const orders = fc.sample(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3 }), { seed: SEED, numRuns: 6 });
  it.each(orders.map((order) => ({ order })))(
    "does not depend on the order of weeks (0 to 2) and months (3 and 4): $order",
    async ({ order }) => {
      await judge(randomClub(TOGETHER), 150, async (all) => {
        await evaluateAnew(db, all, TOGETHER, order);
        return against(db, expectedOf(TOGETHER, all, order));
      });
    },
  );

  it("writes no row when a period is evaluated again, forced or not", async () => {
    const clubs = fc.sample(randomClub(SPRING_MONTHS), { seed: SEED, numRuns: 40 });
    await evaluateAnew(db, clubs, SPRING_MONTHS);
    const before = await dumpAsWritten(db);
    for (const index of [3, 0, 2, 1, 3]) {
      await storeUsers(db, clubs, index);
      await evaluateSpan(db, SPRING_MONTHS, index, true);
      const unforced = await fire(SPRING_MONTHS.spans[index]!, SPRING_MONTHS.zone, db);
      expect(unforced.main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
    }
    expect(await dumpAsWritten(db)).toEqual(before);
  });

  it.each([{ order: [0, 1, 2, 3, 4] }, { order: [4, 3, 2, 1, 0] }, { order: [3, 1, 4, 0, 2] }])(
    "equals a fresh one after everything changed and every period is forced, in order $order",
    async ({ order }) => {
      await judge(randomChange(TOGETHER, "everything"), 200, async (all) => {
        const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
        await evaluateAnew(db, earlier, TOGETHER);
        await store(db, later);
        for (const index of order) await evaluateSpan(db, TOGETHER, index, true);
        return againAndAfresh(db, fresh, later, TOGETHER);
      });
    },
  );

  it("follows late changes to a month everywhere when that month and its weeks are forced", async () => {
    const [changed, forced] = [3, [3, 0, 1]]; // May, and the weeks that end in it
    await judge(randomChange(TOGETHER, TOGETHER.spans[changed]!), 200, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, TOGETHER);
      for (const index of forced) {
        await store(db, later, index);
        await evaluateSpan(db, TOGETHER, index, true);
      }
      return againAndAfresh(db, fresh, later, TOGETHER);
    });
  });

  it("takes a month from who went inactive or hides now where that month is forced, and nowhere else", async () => {
    await judge(randomChange(TOGETHER, "people"), 200, async (all) => {
      const [earlier, later] = [all.map(({ club }) => club), all.map(({ later }) => later)];
      await evaluateAnew(db, earlier, TOGETHER);
      await store(db, later);
      await evaluateSpan(db, TOGETHER, 3, true);
      const clubIn = (club: number, index: number) => (index === 3 ? later[club]! : asOf(earlier[club]!, index));
      return against(db, expectedOf(TOGETHER, later, TOGETHER.spans.keys(), clubIn));
    });
  });
});
