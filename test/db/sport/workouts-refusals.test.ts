import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { workouts } from "../../../lib/sport/training/schema.ts";
import { NOW, setClock, WEEK } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET, POST } from "../../support/http/api.ts";
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
import { addUsers } from "../../worlds/club.ts";

/** Invalid workouts: the response names the error of each, and the valid ones of the batch are stored. */

const it = databaseTest(SETTINGS);

const good = {
  id: "w",
  userId: "ada",
  startTime: "2024-02-06T18:30:00Z",
  activities: [{ exerciseId: "pushups", quantity: 10 }],
};

/** Posts JSON text unchanged, because a serialiser would change 1e999 and lone surrogates. */
const postText = <Body = Taken>(body: string) =>
  call<Body>(POST, "/api/sport/workouts", { body, headers: { "content-type": "application/json" } });
const post = (...items: unknown[]) => postText(JSON.stringify({ workouts: items }));

describe("invalid workouts", () => {
  let db: Db;
  beforeEach<{ db: Db }>(async ({ db: own }) => {
    db = own;
    setClock();
    await addUsers(db, "ada");
  });

  it("are left out, and the valid ones of the batch are stored", async () => {
    const answer = await post(
      good,
      { ...good, id: "x", startTime: "yesterday" },
      { ...good, id: "y" },
      { ...good, id: "z", userId: "nobody" },
    );
    expect(answer).toMatchObject({ status: 207, body: { taken: 2, failed: 2 } });
    expect(fates(answer)).toEqual(["created", "invalid-item startTime", "created", "unknown-user userId"]);
    expect((await db.select().from(workouts)).map(({ clientId }) => clientId).sort()).toEqual(["w", "y"]);
  });

  it("change nothing if no workout of the batch is valid", async () => {
    const before = await dump(db);
    const answer = await post({ ...good, startTime: "yesterday" }, { ...good, id: "z", userId: "nobody" });
    expect(answer).toMatchObject({ status: 422, body: { taken: 0, failed: 2 } });
    expect(await dump(db)).toEqual(before);
  });

  const AMOUNT = "a number from 0 to 1000000";
  it.each([
    ["quantity", '"quantity": -5', AMOUNT, "-5"],
    ["quantity", '"quantity": 1e999', AMOUNT, "Infinity"],
    ["quantity", '"quantity": -1e999', AMOUNT, "-Infinity"],
    ["quantity", '"quantity": 1e308', AMOUNT, "1e+308"],
    ["quantity", '"quantity": 1000001', AMOUNT, "1000001"],
    ["quantity", '"quantity": "10"', AMOUNT, '"10"'],
    ["quantity", '"quantity": null', AMOUNT, "null"],
    ["quantity", '"quantity": [10]', AMOUNT, "a list of 1"],
    ["quantity", '"unit": "reps"', "an amount", "nothing"],
    ["unit", '"quantity": 5, "unit": "km"', "one of reps, rep", "km"],
    ["unit", '"quantity": 5, "unit": "__proto__"', "one of reps, rep", "__proto__"],
    ["sets", '"quantity": 5, "sets": [{"quantity": 5}]', "either quantity or sets", "both"],
    ["sets[1].quantity", '"sets": [{"quantity": 5}, {"quantity": -1}]', AMOUNT, "-1"],
    ["reps", '"quantity": 5, "reps": 6', "5, as the other fields say, or none", "6"],
    ["weightKg", '"quantity": 5, "weightKg": 1e308', "a number from -500 to 1000", "1e+308"],
    ["points", '"quantity": 5, "points": 1000', "no such field", "one"],
    ["__proto__", '"quantity": 5, "__proto__": {"pointsEarned": 1000}', "no such field", "one"],
  ])("get an error for %s in {%s}", async (field, json, expected, got) => {
    const activity = `{"exerciseId": "pushups", ${json}}`;
    const answer = await postText(
      `{"workouts": [{"id": "w", "userId": "ada", "startTime": "${good.startTime}", "activities": [${activity}]}]}`,
    );
    expect(answer.status).toBe(422);
    expect(answer.body.results).toMatchObject([
      { index: 0, status: "error", error: { code: "invalid-item", field: `activities[0].${field}`, expected, got } },
    ]);
  });

  it.each([
    ["running", "5", '"nothing"', "one of km, m, mi, mile, miles"],
    ["running", '5, "unit": "furlong"', '"furlong"', "one of km, m, mi, mile, miles"],
    ["running", '5, "unit": "min"', '"min"', "one of km, m, mi, mile, miles"],
    ["plank", '5, "unit": "km"', '"km"', "one of s, sec, seconds, min, minutes, h, hours"],
  ])("get an error instead of a guessed unit (%s %s)", async (exerciseId, quantity, got, expected) => {
    const activity = JSON.parse(`{"exerciseId": "${exerciseId}", "quantity": ${quantity}}`);
    const answer = await post({ ...good, activities: [activity] });
    expect(answer.body.results[0]?.error).toMatchObject({
      field: "activities[0].unit",
      expected,
      got: JSON.parse(got),
    });
  });

  it.each([
    ["startTime", { startTime: "2024-02-06" }],
    ["startTime", { startTime: "2024-02-06T18:30:00" }],
    ["startTime", { startTime: "2026-02-30T18:30:00Z" }],
    ["startTime", { startTime: 1_770_000_000_000 }],
    ["startTime", { startTime: "1999-12-31T23:59:59Z" }],
    ["startTime", { startTime: new Date(Number(NOW) + 48 * 3_600_000).toISOString() }],
    ["id", { id: "" }],
    ["id", { id: "a b" }],
    ["id", { id: "ü" }],
    ["id", { id: "n\u0000l" }],
    ["id", { id: "\ud800" }],
    ["id", { id: "x".repeat(129) }],
    ["id", { id: 5 }],
    ["userId", { userId: undefined }],
    ["userId", { userId: "a\nb" }],
    ["activities", { activities: [] }],
    ["activities", { activities: "10 push-ups" }],
    ["activities", { activities: Array.from({ length: 201 }, () => good.activities[0]) }],
    ["activities[0]", { activities: [null] }],
    ["activities[0].sets", { activities: [{ exerciseId: "pushups", sets: [] }] }],
    ["activities[0].sets", { activities: [{ exerciseId: "pushups", sets: Array(101).fill({ quantity: 1 }) }] }],
    ["activities[0].unit", { activities: [{ exerciseId: "running", quantity: 1, unit: "kilometres and more" }] }],
    [
      "activities[0].unit",
      { activities: [{ exerciseId: "running", quantity: 1, unit: "a unit of too many letters" }] },
    ],
    ["activities[1].exerciseId", { activities: [good.activities[0], { quantity: 5 }] }],
    ["extra", { extra: true }],
  ])("get an error for %s in %o", async (field, over) => {
    const answer = await post({ ...good, ...over });
    expect(answer.status).toBe(422);
    expect(fates(answer)).toEqual([`invalid-item ${field}`]);
    expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
  });

  it.each([[null], [5], ["w"], [[]], [{}]])("may be %j instead of an object", async (item) => {
    const answer = await post(item, good);
    expect(answer.status).toBe(207);
    expect(answer.body.results[0]).toMatchObject({ index: 0, id: null, status: "error" });
    expect(fates(answer)[1]).toBe("created");
  });

  it("start more than a day in the future; up to a day is accepted, because clients' clocks may be wrong", async () => {
    const startsIn = (ms: number) => new Date(Number(NOW) + ms).toISOString();
    const day = 86_400_000;
    const answer = await post(
      { ...good, id: "a", startTime: startsIn(day) },
      { ...good, id: "b", startTime: startsIn(day + 60_000) },
    );
    expect(fates(answer)).toEqual(["created", "invalid-item startTime"]);
  });

  it("may name an unknown exercise", async () => {
    for (const exerciseId of ["chess", "__proto__", "constructor"]) {
      const answer = await post({ ...good, activities: [...good.activities, { exerciseId, quantity: 5 }] });
      expect(answer.body.results[0]?.error).toMatchObject({
        code: "unknown-exercise",
        field: "activities[1].exerciseId",
        got: exerciseId,
      });
    }
  });

  it("with a repeated id are stored once: the first counts, the others are errors", async () => {
    const answer = await post(good, { ...good, activities: [{ exerciseId: "pushups", quantity: 99 }] }, good);
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["created", "duplicate id", "duplicate id"]);
    expect(await dump(db, "workout_activities")).toMatchObject({ workout_activities: [{ reps: 10 }] });
  });

  it.each([
    ["no item", '{"workouts": []}', "workouts", "a list of 0"],
    [
      "1001 items",
      JSON.stringify({ workouts: Array.from({ length: 1001 }, () => good) }),
      "workouts",
      "a list of 1001",
    ],
    ["no list", '{"workouts": {"id": "w"}}', "workouts", '{"id":"w"}'],
    ["another key", '{"items": []}', "workouts", "nothing"],
    ["more than the list", `{"workouts": [${JSON.stringify(good)}], "force": true}`, "force", "one"],
    ["a list itself", "[]", "body", "a list of 0"],
  ])("are refused as a whole in a body with %s", async (_, body, field, got) => {
    const answer = await postText<Refusal>(body);
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatchObject({ code: "invalid-body", field, got });
    expect(await db.$count(workouts)).toBe(0);
  });

  it.each(['{"workouts": [{"quantity": NaN}]}', "{", '{"workouts": [Infinity]}'])(
    "are refused as a whole if the body is %s",
    async (text) => {
      const answer = await postText<Refusal>(text);
      expect([answer.status, answer.body.error.code]).toEqual([400, "invalid-json"]);
    },
  );

  it("that nest deeply do not affect the rest of the batch", async () => {
    const deep = `${'{"a":'.repeat(30)}1${"}".repeat(30)}`;
    const answer = await postText(`{"workouts": [{"id": ${deep}}, ${JSON.stringify(good)}]}`);
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["invalid-item id", "created"]);
  });

  it("of the largest accepted size do not stop the evaluation of the week", async () => {
    setClock();
    const week = WEEK;
    await addUsers(db, "eve");
    const sets = Array.from({ length: 100 }, () => ({ quantity: 1_000_000 }));
    const activities = Array.from({ length: 200 }, () => ({ exerciseId: "swimming", unit: "km", sets }));
    const huge = ["a", "b", "c"].map((id) => ({ id, userId: "eve", startTime: hoursInto(week, 20), activities }));
    await post(...huge, { ...good, startTime: hoursInto(week, 10) });
    const answer = await call(GET, "/api/events/weekly", { token: CRON_SECRET });
    expect(answer.status).toBe(200);
  });
});
