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

export interface WriteOutcome {
  status: "created" | "updated" | "unchanged";
  /** The old and the new start time, whose periods the write changes. */
  changedStarts: Date[];
}

/** A workout's key in a batch: `<user> <id>`. */
type Key = string;

/**
 * Writes workouts by user and client id. A changed workout gets all its activities anew; an unchanged one is not written.
 * If two requests write the same workout at once, the second waits at the unique key and then replaces the first.
 * @returns the outcome of each workout, by `<user> <id>`.
 */
export async function writeWorkouts(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, WriteOutcome>> {
  if (workouts.length === 0) return new Map();
  const existingStarts = await readStartTimes(tx, workouts);
  const written = await upsert(tx, workouts);
  await replaceActivities(tx, written, workouts);
  return new Map(
    workouts.map((workout): [Key, WriteOutcome] => {
      const key = `${workout.userId} ${workout.id}`;
      const old = existingStarts.get(key);
      if (!written.has(key)) return [key, { status: "unchanged", changedStarts: [] }];
      return [
        key,
        {
          status: old ? "updated" : "created",
          changedStarts: old ? [old, workout.startTime] : [workout.startTime],
        },
      ];
    }),
  );
}

/** Deletes workouts. @returns the start times of the deleted ones, by `<user> <id>`. */
export async function removeWorkouts(tx: Db, workouts: { userId: string; id: string }[]): Promise<Map<Key, Date>> {
  const deleted = await rows<{ key: Key; start: string }>(
    tx,
    sql`delete from workouts as old using jsonb_to_recordset(${json(workouts)}) as item ("userId" text, id text)
      where old.user_id = item."userId" and old.client_id = item.id
      returning old.user_id || ' ' || old.client_id as key, old.start_time as start`,
  );
  return new Map(deleted.map(({ key, start }) => [key, instantOf(start)]));
}

/** Also locks the workouts, so that their start times stay. */
async function readStartTimes(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, Date>> {
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

/** @returns the database ids of the workouts that were written. */
async function upsert(tx: Db, workouts: StoredWorkout[]): Promise<Map<Key, number>> {
  const rowsToWrite = workouts.map(({ activities, ...workout }) => workout);
  const written = await rows<{ key: Key; id: string }>(
    tx,
    sql`insert into workouts as old (user_id, client_id, start_time, fingerprint)
      select "userId", id, "startTime", fingerprint
      from jsonb_to_recordset(${json(rowsToWrite)})
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
    return workoutId === undefined ? [] : activities.map((activity) => ({ ...activity, workoutId, userId, startTime }));
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
