import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { cursorOf } from "../../../lib/http/responses/pages.ts";
import { inclusiveEnd, localDate } from "../../../lib/time/periods.ts";
import { MONTH, setClock } from "../../support/clock.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { GET } from "../../support/http/api.ts";
import { itemsOfPages } from "../../support/http/pages-of-list.ts";
import { ADMIN_TOKEN, call, hoursInto, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

/** The read endpoints for an evaluated month. */

interface Ranking extends Record<string, unknown> {
  participants: number;
  items: { userId?: string; name: string; rank: number; value: number }[];
  nextCursor: string | null;
  own: { rank: number; value: number } | null;
}

describe("reading a month", () => {
  let db: Db;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    setClock();
    configure({ ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET });
    await addUsers(db, "ada", "bob", "eve", { id: "hid", showInGlobalRankings: false }, { id: "gus", nickname: "Gus" });
    await befriend(db, ["ada", "bob"], ["ada", "hid"]);
    const train = (userId: string, ...activities: Parameters<typeof pushups>[0][]) => ({
      userId,
      at: hoursInto(MONTH, 30),
      activities: activities.map(pushups),
    });
    await addWorkouts(db, train("ada", 500), train("bob", 500), train("eve", 40), train("hid", 2100));
    await fireMonthly(db, MONTH.end.toISOString(), { date: localDate(MONTH.start, MONTH.zone) }, { zone: MONTH.zone });
  });
  afterAll(closeDatabase);
  beforeEach(() => setClock());

  const text = () => localDate(MONTH.start, MONTH.zone).slice(0, 7);
  const readRankings = (query: string, token: string | null = ADMIN_TOKEN) =>
    call<Ranking & Refusal>(GET, `/api/sport/rankings${query}`, { token });
  const page = (items: object[]) => ({ items, nextCursor: null });
  const fields = () => ({ monthStart: MONTH.start.toISOString(), monthEnd: inclusiveEnd(MONTH) });

  describe("the global rankings", () => {
    const entries = [
      { userId: "ada", name: "ada", rank: 1, value: 500 },
      { userId: "bob", name: "bob", rank: 1, value: 500 },
      { userId: "eve", name: "eve", rank: 3, value: 40 },
    ];

    it("list the newest month by points for operators, without hidden users and users without points", async () => {
      const { status, body } = await readRankings("");
      expect(status).toBe(200);
      expect(body).toEqual({
        ...fields(),
        scope: "global",
        category: "points",
        participants: 3,
        ...page(entries),
        own: null,
      });
      expect((await readRankings(`?month=${text()}&scope=global&category=points&limit=100`)).body).toEqual(body);
    });

    it("contain the rank of a user whom an operator names, or null", async () => {
      expect((await readRankings("?userId=eve&category=pushups")).body.own).toEqual({ rank: 3, value: 40 });
      expect((await readRankings("?userId=hid")).body.own).toBe(null);
      expect((await readRankings("?userId=nobody")).body.own).toBe(null);
    });

    it("list at most limit entries, but count all participants", async () => {
      const { body } = await readRankings("?limit=2");
      expect([body.items, body.participants]).toEqual([entries.slice(0, 2), 3]);
      expect((await readRankings("?limit=1")).body.items).toEqual(entries.slice(0, 1));
    });

    it("come in pages that neither repeat nor leave out users, also of the same rank and name", async () => {
      await db.execute(`update users set nickname = 'twin' where id in ('ada', 'bob')`);
      const twins = entries.map((entry) => (entry.rank === 1 ? { ...entry, name: "twin" } : entry));
      expect(await itemsOfPages("/api/sport/rankings", "limit=1")).toEqual(twins.map((entry) => [entry]));
      await db.execute(`update users set nickname = null, first_name = null where id in ('ada', 'bob')`);
      const nameless = entries.map((entry) => (entry.rank === 1 ? { ...entry, name: null } : entry));
      expect(await itemsOfPages("/api/sport/rankings", "limit=1")).toEqual(nameless.map((entry) => [entry]));
      await db.execute(`update users set nickname = id where id in ('ada', 'bob')`);
      expect(await itemsOfPages("/api/sport/rankings", "scope=friends&userId=ada&limit=2")).toEqual([
        [
          { userId: "hid", name: "hid", rank: 1, value: 2100 },
          { ...entries[0], rank: 2 },
        ],
        [{ ...entries[1], rank: 2 }],
      ]);
    });

    it("go on after a user who hides between two pages", async () => {
      const { nextCursor } = (await readRankings("?limit=1")).body;
      await db.execute(`update users set show_in_global_rankings = false where id = 'ada'`);
      expect((await readRankings(`?limit=1&cursor=${nextCursor}`)).body.items).toEqual([entries[1]]);
      await db.execute(`update users set show_in_global_rankings = true where id = 'ada'`);
    });

    it("have cursors without ids of users", async () => {
      await db.execute(`update users set nickname = 'someone' where id = 'bob'`);
      const { items, nextCursor } = (await readRankings("?limit=2")).body;
      await db.execute(`update users set nickname = id where id = 'bob'`);
      expect(items[1]?.userId).toBe("bob");
      expect(Buffer.from(nextCursor ?? "", "base64url").toString()).toBe('[1,"someone",1]');
    });

    it("are empty for a category in which all values are 0", async () => {
      expect((await readRankings("?category=pullups")).body).toMatchObject({ participants: 0, items: [], own: null });
    });

    it("show a user all names, but only the user's own id", async () => {
      const { status, body } = await readRankings("", await signed({ sub: "bob" }));
      expect([status, body.own]).toEqual([200, { rank: 1, value: 500 }]);
      expect(body.items).toEqual([
        { name: "ada", rank: 1, value: 500 },
        { userId: "bob", name: "bob", rank: 1, value: 500 },
        { name: "eve", rank: 3, value: 40 },
      ]);
    });

    it.each(["hid", "gus", "nobody"])("are not readable for %s, who takes no part", async (sub) => {
      const { status, body } = await readRankings("", await signed({ sub }));
      expect([status, body.error.code]).toEqual([403, "forbidden"]);
      expect(body.error.message).toContain("reads only rankings that the user is in");
    });

    it("leave out users who have hidden since the evaluation", async () => {
      await db.execute(`update users set show_in_global_rankings = false where id = 'ada'`);
      expect((await readRankings("")).body.items).toEqual(entries.slice(1));
      await db.execute(`update users set show_in_global_rankings = true where id = 'ada'`);
    });
  });

  describe("the rankings among friends", () => {
    const entries = [
      { userId: "hid", name: "hid", rank: 1, value: 2100 },
      { userId: "ada", name: "ada", rank: 2, value: 500 },
      { userId: "bob", name: "bob", rank: 2, value: 500 },
    ];

    it("contain direct friends, even those who hide from the global rankings", async () => {
      const { body } = await readRankings("?scope=friends&userId=ada&category=pushups");
      const own = { rank: 2, value: 500 };
      expect(body).toEqual({
        ...fields(),
        scope: "friends",
        category: "pushups",
        participants: 3,
        ...page(entries),
        own,
      });
      expect((await readRankings("?scope=friends&limit=1", await signed({ sub: "ada" }))).body).toMatchObject({
        participants: 3,
        items: [entries[0]],
        own,
      });
    });

    it("require a user with an operator's token", async () => {
      const { status, body } = await readRankings("?scope=friends");
      expect([status, body.error.field, body.error.got]).toEqual([400, "userId", "nothing"]);
    });

    it("contain only the user if there are no friends; 404 without a result", async () => {
      expect((await readRankings("?scope=friends&userId=eve")).body).toMatchObject({
        participants: 1,
        own: { rank: 1 },
      });
      expect((await readRankings("?scope=friends&userId=nobody")).status).toBe(404);
    });
  });

  it.each(["global", "friends"])("lets no user read the rank of another (%s)", async (scope) => {
    const { status, body } = await readRankings(`?scope=${scope}&userId=bob`, await signed({ sub: "ada" }));
    expect([status, body.error.code]).toEqual([403, "forbidden"]);
    expect((await readRankings(`?scope=${scope}`, null)).status).toBe(401);
  });

  it("returns 404 for a month that has not been evaluated", async () => {
    for (const scope of ["global", "friends"]) {
      expect((await readRankings(`?month=2001-01&scope=${scope}&userId=ada`)).status).toBe(404);
      expect((await readRankings(`?month=2001-01&scope=${scope}`, await signed({ sub: "ada" }))).status).toBe(404);
    }
  });

  it.each([
    ["month=2026-13", "month"],
    ["month=2026-00", "month"],
    ["month=2026-1", "month"],
    ["month=2026-01-01", "month"],
    ["month=1999-12", "month"],
    ["month=2026-01&month=2026-02", "month"],
    ["scope=world", "scope"],
    ["category=running", "category"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=2.5", "limit"],
    ["limit=", "limit"],
    ["cursor=", "cursor"],
    ["cursor=bm9uc2Vuc2U", "cursor"],
    [`cursor=${cursorOf([1, "ada"])}`, "cursor"],
    [`cursor=${cursorOf([1, "a\u0000", 1])}`, "cursor"],
    [`cursor=${cursorOf([1, "ada", "bob"])}`, "cursor"],
    ["userId=a%00b", "userId"],
    ["week=2026-01-05", "week"],
  ])("refuses a wrong parameter: %s", async (query, field) => {
    const { status, body } = await readRankings(`?${query}`);
    expect([status, body.error.code, body.error.field]).toEqual([400, "invalid-parameter", field]);
  });

  describe("a user's result", () => {
    const read = (query: string, token: string | null = ADMIN_TOKEN) =>
      call<Record<string, unknown> & Refusal>(GET, `/api/sport/results${query}`, { token });

    it("contains totals, ranks, badges and awards", async () => {
      const { status, body } = await read(`?userId=ada&month=${text()}`);
      expect(status).toBe(200);
      const places = ["friends-points-2", "friends-pushups-2", "global-points-1", "global-pushups-1"];
      expect(body).toEqual({
        userId: "ada",
        periodKind: "month",
        ...fields(),
        totalPoints: 500,
        totalWorkouts: 1,
        totalExercises: 1,
        exerciseTotals: { pushups: { points: 500, reps: 500 } },
        pullups: 0,
        pushups: 500,
        situps: 0,
        challengeTarget: 2000,
        challengeMet: false,
        badgesAwarded: 5,
        awardsAwarded: 4,
        ranks: {
          global: { points: 1, pullups: null, pushups: 1, situps: null },
          friends: { points: 2, pullups: 1, pushups: 2, situps: 1, participants: 3 },
        },
        badges: [10, 50, 100, 250, 500].map((level) => ({ slug: "lifetime-pushups", level })),
        awards: places.map((place) => ({ type: `monthly-rank-${place}` })),
      });
    });

    it("is readable only for the user", async () => {
      const token = await signed({ sub: "hid" });
      expect((await read(`?month=${text()}`, token)).body).toMatchObject({
        userId: "hid",
        challengeMet: true,
        ranks: { global: { points: null }, friends: { points: 1 } },
      });
      expect((await read(`?month=${text()}&userId=ada`, token)).status).toBe(403);
    });

    it("is of either a week or a month", async () => {
      const { status, body } = await read(`?userId=ada&month=${text()}&week=2026-01-05`);
      expect([status, body.error.field, body.error.got]).toEqual([400, "month", "both"]);
      for (const month of ["2026-13", "2026-00", "x", ""]) {
        const refused = await read(`?userId=ada&month=${month}`);
        expect([refused.status, refused.body.error.field]).toEqual([400, "month"]);
      }
      expect((await read("?userId=ada&month=2001-01")).status).toBe(404);
      expect((await read("?userId=ada")).status).toBe(404); // the newest week, which is not evaluated here
    });
  });

  it("keeps the rankings of different months apart", async () => {
    const before = (await readRankings("?userId=ada")).body;
    const january = { start: new Date("2026-01-01T00:00:00Z"), end: new Date("2026-02-01T00:00:00Z") };
    await addWorkouts(
      db,
      { userId: "eve", at: hoursInto(january, 30), activities: [pushups(800)] },
      { userId: "ada", at: hoursInto(january, 30), activities: [pushups(10)] },
    );
    await fireMonthly(db, MONTH.end.toISOString(), { date: "2026-01-01" });
    expect((await readRankings("?userId=ada")).body).toEqual(before);
    expect((await readRankings("?month=2026-01&userId=ada")).body).toMatchObject({
      participants: 2,
      items: [
        { userId: "eve", rank: 1, value: 800 },
        { userId: "ada", rank: 2, value: 10 },
      ],
      own: { rank: 2, value: 10 },
    });
  });
});
