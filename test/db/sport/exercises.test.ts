import { eq } from "drizzle-orm";
import { describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { exercises, workoutActivities } from "../../../lib/sport/training/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { api, GET } from "../../support/http/api.ts";
import { call, dump, fates, type Refusal, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { addUsers, addWorkouts, pushups } from "../../worlds/club.ts";

const it = databaseTest(SETTINGS);

describe("the exercise catalogue", () => {
  const send = <Body = Taken>(method: "POST" | "DELETE", ...items: unknown[]) =>
    call<Body>(api, "/api/sport/exercises", { method, json: { exercises: items } });
  const handstand = { id: "handstand", nameDe: "Handstand", nameEn: "handstand", measurementType: "time" };
  const stored = async (db: Db, id: string) => (await db.select().from(exercises).where(eq(exercises.id, id)))[0];

  it("is listed in the order of ids", async ({ db }) => {
    const { status, body } = await call<{ items: { id: string }[] }>(GET, "/api/sport/exercises");
    const ids = body.items.map(({ id }) => id);
    expect(status).toBe(200);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toHaveLength(await db.$count(exercises));
    expect(body.items).toContainEqual({
      id: "pullups",
      nameDe: "Klimmzüge",
      nameEn: "pull-ups",
      measurementType: "reps",
      pointsPerUnit: 1.6,
      pointsSource: "auto",
      difficultyTier: 8,
    });
    expect((await call(GET, "/api/sport/exercises?limit=5")).status).toBe(400);
  });

  it.for([
    ["time", 5, 1 / 60],
    ["time", 10, 1 / 30],
    ["reps", 1, 0.2],
    ["distance", 8, 16],
  ] as const)("derives the points of an exercise of %s from tier %d", async (exercise, { db }) => {
    const [measurementType, difficultyTier, pointsPerUnit] = exercise;
    expect(fates(await send("POST", { ...handstand, measurementType, difficultyTier }))).toEqual(["created"]);
    expect(await stored(db, "handstand")).toMatchObject({ pointsPerUnit, pointsSource: "auto", difficultyTier });
  });

  it("uses given points, and the tier's again when they are left out", async ({ db }) => {
    await send("POST", { ...handstand, pointsPerUnit: 0.25 });
    expect(await stored(db, "handstand")).toMatchObject({
      pointsPerUnit: 0.25,
      pointsSource: "manual",
      difficultyTier: 5,
    });
    expect(fates(await send("POST", handstand))).toEqual(["updated"]);
    expect(await stored(db, "handstand")).toMatchObject({ pointsPerUnit: 1 / 60, pointsSource: "auto" });
  });

  it("does not change when the same batch comes again", async ({ db }) => {
    const batch = [handstand, { ...handstand, id: "l-sit", pointsPerUnit: 1 / 3 }];
    await send("POST", ...batch);
    const before = await dump(db);
    expect(fates(await send("POST", ...batch))).toEqual(["unchanged", "unchanged"]);
    expect(await dump(db)).toEqual(before);
  });

  it.for<[string, object]>([
    ["id", { id: "Hand Stand" }],
    ["id", { id: "__proto__" }],
    ["id", { id: "-x" }],
    ["nameDe", { nameDe: "" }],
    ["nameEn", { nameEn: "hand\nstand" }],
    ["nameEn", { nameEn: undefined }],
    ["measurementType", { measurementType: "minutes" }],
    ["difficultyTier", { difficultyTier: 0 }],
    ["difficultyTier", { difficultyTier: 5.5 }],
    ["difficultyTier", { difficultyTier: 11 }],
    ["pointsPerUnit", { pointsPerUnit: 0 }],
    ["pointsPerUnit", { pointsPerUnit: -1 }],
    ["pointsPerUnit", { pointsPerUnit: 1e308 }],
    ["points", { points: 5 }],
  ])("refuses a wrong %s: %j", async ([field, over], { db }) => {
    const answer = await send("POST", { ...handstand, ...over });
    expect([answer.status, fates(answer)]).toEqual([422, [`invalid-item ${field}`]]);
    expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
    expect(await stored(db, "handstand")).toBeUndefined();
  });

  it("keeps the measure of an exercise that workouts or badges use", async ({ db }) => {
    await addUsers(db, "ada");
    await send("POST", { ...handstand, measurementType: "reps" });
    expect(fates(await send("POST", handstand))).toEqual(["updated"]);
    await addWorkouts(db, {
      userId: "ada",
      at: "2026-02-03T10:00:00Z",
      activities: [{ exerciseId: "handstand", quantity: 30, unit: "s" }],
    });
    const answer = await send(
      "POST",
      { ...handstand, measurementType: "reps" },
      { id: "pushups", nameDe: "Liegestütze", nameEn: "push-ups", measurementType: "time" },
      { ...handstand, id: "l-sit" },
    );
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["in-use measurementType", "in-use measurementType", "created"]);
  });

  it("keeps the points of stored workouts when the points of an exercise change", async ({ db }) => {
    await addUsers(db, "ada");
    await send("POST", { ...handstand, measurementType: "reps" });
    await addWorkouts(db, {
      userId: "ada",
      at: "2026-02-03T10:00:00Z",
      activities: [{ exerciseId: "handstand", quantity: 30 }],
    });
    expect(fates(await send("POST", { ...handstand, measurementType: "reps", pointsPerUnit: 9 }))).toEqual(["updated"]);
    expect(await db.select().from(workoutActivities)).toMatchObject([{ pointsEarned: 30 }]);
  });

  it("loses only exercises that no workout or badge uses", async ({ db }) => {
    await addUsers(db, "ada");
    await send("POST", handstand, { ...handstand, id: "l-sit" });
    await addWorkouts(db, {
      userId: "ada",
      at: "2026-02-03T10:00:00Z",
      activities: [pushups(1), { exerciseId: "l-sit", quantity: 5, unit: "s" }],
    });
    const answer = await send(
      "DELETE",
      { id: "handstand" },
      { id: "l-sit" },
      { id: "pushups" },
      { id: "running" },
      { id: "chess" },
    );
    expect(answer.status).toBe(207);
    expect(fates(answer)).toEqual(["deleted", "in-use id", "in-use id", "in-use id", "not-found"]);
  });

  it.for([[], Array.from({ length: 1001 }, () => handstand)])(
    "refuses an empty list and one of more than 1000 items",
    async (items, { db: _ }) => {
      const answer = await send<Refusal>("POST", ...items);
      expect(answer.status).toBe(422);
      expect(answer.body.error).toMatchObject({ code: "invalid-body", field: "exercises" });
    },
  );
});
