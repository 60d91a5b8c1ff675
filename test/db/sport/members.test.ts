import { describe, expect } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { localDate, previousPeriod } from "../../../lib/time/periods.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { CRON_SECRET, call, hoursInto, SETTINGS } from "../../support/http/requests.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

const PATH = "/api/admin/members";
const it = databaseTest(SETTINGS);

interface Member {
  id: string;
  name: string | null;
  lastWeek: unknown;
}
interface Members {
  items: Member[];
  nextCursor: string | null;
}

describe("members for operators", () => {
  it("are listed by name, page by page, and found by a part of their name or address", async ({ db }) => {
    await addUsers(
      db,
      { id: "3", nickname: "Zoe" },
      { id: "1", nickname: null, firstName: "Anna", email: "a_b@club.example" },
      { id: "2", nickname: "anton", isActive: false },
      { id: "nameless", nickname: null, email: null },
      { id: "4", nickname: "Bea", preferences: { notifications: { email: false } } },
    );
    const ids = async (query = "") => (await call<Members>(GET, `${PATH}${query}`)).body.items.map(({ id }) => id);
    expect(await ids()).toEqual(["1", "2", "4", "nameless", "3"]);
    const first = (await call<Members>(GET, `${PATH}?limit=2`)).body;
    expect(first.items.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(await ids(`?limit=10&cursor=${first.nextCursor}`)).toEqual(["4", "nameless", "3"]);
    expect(await ids("?search=AN")).toEqual(["1", "2"]);
    expect(await ids("?search=a_b")).toEqual(["1"]);
    expect(await ids("?search=%25")).toEqual([]);
    expect(await ids("?state=inactive")).toEqual(["2"]);
    expect(await ids("?state=no-address")).toEqual(["nameless"]);
    expect(await ids("?state=opted-out")).toEqual(["4"]);
  });

  it("show their results, goals and friends", async ({ db }) => {
    setClock();
    configure(SETTINGS);
    const before = previousPeriod("week", WEEK, WEEK.zone);
    const exercises = [{ exerciseId: "pushups", target: 50, unit: "reps", note: "mine" }, "none"];
    await addUsers(db, { id: "ada", weeklyGoals: { points: { target: 30 }, exercises } }, "bob", "cem");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(
      db,
      { userId: "ada", at: hoursInto(before, 5), activities: [pushups(7)] },
      { userId: "ada", at: hoursInto(WEEK, 5), activities: [pushups(40)] },
      { userId: "bob", at: hoursInto(WEEK, 6), activities: [pushups(60)] },
    );
    for (const { start } of [before, WEEK]) {
      const week = localDate(start, WEEK.zone);
      await call(GET, `/api/events/weekly?week=${week}`, { token: CRON_SECRET });
    }
    const { status, body } = await call(GET, `${PATH}/ada`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "ada",
      timezone: WEEK.zone,
      goals: { points: 30, exercises: [{ exerciseId: "pushups", target: 50, unit: "reps" }] },
      friends: [{ id: "bob", name: "bob" }],
      months: [],
      weeks: [
        { weekStart: before.start.toISOString(), points: 7, goalPointsMet: false },
        { points: 40, workouts: 1, pointsTarget: 30, goalPointsMet: true, friendsRank: 2, participants: 2 },
      ],
    });
    const { items } = (await call<Members>(GET, PATH)).body;
    expect(items.map(({ lastWeek }) => lastWeek)).toEqual([
      { points: 40, workouts: 1 },
      { points: 60, workouts: 1 },
      { points: 0, workouts: 0 },
    ]);
    expect(await call(GET, `${PATH}/nobody`)).toMatchObject({ status: 404 });
  });
});
