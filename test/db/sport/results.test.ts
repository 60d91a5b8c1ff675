import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { localDate, type Period, previousPeriod } from "../../../lib/time/periods.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { DELETE, GET, POST, PUT } from "../../support/http/api.ts";
import { itemsOfPages } from "../../support/http/pages-of-list.ts";
import { CRON_SECRET, call, hoursInto, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { fireMonthly } from "../../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addUsers, addWorkouts, befriend, pushups, running } from "../../worlds/club.ts";

/** The read endpoints for an evaluated week. */

const PATHS = ["/api/sport/results", "/api/sport/leaderboard", "/api/sport/badges", "/api/sport/awards"];

describe("reading a week", () => {
  let db: Db;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
    setClock();
    configure(SETTINGS);
    await addUsers(db, "ada", "bob", "cyd", "dan", "eve", { id: "gus", nickname: null, firstName: "Gustav" });
    await befriend(db, ["ada", "bob"], ["cyd", "ada"], ["ada", "gus"], ["bob", "dan"]);
    await addWorkouts(
      db,
      { userId: "ada", at: hoursInto(WEEK, 10), activities: [pushups(540), running(2)] },
      { userId: "bob", at: hoursInto(WEEK, 10), activities: [pushups(600)] },
      { userId: "cyd", at: hoursInto(WEEK, 10), activities: [pushups(560)] },
      { userId: "dan", at: hoursInto(WEEK, 10), activities: [pushups(9000)] },
      { userId: "ada", at: hoursInto(WEEK, -20), activities: [pushups(15)] },
    );
    await call(GET, "/api/events/weekly", { token: CRON_SECRET });
  });
  afterAll(closeDatabase);
  beforeEach(() => setClock());

  const inclusive = ({ end }: Period) => new Date(end.getTime() - 1).toISOString();

  it("returns a user's newest week", async () => {
    const answer = await call(GET, "/api/sport/results?userId=ada");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      userId: "ada",
      periodKind: "week",
      weekStart: WEEK.start.toISOString(),
      weekEnd: inclusive(WEEK),
      totalPoints: 560,
      totalWorkouts: 1,
      totalExercises: 2,
      exerciseTotals: { pushups: { points: 540, reps: 540 }, running: { points: 20, km: 2 } },
      pointsTarget: 500,
      challengeTarget: 1500,
      goalExercisesMet: false,
      goalPointsMet: true,
      goalChallengeMet: false,
      badgesAwarded: 5,
      awardsAwarded: 1,
      badges: [
        ...[50, 100, 250, 500].map((level) => ({ slug: "lifetime-pushups", level })),
        { slug: "weekly-goal-points", level: 1 },
      ],
      awards: [{ type: "friends-silver" }],
    });
  });

  it("finds a week by any date in it", async () => {
    const before = previousPeriod("week", WEEK, WEEK.zone);
    for (const hours of [1, 24 * 6.5]) {
      const date = localDate(new Date(hoursInto(before, hours)), WEEK.zone);
      const answer = await call(GET, `/api/sport/results?userId=ada&week=${date}`);
      expect(answer.body).toMatchObject({ weekStart: before.start.toISOString(), totalPoints: 15 });
    }
  });

  it("ranks a user among their direct friends, with equal ranks for equal points", async () => {
    const answer = await call(GET, "/api/sport/leaderboard?userId=ada");
    expect(answer.body).toEqual({
      userId: "ada",
      weekStart: WEEK.start.toISOString(),
      weekEnd: inclusive(WEEK),
      rank: 2,
      points: 560,
      participants: 4,
      nextCursor: null,
      items: [
        { userId: "bob", name: "bob", rank: 1, points: 600 },
        { userId: "ada", name: "ada", rank: 2, points: 560 },
        { userId: "cyd", name: "cyd", rank: 2, points: 560 },
        { userId: "gus", name: "Gustav", rank: 4, points: 0 },
      ],
    });
    expect((await call(GET, "/api/sport/leaderboard?userId=eve")).body).toMatchObject({
      rank: 1,
      participants: 1,
      items: [{ userId: "eve" }],
    });
  });

  it("lists a leaderboard in pages, with the user's own rank on each", async () => {
    const [path, query] = ["/api/sport/leaderboard", "userId=ada"] as const;
    const { body } = await call<{ items: object[]; nextCursor: string | null }>(GET, `${path}?${query}`);
    expect(await itemsOfPages(path, `${query}&limit=1`)).toEqual(body.items.map((entry) => [entry]));
    const first = await call<{ nextCursor: string }>(GET, `${path}?${query}&limit=3`);
    const last = await call(GET, `${path}?${query}&limit=3&cursor=${first.body.nextCursor}`);
    expect(last.body).toEqual({ ...body, items: body.items.slice(3) });
  });

  it("separates the badges and awards of a week and a month that begin together", async () => {
    await addUsers(db, "kim");
    await addWorkouts(db, { userId: "kim", at: "2025-09-02T10:00:00Z", activities: [pushups(2000)] });
    await fireWeekly(db, "2026-01-01T00:00:00Z", { date: "2025-09-01" });
    await fireMonthly(db, "2026-01-01T00:00:00Z", { date: "2025-09-01" });
    const read = async (query: string) =>
      (
        await call<{ badges: { slug: string }[]; awards: { type: string }[] }>(
          GET,
          `/api/sport/results?userId=kim&${query}`,
        )
      ).body;
    const [ofWeek, ofMonth] = [await read("week=2025-09-01"), await read("month=2025-09")];
    const slugs = new Set(ofWeek.badges.map(({ slug }) => slug));
    expect([...slugs].sort()).toEqual(["lifetime-pushups", "weekly-challenge-points", "weekly-goal-points"]);
    expect(ofWeek.awards).toEqual([]);
    expect(ofMonth.badges).toEqual([{ slug: "monthly-challenge-points", level: 1 }]);
    expect(ofMonth.awards).toContainEqual({ type: "monthly-champion" });
  });

  it("returns the ranks of the month that is read, not of another one", async () => {
    await addUsers(db, "lea");
    await addWorkouts(db, { userId: "lea", at: "2025-06-10T10:00:00Z", activities: [pushups(10)] });
    for (const date of ["2025-05-01", "2025-06-01", "2025-07-01"]) {
      await fireMonthly(db, "2026-01-01T00:00:00Z", { date });
    }
    const ranks = [];
    for (const month of ["2025-05", "2025-06", "2025-07"]) {
      const { body } = await call(GET, `/api/sport/results?userId=lea&month=${month}`);
      ranks.push((body.ranks as { global: { points: number | null } }).global.points);
    }
    expect(ranks).toEqual([null, 1, null]);
  });

  it("lists all badges of a user, newest first", async () => {
    const { body } = await call<{ items: object[]; nextCursor: null }>(GET, "/api/sport/badges?userId=ada");
    const before = previousPeriod("week", WEEK, WEEK.zone).start.toISOString();
    const [newest, oldest] = [
      { slug: "lifetime-pushups", level: 50, periodKind: "week", periodStart: WEEK.start.toISOString() },
      { slug: "lifetime-pushups", level: 10, periodKind: "week", periodStart: before },
    ];
    expect([body.items[0], body.items.at(-1), body.nextCursor]).toEqual([newest, oldest, null]);
  });

  it("lists the awards of a user, newest first, in pages", async () => {
    const before = previousPeriod("week", WEEK, WEEK.zone).start.toISOString();
    const awards = [
      { type: "friends-silver", periodKind: "week", periodStart: WEEK.start.toISOString() },
      { type: "friends-gold", periodKind: "week", periodStart: before },
    ];
    const [path, query] = ["/api/sport/awards", "userId=ada"] as const;
    expect((await call(GET, `${path}?${query}`)).body).toEqual({ userId: "ada", items: awards, nextCursor: null });
    const pages = await itemsOfPages(path, `${query}&limit=1`);
    expect(pages).toEqual(awards.map((award) => [award]));
  });

  it("lists the awards of one period in pages by their types", async () => {
    await addUsers(db, "pia");
    await addWorkouts(db, { userId: "pia", at: "2025-11-10T10:00:00Z", activities: [pushups(2000)] });
    await fireMonthly(db, "2026-01-01T00:00:00Z", { date: "2025-11-01" });
    const [path, query] = ["/api/sport/awards", "userId=pia"] as const;
    const { body } = await call<{ items: { type: string }[] }>(GET, `${path}?${query}`);
    expect(body.items.length).toBeGreaterThan(2);
    const pages = await itemsOfPages(path, `${query}&limit=2`);
    expect(pages.flat()).toEqual(body.items);
    expect(pages.slice(0, -1).every((page) => page.length === 2)).toBe(true);
  });

  it("lists no badges and awards for a user without any", async () => {
    for (const path of PATHS.slice(2)) {
      const { body } = await call(GET, `${path}?userId=nobody`);
      expect(body).toEqual({ userId: "nobody", items: [], nextCursor: null });
    }
  });

  it.each(PATHS)("%s requires a user with an operator's token", async (path) => {
    const answer = await call<Refusal>(GET, path);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: "invalid-parameter", field: "userId", got: "nothing" });
  });

  it.each(PATHS)("%s refuses a wrong parameter", async (path) => {
    for (const [query, field] of [
      ["userId=", "userId"],
      ["userId=a%00b", "userId"],
      ["userId=ada&userId=bob", "userId"],
      ["userId=ada&surprise=5", "surprise"],
    ]) {
      const answer = await call<Refusal>(GET, `${path}?${query}`);
      expect([answer.status, answer.body.error.field]).toEqual([400, field]);
    }
  });

  it.each(PATHS.slice(0, 2))(
    "%s refuses an invalid date, and returns 404 for a week that has not been evaluated",
    async (path) => {
      const answers = await Promise.all(
        ["2026-02-30", "foo", "0000-01-01", "2999-01-01", "2001-01-01"].map((date) =>
          call<Refusal>(GET, `${path}?userId=ada&week=${date}`),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 404, 404]);
      expect(answers.map(({ body }) => body.error.code)).toEqual([
        ...Array.from({ length: 3 }, () => "invalid-parameter"),
        "not-found",
        "not-found",
      ]);
    },
  );

  it("returns 404 for an unknown user", async () => {
    for (const path of PATHS.slice(0, 2)) {
      expect((await call(GET, `${path}?userId=nobody`)).status).toBe(404);
    }
  });

  it.each(PATHS)("%s allows only reading, and no caching", async (path) => {
    expect((await call(GET, `${path}?userId=ada`)).headers.get("cache-control")).toBe("no-store");
    for (const refused of [POST, DELETE, PUT]) {
      const answer = await call(refused, `${path}?userId=ada`, { json: {} });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  });
});
