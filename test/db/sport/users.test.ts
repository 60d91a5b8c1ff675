import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { users } from "../../../lib/users/schema.ts";
import { setClock, WEEK } from "../../support/clock.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { DELETE, GET, POST } from "../../support/http/api.ts";
import {
  CRON_SECRET,
  call,
  dump,
  fates,
  hoursInto,
  type Refusal,
  SETTINGS,
  type Taken,
} from "../../support/http/requests.ts";
import { addUsers, addWorkouts, befriend, pushups } from "../../worlds/club.ts";

/** The endpoint for users. */

const ada = {
  id: "ada",
  email: "ada@club.example",
  firstName: "Ada",
  nickname: "Countess",
  language: "en",
  preferences: { distanceUnit: "mi", notifications: { email: true }, theme: { dark: [1, null, "x"] } },
  weeklyGoals: { points: { target: 700 }, exercises: [{ exerciseId: "pushups", target: 100, unit: "reps" }] },
  showInGlobalRankings: false,
  bodyWeightKg: 62.5,
  isActive: true,
};

const postText = <Body = Taken>(body: string) =>
  call<Body>(POST, "/api/sport/users", { body, headers: { "content-type": "application/json" } });
const post = (...items: unknown[]) => postText(JSON.stringify({ users: items }));
const erase = (...ids: unknown[]) =>
  call<Taken>(DELETE, "/api/sport/users", { method: "DELETE", json: { users: ids.map((id) => ({ id })) } });

describe.each(DATABASES)("users on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    configure(SETTINGS);
    connection = await open();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  const stored = async (id = "ada") => (await db.select().from(users).where(eq(users.id, id)))[0];

  it("are created with the given fields and defaults for the others", async () => {
    const answer = await post(ada, { id: "bob" });
    expect(answer).toMatchObject({ status: 200, body: { taken: 2, failed: 0 } });
    expect(fates(answer)).toEqual(["created", "created"]);
    expect(await stored()).toEqual(ada);
    expect(await stored("bob")).toEqual({
      id: "bob",
      email: null,
      firstName: null,
      nickname: null,
      language: "de",
      preferences: {},
      weeklyGoals: {},
      showInGlobalRankings: true,
      bodyWeightKg: null,
      isActive: true,
    });
  });

  it("do not change when they are sent again", async () => {
    await post(ada, { id: "bob" });
    const before = await dump(db);
    expect(fates(await post(ada, { id: "bob" }))).toEqual(["unchanged", "unchanged"]);
    expect(await dump(db)).toEqual(before);
  });

  it("keep fields that an update leaves out, and lose fields that it sets to null", async () => {
    await post(ada);
    const answer = await post({ id: "ada", nickname: null, language: "de", preferences: {} }, { id: "new" });
    expect(fates(answer)).toEqual(["updated", "created"]);
    expect(await stored()).toEqual({ ...ada, nickname: null, language: "de", preferences: {} });
  });

  it("keep names in any script and with special characters", async () => {
    for (const nickname of ["Zoë 🏋️‍♀️ 李", "'; drop table users; --", "<script>alert(1)</script>", "__proto__", ""]) {
      await post({ id: "ada", nickname });
      expect((await stored())?.nickname).toBe(nickname);
    }
  });

  it.each([
    ["nickname", '"nickname": "a\\u0000b"'],
    ["nickname", '"nickname": "a\\ud800b"'],
    ["nickname", '"nickname": "a\\nBcc: eve@example.org"'],
    ["firstName", '"firstName": "a\\rb"'],
    ["firstName", `"firstName": "${"x".repeat(101)}"`],
    ["firstName", '"firstName": 5'],
    ["email", '"email": "ada"'],
    ["email", '"email": "ada@club.example\\nBcc: eve@example.org"'],
    ["email", '"email": "ada@club.example, eve@example.org"'],
    ["language", '"language": "fr"'],
    ["bodyWeightKg", '"bodyWeightKg": -70'],
    ["bodyWeightKg", '"bodyWeightKg": 1e999'],
    ["bodyWeightKg", '"bodyWeightKg": 1e308'],
    ["bodyWeightKg", '"bodyWeightKg": "70"'],
    ["isActive", '"isActive": "no"'],
    ["showInGlobalRankings", '"showInGlobalRankings": null'],
    ["preferences", '"preferences": []'],
    ["preferences", '"preferences": null'],
    ["preferences", '"preferences": "{}"'],
    ["preferences", '"preferences": {"deep": {"note": "a\\u0000b"}}'],
    ["preferences", '"preferences": {"a\\udfffb": 1}'],
    ["preferences", `"preferences": {"long": "${"x".repeat(17_000)}"}`],
    ["weeklyGoals", '"weeklyGoals": [700]'],
    ["weeklyGoals.points", '"weeklyGoals": {"points": 700}'],
    ["weeklyGoals.points.target", '"weeklyGoals": {"points": {"target": "700"}}'],
    ["weeklyGoals.points.target", '"weeklyGoals": {"points": {"target": -1}}'],
    ["weeklyGoals.points.target", '"weeklyGoals": {"points": {"target": 1e308}}'],
    ["weeklyGoals.points.target", '"weeklyGoals": {"points": {}}'],
    ["weeklyGoals.exercises", '"weeklyGoals": {"exercises": {"pushups": 5}}'],
    ["weeklyGoals.exercises[0]", '"weeklyGoals": {"exercises": [null]}'],
    ["weeklyGoals.exercises[0].unit", '"weeklyGoals": {"exercises": [{"exerciseId": "a", "target": 5, "unit": "km"}]}'],
    [
      "weeklyGoals.exercises[0].target",
      '"weeklyGoals": {"exercises": [{"exerciseId": "a", "target": 0, "unit": "reps"}]}',
    ],
    ["__proto__", '"__proto__": {"isActive": false}'],
    ["admin", '"admin": true'],
  ])("are refused for a wrong %s in {%s}, and the others are stored", async (field, json) => {
    const answer = await postText(`{"users": [{"id": "ada", ${json}}, {"id": "bob"}]}`);
    expect(answer).toMatchObject({ status: 207, body: { taken: 1, failed: 1 } });
    expect(fates(answer)).toEqual([`invalid-item ${field}`, "created"]);
    expect(answer.body.results[0]).toMatchObject({
      id: "ada",
      error: { expected: expect.stringMatching(/\w/), got: expect.stringMatching(/./) },
    });
    expect(await stored()).toBeUndefined();
  });

  it.each([
    ["that nests too deeply", `{"a": ${"[".repeat(33)}${"]".repeat(33)}}`],
    ["with a number that JSON cannot represent", '{"a": [{"b": 1e999}]}'],
  ])("cannot have a preference %s", async (_, preferences) => {
    const answer = await postText(`{"users": [{"id": "ada", "preferences": ${preferences}}, {"id": "bob"}]}`);
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["invalid-item preferences", "created"]);
  });

  it.each([40, 8_000, 400_000])("are refused as a whole if a preference has %d levels", async (levels) => {
    const deep = `{"a": ${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const answer = await postText(`{"users": [{"id": "ada", "preferences": ${deep}}, {"id": "bob"}]}`);
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { code: "invalid-body", field: "body", expected: "at most 40 levels", got: "more" } },
    });
    expect(await stored()).toBeUndefined();
  });

  it("may write a backslash in their preferences", async () => {
    const preferences = { note: "\\u0000 is how NUL is written, \\ud800 a surrogate" };
    expect(fates(await post({ id: "ada", preferences }))).toEqual(["created"]);
    expect((await stored())?.preferences).toEqual(preferences);
  });

  it("are evaluated even if their preferences have an unexpected shape", async () => {
    setClock();
    configure(SETTINGS);
    const week = WEEK;
    const junk = [
      { notifications: "off" },
      { notifications: { email: "maybe" } },
      { notifications: [{ email: false }] },
      { distanceUnit: { mi: true } },
      { __proto__: 1, constructor: { prototype: 2 } },
      JSON.parse('{"__proto__": {"notifications": {"email": false}}}'),
    ];
    await post(...junk.map((preferences, n) => ({ id: `u${n}`, email: `u${n}@club.example`, preferences })));
    await addWorkouts(db, { userId: "u3", at: hoursInto(week, 5), activities: [pushups(7)] });
    const { status, body } = await call(GET, "/api/events/weekly", { token: CRON_SECRET });
    expect(status).toBe(200);
    expect(body).toMatchObject({ processedUsers: 6, emails: { queued: 6, failed: 0 } });
  });

  it("that occur twice in a batch are stored once", async () => {
    const answer = await post({ id: "ada", nickname: "first" }, { id: "ada", nickname: "second" });
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["created", "duplicate id"]);
    expect((await stored())?.nickname).toBe("first");
  });

  it("may have ids such as __proto__", async () => {
    const ids = ["__proto__", "constructor", "hasOwnProperty"];
    expect(fates(await post(...ids.map((id) => ({ id, nickname: id }))))).toEqual(["created", "created", "created"]);
    expect((await stored("__proto__"))?.nickname).toBe("__proto__");
    expect({}).not.toHaveProperty("nickname");
  });

  it("come in batches of 1 to 1000", async () => {
    const many = Array.from({ length: 1001 }, (_, n) => ({ id: `u${n}` }));
    for (const items of [[], many]) {
      const answer = await postText<Refusal>(JSON.stringify({ users: items }));
      expect(answer.status).toBe(422);
      expect(answer.body.error).toMatchObject({
        code: "invalid-body",
        field: "users",
        got: `a list of ${items.length}`,
      });
    }
    expect(await db.$count(users)).toBe(0);
    expect((await post(...many.slice(1))).body).toMatchObject({ taken: 1000 });
  });

  it("are erased with all rows derived for them, and other users keep theirs", async () => {
    setClock();
    configure(SETTINGS);
    const week = WEEK;
    await addUsers(db, "ada", "bob");
    await befriend(db, ["ada", "bob"]);
    await addWorkouts(
      db,
      { userId: "ada", at: hoursInto(week, 5), activities: [pushups(600)] },
      { userId: "bob", at: hoursInto(week, 6), activities: [pushups(20)] },
    );
    await call(GET, "/api/events/weekly", { token: CRON_SECRET });
    const before = JSON.stringify(await dump(db));
    for (const trace of ['"ada"', "ada@club.example"]) expect(before).toContain(trace);

    const answer = await erase("ada", "nobody");
    expect([answer.status, fates(answer)]).toEqual([200, ["deleted", "not-found"]]);
    const { exercises: _, badges: __, ...left } = await dump(db);
    expect(JSON.stringify(left)).not.toMatch(/"ada"|ada@|:ada/);
    expect(left.weekly_results?.some((result) => result.user_id === "bob")).toBe(true);
    expect(fates(await erase("ada"))).toEqual(["not-found"]);
  });
});
