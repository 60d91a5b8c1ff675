import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as rankings from "../../../api/sport/rankings.ts";
import * as results from "../../../api/sport/results.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { inclusiveEnd, localDate, type Period } from "../../../lib/time/periods.ts";
import { MONTH, setClock } from "../../support/clock.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { ADMIN_TOKEN, call, hoursInto, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

/** What the frontend reads of an evaluated month. */

interface Ranking extends Record<string, unknown> {
  participants: number;
  entries: { userId?: string; name: string; rank: number; value: number }[];
  own: { rank: number; value: number } | null;
}

describe("reading a month", () => {
  let db: Db;
  let month: Period & { zone: string };
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    setClock();
    configure({ ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET });
    month = MONTH;
    await addUsers(db, "ada", "bob", "eve", { id: "hid", showInGlobalRankings: false }, { id: "gus", nickname: "Gus" });
    await befriend(db, ["ada", "bob"], ["ada", "hid"]);
    const train = (userId: string, ...activities: Parameters<typeof pushups>[0][]) => ({
      userId,
      at: hoursInto(month, 30),
      activities: activities.map(pushups),
    });
    await addWorkouts(db, train("ada", 500), train("bob", 500), train("eve", 40), train("hid", 2100));
    await fireMonthly(db, month.end.toISOString(), { date: localDate(month.start, month.zone) }, { zone: month.zone });
  });
  afterAll(closeDatabase);
  beforeEach(() => setClock());

  const text = () => localDate(month.start, month.zone).slice(0, 7);
  const rank = (query: string, token: string | null = ADMIN_TOKEN) =>
    call<Ranking & Refusal>(rankings.GET, `/api/sport/rankings${query}`, { token });
  const fields = () => ({ monthStart: month.start.toISOString(), monthEnd: inclusiveEnd(month) });

  describe("in the global rankings", () => {
    const entries = [
      { userId: "ada", name: "ada", rank: 1, value: 500 },
      { userId: "bob", name: "bob", rank: 1, value: 500 },
      { userId: "eve", name: "eve", rank: 3, value: 40 },
    ];

    it("tells the operator the newest month by points, without who hides and who did nothing", async () => {
      const { status, body } = await rank("");
      expect(status).toBe(200);
      expect(body).toEqual({ ...fields(), scope: "global", category: "points", participants: 3, entries, own: null });
      expect((await rank(`?month=${text()}&scope=global&category=points&limit=100`)).body).toEqual(body);
    });

    it("tells the operator somebody's own place, null for who has none", async () => {
      expect((await rank("?userId=eve&category=pushups")).body.own).toEqual({ rank: 3, value: 40 });
      expect((await rank("?userId=hid")).body.own).toBe(null);
      expect((await rank("?userId=nobody")).body.own).toBe(null);
    });

    it("gives as many as are wanted, though all are counted", async () => {
      const { body } = await rank("?limit=2");
      expect([body.entries, body.participants]).toEqual([entries.slice(0, 2), 3]);
      expect((await rank("?limit=1")).body.entries).toEqual(entries.slice(0, 1));
    });

    it("is empty in what nobody did", async () => {
      expect((await rank("?category=pullups")).body).toMatchObject({ participants: 0, entries: [], own: null });
    });

    it("tells a user who takes part everybody's names and only their own id", async () => {
      const { status, body } = await rank("", await signed({ sub: "bob" }));
      expect([status, body.own]).toEqual([200, { rank: 1, value: 500 }]);
      expect(body.entries).toEqual([
        { name: "ada", rank: 1, value: 500 },
        { userId: "bob", name: "bob", rank: 1, value: 500 },
        { name: "eve", rank: 3, value: 40 },
      ]);
    });

    it.each(["hid", "gus", "nobody"])("is not for %s, who is not in it", async (sub) => {
      const { status, body } = await rank("", await signed({ sub }));
      expect([status, body.error.code]).toEqual([403, "forbidden"]);
      expect(body.error.message).toContain("reads only rankings that the user is in");
    });

    it("names nobody who has hidden since", async () => {
      await db.execute(`update users set show_in_global_rankings = false where id = 'ada'`);
      expect((await rank("")).body.entries).toEqual(entries.slice(1));
      await db.execute(`update users set show_in_global_rankings = true where id = 'ada'`);
    });
  });

  describe("among friends", () => {
    const entries = [
      { userId: "hid", name: "hid", rank: 1, value: 2100 },
      { userId: "ada", name: "ada", rank: 2, value: 500 },
      { userId: "bob", name: "bob", rank: 2, value: 500 },
    ];

    it("ranks a user among their direct friends, also who hides from the others", async () => {
      const { body } = await rank("?scope=friends&userId=ada&category=pushups");
      const own = { rank: 2, value: 500 };
      expect(body).toEqual({ ...fields(), scope: "friends", category: "pushups", participants: 3, entries, own });
      expect((await rank("?scope=friends&limit=1", await signed({ sub: "ada" }))).body).toMatchObject({
        participants: 3,
        entries: [entries[0]],
        own,
      });
    });

    it("has to be told whose by the operator", async () => {
      const { status, body } = await rank("?scope=friends");
      expect([status, body.error.field, body.error.got]).toEqual([400, "userId", "nothing"]);
    });

    it("is a club of one for who has no friends, and nothing for who has no result", async () => {
      expect((await rank("?scope=friends&userId=eve")).body).toMatchObject({ participants: 1, own: { rank: 1 } });
      expect((await rank("?scope=friends&userId=nobody")).status).toBe(404);
    });
  });

  it.each(["global", "friends"])("lets no user ask for another's place (%s)", async (scope) => {
    const { status, body } = await rank(`?scope=${scope}&userId=bob`, await signed({ sub: "ada" }));
    expect([status, body.error.code]).toEqual([403, "forbidden"]);
    expect((await rank(`?scope=${scope}`, null)).status).toBe(401);
  });

  it("finds nothing of a month that is not evaluated", async () => {
    for (const scope of ["global", "friends"]) {
      expect((await rank(`?month=2001-01&scope=${scope}&userId=ada`)).status).toBe(404);
      expect((await rank(`?month=2001-01&scope=${scope}`, await signed({ sub: "ada" }))).status).toBe(404);
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
    ["userId=a%00b", "userId"],
    ["week=2026-01-05", "week"],
  ])("names the parameter that is wrong: %s", async (query, field) => {
    const { status, body } = await rank(`?${query}`);
    expect([status, body.error.code, body.error.field]).toEqual([400, "invalid-parameter", field]);
  });

  describe("of one user", () => {
    const read = (query: string, token: string | null = ADMIN_TOKEN) =>
      call<Record<string, unknown> & Refusal>(results.GET, `/api/sport/results${query}`, { token });

    it("tells results, ranks, badges and awards", async () => {
      const { status, body } = await read(`?userId=ada&month=${text()}`);
      expect(status).toBe(200);
      const places = ["friends-points-2", "friends-pushups-2", "global-points-1", "global-pushups-1"];
      expect(body).toEqual({
        userId: "ada",
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

    it("is a user's own, and nobody else's", async () => {
      const token = await signed({ sub: "hid" });
      expect((await read(`?month=${text()}`, token)).body).toMatchObject({
        userId: "hid",
        challengeMet: true,
        ranks: { global: { points: null }, friends: { points: 1 } },
      });
      expect((await read(`?month=${text()}&userId=ada`, token)).status).toBe(403);
    });

    it("is either a week or a month", async () => {
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
});
