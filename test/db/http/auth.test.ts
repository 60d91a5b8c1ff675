import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import type { Handler } from "../../../lib/http/handler.ts";
import type { Period } from "../../../lib/time/periods.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { DELETE, GET, OPTIONS, POST, PUT } from "../../support/http/api.ts";
import {
  ADMIN_TOKEN,
  CRON_SECRET,
  call,
  dump,
  fates,
  hoursInto,
  type Refusal,
  SETTINGS,
  type Taken,
} from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { addUsers, addWorkouts, befriend } from "../../worlds/club.ts";

/** Who may read and write what (docs/domain.md, section 9). */

const ORIGIN = "https://app.example.com";
const SETUP = { ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET, ALLOWED_ORIGINS: `${ORIGIN}, https://www.example.com` };

describe("a signed-in user", () => {
  let db: Db;
  let week: Period;
  let ada: string;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(closeDatabase);
  beforeEach(async () => {
    setClock();
    configure(SETUP);
    week = WEEK;
    ada = await signed({ sub: "ada" });
    await empty(db);
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(db, { userId: "bob", id: "bobs", at: hoursInto(week, 5) });
  });

  const workout = (over: object = {}) => ({
    id: "mine",
    startTime: hoursInto(week, 10),
    activities: [{ exerciseId: "pushups", quantity: 25 }],
    ...over,
  });
  /** @param path Below `/api/sport/`. */
  const asAda = <Body = Taken>(handler: Handler, path: string, json?: unknown) =>
    call<Body>(handler, `/api/sport/${path}`, { token: ada, ...(json === undefined ? {} : { json }) });

  it("writes and reads their own data without saying whose it is", async () => {
    expect(fates(await asAda(POST, "workouts", { workouts: [workout()] }))).toEqual(["created"]);
    expect(fates(await asAda(POST, "workouts", { workouts: [workout({ userId: "ada" })] }))).toEqual(["unchanged"]);
    expect(await dump(db, "workouts")).toMatchObject({
      workouts: [{ user_id: "bob" }, { user_id: "ada", client_id: "mine" }],
    });
    await call(POST, "/api/events/weekly", { method: "POST", token: CRON_SECRET });
    expect(await asAda(GET, "results")).toMatchObject({ status: 200, body: { userId: "ada", totalPoints: 25 } });
    expect(await asAda(GET, "leaderboard")).toMatchObject({
      status: 200,
      body: { userId: "ada", rank: 1, participants: 2 },
    });
    expect(await asAda(GET, "awards")).toMatchObject({
      status: 200,
      body: { userId: "ada", items: [{ type: "friends-gold" }] },
    });
    expect((await asAda(GET, "exercises")).status).toBe(200);
    expect(fates(await asAda(DELETE, "workouts", { workouts: [{ id: "mine" }] }))).toEqual(["deleted"]);
  });

  it("changes their own goals, preferences and names", async () => {
    const change = { id: "ada", nickname: "Countess", weeklyGoals: { points: { target: 900 } }, bodyWeightKg: 60 };
    expect(fates(await asAda(POST, "users", { users: [change] }))).toEqual(["updated"]);
    const [mine] = (await dump(db, "users")).users?.filter(({ id }) => id === "ada") ?? [];
    expect(mine).toMatchObject({ nickname: "Countess", weekly_goals: change.weeklyGoals, is_active: true });
  });

  it.each(["results", "leaderboard", "badges", "awards"])("does not read another user's %s", async (name) => {
    const answer = await asAda<Refusal>(GET, `${name}?userId=bob`);
    expect([answer.status, answer.body.error.code]).toEqual([403, "forbidden"]);
  });

  it.each<[string, Handler, string, (mine: object) => object]>([
    ["write another user's workout", POST, "workouts", (mine) => ({ workouts: [mine, { ...mine, userId: "bob" }] })],
    ["delete another user's workout", DELETE, "workouts", () => ({ workouts: [{ id: "bobs", userId: "bob" }] })],
    [
      "write another user",
      POST,
      "users",
      () => ({
        users: [
          { id: "ada", nickname: "A" },
          { id: "bob", nickname: "B" },
        ],
      }),
    ],
    ["create a user", POST, "users", () => ({ users: [{ id: "eve" }] })],
    ["erase a user, not even themselves", DELETE, "users", () => ({ users: [{ id: "ada" }] })],
    [
      "write an exercise",
      POST,
      "exercises",
      () => ({ exercises: [{ id: "pushups", nameDe: "a", nameEn: "b", measurementType: "reps" }] }),
    ],
    ["delete an exercise", DELETE, "exercises", () => ({ exercises: [{ id: "walking" }] })],
    ["make a friend by themselves", POST, "friendships", () => ({ friendships: [{ userId: "ada", friendId: "bob" }] })],
    [
      "end a friendship by themselves",
      DELETE,
      "friendships",
      () => ({ friendships: [{ userId: "ada", friendId: "bob" }] }),
    ],
  ])("does not %s, and leaves everything as it was", async (_, handler, path, json) => {
    const before = await dump(db);
    const answer = await asAda<Refusal>(handler, path, json(workout()));
    expect([answer.status, answer.body.error.code]).toEqual([403, "forbidden"]);
    expect(answer.body.error.message).toMatch(/the role|own data/);
    expect(await dump(db)).toEqual(before);
  });

  it.each([{ email: "eve@example.org" }, { isActive: false }])(
    "does not change what the platform owns: %j",
    async (change) => {
      const before = await dump(db);
      const answer = await asAda(POST, "users", { users: [{ id: "ada", ...change }] });
      expect(answer.status).toBe(422);
      expect(answer.body.results).toMatchObject([
        { id: "ada", status: "error", error: { field: Object.keys(change)[0] } },
      ]);
      expect(await dump(db)).toEqual(before);
    },
  );

  it("whom the platform has not handed over yet cannot create themselves", async () => {
    const eve = await signed({ sub: "eve" });
    const answer = await call<Taken>(POST, "/api/sport/users", { token: eve, json: { users: [{ id: "eve" }] } });
    expect([answer.status, fates(answer)]).toEqual([422, ["unknown-user id"]]);
    const post = await call<Taken>(POST, "/api/sport/workouts", { token: eve, json: { workouts: [workout()] } });
    expect([post.status, fates(post)]).toEqual([422, ["unknown-user userId"]]);
  });

  it("does not fire jobs", async () => {
    expect((await call(GET, "/api/events/weekly", { token: ada })).status).toBe(401);
  });

  it("may be the operator, whose token reaches everybody", async () => {
    const json = { workouts: [workout({ userId: "ada" }), workout({ userId: "bob" })] };
    expect(fates(await call<Taken>(POST, "/api/sport/workouts", { token: ADMIN_TOKEN, json }))).toEqual([
      "created",
      "created",
    ]);
  });

  describe("on a page of another origin", () => {
    const from = (origin: string, handler: Handler, sent: object = {}, path = "/api/sport/workouts") =>
      call(handler, path, { token: ada, ...sent, headers: { origin } });
    const GRANTS = ["origin", "methods", "headers", "max-age"].map((grant) => `access-control-allow-${grant}`);

    it("may call if its origin is allowed", async () => {
      const preflight = await from(ORIGIN, OPTIONS, { method: "OPTIONS", token: null });
      expect(preflight.status).toBe(204);
      const answer = await from(ORIGIN, POST, { json: { workouts: [workout()] } });
      expect(answer.status).toBe(200);
      for (const { headers } of [preflight, answer]) {
        expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
        expect(headers.get("access-control-allow-methods")).toBe("POST, DELETE");
        expect(headers.get("access-control-allow-headers")).toMatch(/authorization.*content-type/);
        expect(headers.get("access-control-allow-credentials")).toBeNull();
        expect(headers.get("vary")).toMatch(/origin/i);
      }
    });

    it("may read why they were refused", async () => {
      for (const sent of [{ token: "wrong" }, { json: [] }, { method: "PUT", json: {} }]) {
        const answer = await from(ORIGIN, "method" in sent ? PUT : POST, sent);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
      }
    });

    it.each([
      "https://evil.example",
      "https://app.example.com.evil.example",
      "http://app.example.com",
      "https://app.example.com:8443",
      "null",
    ])("gets no CORS headers if the origin is %s", async (origin) => {
      for (const answer of [
        from(origin, OPTIONS, { method: "OPTIONS" }),
        from(origin, GET, {}, "/api/sport/exercises"),
      ]) {
        const { headers } = await answer;
        for (const grant of GRANTS) expect(headers.get(grant)).toBeNull();
        expect(headers.get("vary")).toMatch(/origin/i);
      }
    });

    it("has no say about jobs, whose endpoint speaks to no browser", async () => {
      const answer = await from(ORIGIN, OPTIONS, { method: "OPTIONS" }, "/api/events/weekly");
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([405, null]);
    });

    it("gets no CORS headers if no origin is configured", async () => {
      configure({ ...SETUP, ALLOWED_ORIGINS: "" });
      const { headers } = await from(ORIGIN, GET, {}, "/api/sport/exercises");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    });
  });
});
