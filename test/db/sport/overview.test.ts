import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { inclusiveEnd, localDate, type Period, previousPeriod } from "../../../lib/time/periods.ts";
import { users } from "../../../lib/users/schema.ts";
import { MONTH, setClock, WEEK } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { CRON_SECRET, call, hoursInto, SETTINGS } from "../../support/http/requests.ts";
import { addUsers, addWorkouts, pushups } from "../../worlds/club.ts";

const PATH = "/api/admin/sport/overview";
const settings = SETTINGS;
const it = databaseTest(settings);

interface Overview {
  timezone: string;
  week: { start: string; end: string } | null;
  weeks: Record<string, unknown>[];
  leaderboard: Record<string, unknown>[];
  month: { start: string; end: string } | null;
  months: Record<string, unknown>[];
}

describe("GET /api/admin/sport/overview", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const ask = async (query = "") => (await call<Overview>(GET, `${PATH}${query}`)).body;
  const evaluate = async (handler: typeof GET, path: string) => {
    const answer = await call(handler, path, { token: CRON_SECRET });
    expect(answer).toMatchObject({ status: 200, body: { skipped: false } });
  };

  it.each([
    ["weeks", "?weeks=0", '"0"'],
    ["weeks", "?weeks=53", '"53"'],
    ["limit", "?limit=101", '"101"'],
    ["week", "?week=2026-02-02", "one"],
  ])("refuses a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("is empty if nothing has been evaluated", async () => {
    expect(await ask()).toEqual({
      timezone: "UTC",
      week: null,
      weeks: [],
      leaderboard: [],
      month: null,
      months: [],
    });
  });

  it("lists the totals of each evaluated week and the leaderboard of the newest one", async () => {
    setClock();
    configure(settings);
    const week = WEEK;
    const before = previousPeriod("week", week, week.zone);
    const goals = { points: { target: 30 }, exercises: [{ exerciseId: "pushups", target: 50, unit: "reps" }] };
    await addUsers(
      db,
      { id: "ada", weeklyGoals: goals },
      { id: "bob", weeklyGoals: goals, nickname: null, firstName: "Bob" },
      "cem",
      { id: "dora", showInGlobalRankings: false },
      "eve",
      { id: "fay", isActive: false },
    );
    await addWorkouts(
      db,
      { userId: "ada", at: hoursInto(before, 5), activities: [pushups(7)] },
      { userId: "ada", at: hoursInto(week, 5), activities: [pushups(25)] },
      { userId: "ada", at: hoursInto(week, 30), activities: [pushups(15)] },
      { userId: "bob", at: hoursInto(week, 6), activities: [pushups(60)] },
      { userId: "cem", at: hoursInto(week, 7), activities: [pushups(40)] },
      { userId: "dora", at: hoursInto(week, 8), activities: [pushups(2000)] },
      { userId: "fay", at: hoursInto(week, 8), activities: [pushups(9)] },
    );
    await evaluate(GET, `/api/events/weekly?week=${localDate(before.start, week.zone)}`);
    await evaluate(GET, `/api/events/weekly?week=${localDate(week.start, week.zone)}`);
    const overview = await ask();
    expect(overview).toMatchObject({
      timezone: week.zone,
      week: { start: week.start.toISOString(), end: inclusiveEnd(week) },
      weeks: [
        { weekStart: before.start.toISOString(), users: 5, activeUsers: 1, points: 7, workouts: 1, challengeMet: 0 },
        {
          weekStart: week.start.toISOString(),
          users: 5,
          activeUsers: 4,
          points: 2140,
          workouts: 5,
          pointsGoalMet: 3,
          exerciseGoalMet: 1,
          challengeMet: 1,
        },
      ],
      month: null,
      months: [],
    });
    // Dora has the most points but hides; Eve has none.
    expect(overview.leaderboard).toEqual([
      { rank: 1, userId: "bob", name: "Bob", points: 60, workouts: 1 },
      { rank: 2, userId: "ada", name: "ada", points: 40, workouts: 2 },
      { rank: 2, userId: "cem", name: "cem", points: 40, workouts: 1 },
    ]);
    expect((await ask("?limit=2")).leaderboard.map(({ userId }) => userId)).toEqual(["bob", "ada"]);
    expect((await ask("?weeks=1")).weeks).toMatchObject([{ weekStart: week.start.toISOString() }]);
    await db.update(users).set({ showInGlobalRankings: false });
    expect((await ask()).leaderboard).toEqual([]);
  });

  it("shows the totals of the latest evaluation of a week, equal to the sums of its results", async () => {
    setClock();
    configure(settings);
    const week = WEEK;
    await addUsers(db, "ada", "bob");
    await addWorkouts(db, { userId: "ada", at: hoursInto(week, 5) });
    await evaluate(GET, "/api/events/weekly");
    await addWorkouts(db, { userId: "bob", at: hoursInto(week, 6), activities: [pushups(1600)] });
    await db.update(users).set({ isActive: false }).where(sql`id = 'ada'`);
    await evaluate(GET, "/api/events/weekly?force=true");
    const { weeks } = await ask();
    const newest = { users: 1, activeUsers: 1, points: 1600, workouts: 1, pointsGoalMet: 1, exerciseGoalMet: 0 };
    expect(weeks.at(-1)).toEqual({ weekStart: week.start.toISOString(), ...newest, challengeMet: 1 });
    const stored = await rows(
      db,
      sql`select count(*)::int as users, sum(total_points)::float8 as points from weekly_results
        where week_start = ${week.start.toISOString()}`,
    );
    expect(stored).toEqual([{ users: 1, points: 1600 }]);
  });

  it("has the totals of periods evaluated before totals were stored, because the migration adds them up", async () => {
    setClock();
    configure(settings);
    const week = WEEK;
    await addUsers(db, "ada", "bob");
    await addWorkouts(db, { userId: "ada", at: hoursInto(week, 5), activities: [pushups(1600)] });
    await evaluate(GET, "/api/events/weekly");
    await evaluate(GET, "/api/events/monthly");
    const kept = await ask();
    expect(kept.months.length).toBeGreaterThan(0);
    expect(kept.weeks.at(-1)).toMatchObject({ users: 2, points: 1600, challengeMet: 1 });
    await db.execute(sql`delete from period_totals`);
    const [, ...sums] = readFileSync("drizzle/0010_period_totals.sql", "utf8").split("--> statement-breakpoint");
    for (const statement of sums) await db.execute(sql.raw(statement));
    expect(await ask()).toEqual(kept);
  });

  it("shows nothing of a dry run", async () => {
    setClock();
    configure(settings);
    await addUsers(db, "ada");
    await call(GET, "/api/events/weekly?dryRun=true", { token: CRON_SECRET });
    expect((await ask()).weeks).toEqual([]);
  });

  it("lists the totals of the newest twelve evaluated months, oldest first", async () => {
    setClock();
    configure(settings);
    const month: Period = MONTH;
    await addUsers(db, "ada", "bob");
    await addWorkouts(db, { userId: "ada", at: hoursInto(month, 100), activities: [pushups(2000)] });
    await evaluate(GET, `/api/events/monthly?month=${month.start.toISOString().slice(0, 7)}`);
    for (let n = 0, old = month; n < 12; n++) {
      old = previousPeriod("month", old, "UTC");
      await db.execute(sql`insert into period_totals values
        ('month', ${old.start.toISOString()}, ${old.end.toISOString()}, 2, 1, 5, 1, null, null, 0)`);
    }
    const overview = await ask();
    expect(overview.month).toEqual({ start: month.start.toISOString(), end: inclusiveEnd(month) });
    expect(overview.months).toHaveLength(12);
    expect(overview.months.at(-1)).toEqual({
      monthStart: month.start.toISOString(),
      users: 2,
      activeUsers: 1,
      points: 2000,
      workouts: 1,
      challengeMet: 1,
    });
    const starts = overview.months.map(({ monthStart }) => monthStart);
    expect(starts).toEqual(starts.toSorted());
  });
});
