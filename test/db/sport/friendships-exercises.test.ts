import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as catalogue from "../../../api/sport/exercises.ts";
import * as circles from "../../../api/sport/friendships.ts";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { exercises, friendships, workoutActivities } from "../../../lib/sport/training/schema.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { call, dump, fates, type Refusal, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { addUsers, addWorkouts, pushups } from "../../worlds/club.ts";

/** Friendships and the exercise catalogue, which the operator keeps. */

let db: Db;
beforeAll(async () => {
  configure(SETTINGS);
  const connection = await freshPostgres();
  useConnection(connection);
  db = connection.db;
});
afterAll(closeDatabase);
beforeEach(() => empty(db));

describe("friendships", () => {
  beforeEach(() => addUsers(db, "ada", "bob", "cyd"));

  const send = <Body = Taken>(method: "POST" | "DELETE", ...items: unknown[]) =>
    call<Body>({ ...circles }[method], "/api/sport/friendships", { method, json: { friendships: items } });
  const pair = (userId: string, friendId: string, more: object = {}) => ({ userId, friendId, ...more });

  it("are stored once, whoever is named first", async () => {
    expect(fates(await send("POST", pair("bob", "ada")))).toEqual(["created"]);
    const before = await dump(db);
    expect(fates(await send("POST", pair("ada", "bob")))).toEqual(["unchanged"]);
    expect(await dump(db)).toEqual(before);
    expect(await db.select().from(friendships)).toEqual([{ userA: "ada", userB: "bob", status: "accepted" }]);
  });

  it("change their status, and say so", async () => {
    await send("POST", pair("ada", "bob"), pair("ada", "cyd", { status: "pending" }));
    const answer = await send(
      "POST",
      pair("bob", "ada", { status: "blocked" }),
      pair("cyd", "ada", { status: "pending" }),
    );
    expect([answer.status, fates(answer)]).toEqual([200, ["updated", "unchanged"]]);
  });

  it("order ids as the database does, byte by byte", async () => {
    await addUsers(db, "Z", "a", "_");
    expect(fates(await send("POST", pair("a", "Z"), pair("_", "a"), pair("Z", "_")))).toEqual([
      "created",
      "created",
      "created",
    ]);
  });

  it("are ended by either of the two", async () => {
    await send("POST", pair("ada", "bob"), pair("ada", "cyd"));
    expect(fates(await send("DELETE", pair("bob", "ada"), pair("bob", "cyd")))).toEqual(["deleted", "not-found"]);
    expect(await db.$count(friendships)).toBe(1);
  });

  it("are between two known users, and named once in a batch", async () => {
    const answer = await send(
      "POST",
      pair("ada", "nobody"),
      pair("nobody", "ada"),
      pair("ada", "ada"),
      pair("ada", "bob", { status: "best" }),
      pair("ada", "cyd"),
      pair("cyd", "ada"),
      { userId: "bob" },
      null,
    );
    expect(answer).toMatchObject({ status: 207, body: { taken: 1, failed: 7 } });
    expect(fates(answer)).toEqual([
      "unknown-user friendId",
      "duplicate id",
      "invalid-item friendId",
      "invalid-item status",
      "created",
      "duplicate id",
      "invalid-item friendId",
      "invalid-item body",
    ]);
    expect(answer.body.results[2]?.error).toMatchObject({ expected: "two different users", got: '"ada"' });
  });

  it("of none that is good write nothing", async () => {
    const before = await dump(db);
    expect((await send("POST", pair("ada", "nobody"), pair("ada", "ada"))).status).toBe(422);
    expect(await dump(db)).toEqual(before);
  });
});

describe("the exercise catalogue", () => {
  const send = <Body = Taken>(method: "POST" | "DELETE", ...items: unknown[]) =>
    call<Body>({ ...catalogue }[method], "/api/sport/exercises", { method, json: { exercises: items } });
  const handstand = { id: "handstand", nameDe: "Handstand", nameEn: "handstand", measurementType: "time" };
  const stored = async (id: string) => (await db.select().from(exercises).where(eq(exercises.id, id)))[0];

  it("is listed in order", async () => {
    const { status, body } = await call<{ exercises: { id: string }[] }>(catalogue.GET, "/api/sport/exercises");
    const ids = body.exercises.map(({ id }) => id);
    expect(status).toBe(200);
    expect(ids).toEqual(ids.toSorted());
    expect(body.exercises).toContainEqual({
      id: "pullups",
      nameDe: "Klimmzüge",
      nameEn: "pull-ups",
      measurementType: "reps",
      pointsPerUnit: 1.6,
      pointsSource: "auto",
      difficultyTier: 8,
    });
    expect((await call(catalogue.GET, "/api/sport/exercises?limit=5")).status).toBe(400);
  });

  it.each([
    ["time", 5, 1 / 60],
    ["time", 10, 1 / 30],
    ["reps", 1, 0.2],
    ["distance", 8, 16],
  ])("gives an exercise of %s and tier %d its points", async (measurementType, difficultyTier, pointsPerUnit) => {
    expect(fates(await send("POST", { ...handstand, measurementType, difficultyTier }))).toEqual(["created"]);
    expect(await stored("handstand")).toMatchObject({ pointsPerUnit, pointsSource: "auto", difficultyTier });
  });

  it("takes points that are given, and the tier's again when they are left out", async () => {
    await send("POST", { ...handstand, pointsPerUnit: 0.25 });
    expect(await stored("handstand")).toMatchObject({ pointsPerUnit: 0.25, pointsSource: "manual", difficultyTier: 5 });
    expect(fates(await send("POST", handstand))).toEqual(["updated"]);
    expect(await stored("handstand")).toMatchObject({ pointsPerUnit: 1 / 60, pointsSource: "auto" });
  });

  it("is the same after the same batch again", async () => {
    const batch = [handstand, { ...handstand, id: "l-sit", pointsPerUnit: 1 / 3 }];
    await send("POST", ...batch);
    const before = await dump(db);
    expect(fates(await send("POST", ...batch))).toEqual(["unchanged", "unchanged"]);
    expect(await dump(db)).toEqual(before);
  });

  it.each([
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
  ])("refuses a wrong %s: %j", async (field, over) => {
    const answer = await send("POST", { ...handstand, ...over });
    expect([answer.status, fates(answer)]).toEqual([422, [`invalid-item ${field}`]]);
    expect(answer.body.results[0]?.error?.expected).not.toMatch(/too (small|big)|invalid|received/i);
    expect(await stored("handstand")).toBeUndefined();
  });

  it("keeps the measure of what workouts or badges use", async () => {
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

  it("leaves the points of workouts as they were when an exercise's change", async () => {
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

  it("loses only what nothing uses", async () => {
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

  it.each([[[]], [Array.from({ length: 1001 }, () => handstand)]])(
    "refuses a list of none or of too many",
    async (items) => {
      const answer = await send<Refusal>("POST", ...items);
      expect(answer.status).toBe(422);
      expect(answer.body.error).toMatchObject({ code: "invalid-body", field: "exercises" });
    },
  );
});
