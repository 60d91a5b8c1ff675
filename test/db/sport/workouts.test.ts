import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";
import { workoutActivities, workouts } from "../../../lib/sport/training/schema.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { DELETE, POST } from "../../support/http/api.ts";
import { call, dump, fates, SETTINGS, type Taken } from "../../support/http/requests.ts";
import { addUsers } from "../../worlds/club.ts";

/** The endpoint for workouts: each is stored once, with its points. */

const AT = "2024-02-06T18:30:00Z";
const pushups = (quantity: number) => ({ exerciseId: "pushups", quantity });
const workout = (id: string, over: object = {}) => ({
  id,
  userId: "ada",
  startTime: AT,
  activities: [pushups(10)],
  ...over,
});

const post = (...items: unknown[]) => call<Taken>(POST, "/api/sport/workouts", { json: { workouts: items } });
const erase = (...items: unknown[]) =>
  call<Taken>(DELETE, "/api/sport/workouts", { method: "DELETE", json: { workouts: items } });

describe.each(DATABASES)("workouts on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    configure(SETTINGS);
    connection = await open();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await empty(db);
    await addUsers(db, { id: "ada", bodyWeightKg: 80 }, { id: "bob", bodyWeightKg: null });
  });

  /** The points of one posted activity. */
  const pointsOf = async (activity: object, userId = "ada") => {
    const answer = await post(workout("measured", { userId, activities: [activity] }));
    expect(answer.body).toMatchObject({ taken: 1 });
    const [stored] = await db.select().from(workoutActivities);
    return stored?.pointsEarned;
  };

  it("are created once and do not change when the same batch comes again", async () => {
    const batch = [
      workout("a"),
      workout("b", { activities: [pushups(5), { exerciseId: "running", quantity: 3, unit: "km" }] }),
    ];
    const first = await post(...batch);
    expect(first).toMatchObject({ status: 200, body: { taken: 2, failed: 0 } });
    expect(fates(first)).toEqual(["created", "created"]);
    const stored = await dump(db);
    expect(stored.workouts).toHaveLength(2);
    expect(stored.workout_activities).toHaveLength(3);

    for (let time = 0; time < 2; time++) {
      const again = await post(...batch);
      expect(again).toMatchObject({ status: 200, body: { taken: 2, failed: 0 } });
      expect(fates(again)).toEqual(["unchanged", "unchanged"]);
      expect(await dump(db)).toEqual(stored);
    }
  });

  it("are the same with fields in another order or the instant in another form", async () => {
    await post(workout("a", { activities: [{ exerciseId: "running", quantity: 3, unit: "km" }] }));
    const answer = await post({
      activities: [{ unit: "km", exerciseId: "running", quantity: 3.0 }],
      startTime: "2024-02-06T19:30:00.000+01:00",
      userId: "ada",
      id: "a",
    });
    expect(fates(answer)).toEqual(["unchanged"]);
  });

  it("are replaced as a whole: start time, activities and points", async () => {
    await post(workout("a", { activities: [pushups(10), { exerciseId: "situps", quantity: 50 }] }));
    const later = "2024-02-07T07:00:00.000Z";
    expect(fates(await post(workout("a", { startTime: later, activities: [pushups(25)] })))).toEqual(["updated"]);
    const [head, ...more] = await db.select().from(workouts);
    expect([head?.startTime.toISOString(), more.length]).toEqual([later, 0]);
    const activities = await db.select().from(workoutActivities);
    expect(
      activities.map((done) => [done.exerciseId, done.reps, done.pointsEarned, done.startTime.toISOString()]),
    ).toEqual([["pushups", 25, 25, later]]);
  });

  it("of a mixed batch get their statuses in its order", async () => {
    await post(workout("same"), workout("old"));
    const answer = await post(workout("new"), workout("old", { activities: [pushups(11)] }), workout("same"));
    expect(answer.body.results.map(({ index, status }) => [index, status])).toEqual([
      [0, "created"],
      [1, "updated"],
      [2, "unchanged"],
    ]);
  });

  it("have the client's ids in the response", async () => {
    const unknown = workout("c", { activities: [{ exerciseId: "chess", quantity: 1 }] });
    const answer = await post(workout("a"), workout("b", { startTime: "soon" }), unknown);
    expect(answer.body.results.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("of two users may have the same id", async () => {
    expect(fates(await post(workout("a"), workout("a", { userId: "bob" })))).toEqual(["created", "created"]);
    expect(fates(await erase({ id: "a", userId: "bob" }))).toEqual(["deleted"]);
    expect((await db.select().from(workouts)).map(({ userId }) => userId)).toEqual(["ada"]);
  });

  it("are deleted with their activities; deleting them again finds nothing", async () => {
    await post(workout("a"), workout("b"));
    const gone = await erase({ id: "a", userId: "ada" }, { id: "never", userId: "ada" });
    expect(gone.status).toBe(200);
    expect(fates(gone)).toEqual(["deleted", "not-found"]);
    expect(fates(await erase({ id: "a", userId: "ada" }))).toEqual(["not-found"]);
    expect(await db.$count(workouts)).toBe(1);
    expect(await db.$count(workoutActivities)).toBe(1);
  });

  it("come in batches of up to 1000", async () => {
    const batch = Array.from({ length: 1000 }, (_, n) => workout(`w${n}`));
    expect((await post(...batch)).body).toMatchObject({ taken: 1000, failed: 0 });
    expect((await post(...batch)).body.results.every(({ status }) => status === "unchanged")).toBe(true);
    expect(await db.$count(workoutActivities)).toBe(1000);
  });

  it("may have any printable id, even __proto__", async () => {
    const ids = ["__proto__", "constructor", "toString", "';drop/**/table/**/workouts;--", '"\\'];
    expect(fates(await post(...ids.map((id) => workout(id))))).toEqual(ids.map(() => "created"));
    const stored = await db.select().from(workouts).orderBy(asc(workouts.clientId));
    expect(stored.map(({ clientId }) => clientId)).toEqual(ids.toSorted());
  });

  describe("earn points", () => {
    it.each([
      // push-ups 1, pull-ups 8/5, sit-ups 3/5 a repetition
      [12, { exerciseId: "pushups", quantity: 12 }],
      [19.2, { exerciseId: "pullups", quantity: 12, unit: "reps" }],
      [19.8, { exerciseId: "situps", reps: 33 }],
      // plank 8/300, yoga 3/300 a second
      [4, { exerciseId: "plank", quantity: 2.5, unit: "min" }],
      [36, { exerciseId: "yoga", quantity: 1, unit: "h" }],
      [2.67, { exerciseId: "plank", durationSeconds: 100 }],
      // running 10, swimming 20, cycling 4 a kilometre; a mile is 1.60934 km
      [52, { exerciseId: "running", quantity: 5.2, unit: "km" }],
      [16.09, { exerciseId: "running", quantity: 1, unit: "mi" }],
      [30, { exerciseId: "swimming", quantity: 1500, unit: "m" }],
      [82.4, { exerciseId: "cycling", distanceKm: 20.6 }],
      [0, { exerciseId: "pushups", quantity: 0 }],
    ])("%d for %j", async (points, activity) => {
      expect(await pointsOf(activity)).toBe(points);
    });

    it.each([
      [12, { quantity: 10, weightKg: 20 }], // 1 + 20/80 = 1.25, at most 1.2
      [11, { quantity: 10, weightKg: 8 }], // 1 + 8/80
      [9, { quantity: 10, weightKg: -8 }], // a band that helps: 1 - 8/80
      [8, { quantity: 10, weightKg: -40 }], // 0.5, at least 0.8
      [33, { sets: [{ quantity: 12 }, { quantity: 10 }, { quantity: 11 }] }],
      [33, { sets: [{ quantity: 10 }, { quantity: 20, weightKg: 12 }] }], // 10 + 20 x 1.15
      [31, { weightKg: 8, sets: [{ quantity: 20 }, { quantity: 10, weightKg: -8 }] }], // 20 x 1.1 + 10 x 0.9
    ])("%d for %j by a user of 80 kg", async (points, activity) => {
      expect(await pointsOf({ exerciseId: "pushups", ...activity })).toBe(points);
    });

    it("without a personal factor if the body weight is unknown", async () => {
      expect(await pointsOf({ exerciseId: "pushups", quantity: 10, weightKg: 20 }, "bob")).toBe(10);
    });

    it("for the sum of their sets, which are stored too", async () => {
      const sets = [{ quantity: 1.5 }, { quantity: 2, weightKg: 4 }];
      expect(await pointsOf({ exerciseId: "plank", unit: "min", sets })).toBe(5.76); // 90 x 8/300 + 120 x 8/300 x 1.05
      const [stored] = await db.select().from(workoutActivities).where(eq(workoutActivities.exerciseId, "plank"));
      expect(stored).toMatchObject({ durationSeconds: 210, sets, unit: "min", reps: null, distanceKm: null });
    });
  });
});
