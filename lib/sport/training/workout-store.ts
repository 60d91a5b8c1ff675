import { sql } from "drizzle-orm";
import { type Db, instantOf, json, rows } from "../../db/db.ts";
import type { StoredActivity } from "./activity.ts";

export interface StoredWorkout {
  id: string;
  userId: string;
  startTime: Date;
  activities: StoredActivity[];
  fingerprint: string;
}

export interface Fate {
  status: "created" | "updated" | "unchanged";
  /** Start times whose periods changed: the old and the new one. */
  starts: Date[];
}

/** A workout's key in a batch: `<user> <id>`. */
type Key = string;

/**
 * Writes workouts by their users' and clients' ids, each whole: a changed one gets its activities anew, one that is as
 * it was is left alone. Two at once with the same id: the later waits at the key, then replaces what the first wrote.
 */
export async function writeWorkouts(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, Fate>> {
  if (workouts.length === 0) return new Map();
  const before = await readExisting(tx, workouts);
  const written = await upsert(tx, workouts);
  await replaceActivities(tx, written, workouts);
  return new Map(
    workouts.map((workout): [Key, Fate] => {
      const key = `${workout.userId} ${workout.id}`;
      const old = before.get(key);
      if (!written.has(key)) return [key, { status: "unchanged", starts: [] }];
      return [
        key,
        { status: old ? "updated" : "created", starts: old ? [old, workout.startTime] : [workout.startTime] },
      ];
    }),
  );
}

/** Deletes workouts. @returns the start times of those there were, by key. */
export async function deleteWorkouts(tx: Db, workouts: { userId: string; id: string }[]): Promise<Map<Key, Date>> {
  const gone = await rows<{ key: Key; start: string }>(
    tx,
    sql`delete from workouts as old using jsonb_to_recordset(${json(workouts)}) as item ("userId" text, id text)
      where old.user_id = item."userId" and old.client_id = item.id
      returning old.user_id || ' ' || old.client_id as key, old.start_time as start`,
  );
  return new Map(gone.map(({ key, start }) => [key, instantOf(start)]));
}

async function readExisting(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, Date>> {
  const keys = workouts.map(({ userId, id }) => ({ userId, id }));
  const existing = await rows<{ key: Key; start: string }>(
    tx,
    sql`select old.user_id || ' ' || old.client_id as key, old.start_time as start
      from jsonb_to_recordset(${json(keys)}) as item ("userId" text, id text)
      join workouts as old on old.user_id = item."userId" and old.client_id = item.id
      order by old.id for update of old`,
  );
  return new Map(existing.map(({ key, start }) => [key, instantOf(start)]));
}

async function upsert(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, number>> {
  const heads = workouts.map(({ activities, ...head }) => head);
  const written = await rows<{ key: Key; id: string }>(
    tx,
    sql`insert into workouts as old (user_id, client_id, start_time, fingerprint)
      select "userId", id, "startTime", fingerprint
      from jsonb_to_recordset(${json(heads)})
        as item ("userId" text, id text, "startTime" timestamptz, fingerprint text)
      order by "userId" collate "C", id collate "C"
      on conflict (user_id, client_id) do update
        set start_time = excluded.start_time, fingerprint = excluded.fingerprint
        where old.fingerprint <> excluded.fingerprint
      returning user_id || ' ' || client_id as key, id::text`,
  );
  return new Map(written.map(({ key, id }) => [key, Number(id)]));
}

async function replaceActivities(tx: Db, written: Map<Key, number>, workouts: StoredWorkout[]): Promise<void> {
  const activities = workouts.flatMap(({ userId, id, startTime, activities }) => {
    const workoutId = written.get(`${userId} ${id}`);
    return workoutId === undefined ? [] : activities.map((done) => ({ ...done, workoutId, userId, startTime }));
  });
  await rows(
    tx,
    sql`delete from workout_activities where workout_id in (
      select value::bigint from jsonb_array_elements_text(${json([...written.values()])}))`,
  );
  await rows(
    tx,
    sql`insert into workout_activities (workout_id, user_id, start_time, exercise_id, quantity, unit, sets, weight_kg,
        reps, duration_seconds, distance_km, points_earned)
      select "workoutId", "userId", "startTime", "exerciseId", quantity, unit, sets, "weightKg", reps,
        "durationSeconds", "distanceKm", "pointsEarned"
      from jsonb_to_recordset(${json(activities)}) as item ("workoutId" bigint, "userId" text, "startTime" timestamptz,
        "exerciseId" text, quantity numeric, unit text, sets jsonb, "weightKg" numeric, reps numeric,
        "durationSeconds" numeric, "distanceKm" numeric, "pointsEarned" numeric)`,
  );
}
