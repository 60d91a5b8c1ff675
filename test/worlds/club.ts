import { type Db, transact } from "../../lib/db/db.ts";
import { type ActivityItem, type StoredActivity, scoreActivity } from "../../lib/sport/training/activity.ts";
import { loadExercises } from "../../lib/sport/training/exercise-catalog.ts";
import { friendships } from "../../lib/sport/training/schema.ts";
import { writeWorkouts } from "../../lib/sport/training/workout-store.ts";
import { users } from "../../lib/users/schema.ts";

/** Builders with valid defaults: a test states only what matters to it. */

export type NewUser = Partial<typeof users.$inferInsert> & { id: string };

export async function addUsers(db: Db, ...added: (NewUser | string)[]): Promise<void> {
  const values = added.map((user) => (typeof user === "string" ? { id: user } : user));
  await db
    .insert(users)
    .values(values.map((user) => ({ email: `${user.id}@club.example`, nickname: user.id, ...user })));
}

export async function befriend(db: Db, ...pairs: [string, string][]): Promise<void> {
  const ordered = pairs.map(([a, b]) => (a < b ? { userA: a, userB: b } : { userA: b, userB: a }));
  await db.insert(friendships).values(ordered);
}

export interface NewWorkout {
  userId: string;
  /** ISO instant. */
  at: string;
  id?: string;
  activities?: ActivityItem[];
}

/** Stores workouts with their points, as the endpoint does, but without noting late changes. */
export async function addWorkouts(db: Db, ...added: NewWorkout[]): Promise<void> {
  const exercises = await loadExercises(db);
  const bodies = new Map((await db.select().from(users)).map((user) => [user.id, user.bodyWeightKg ?? undefined]));
  const stored = added.map(({ userId, at, id, activities }, index) => ({
    id: id ?? `workout-${at}-${index}`,
    userId,
    startTime: new Date(at),
    fingerprint: JSON.stringify([at, activities]),
    activities: (activities ?? [pushups(10)]).map((activity): StoredActivity => {
      const scored = scoreActivity(activity, exercises.get(activity.exerciseId), bodies.get(userId), "activities");
      if ("code" in scored) throw new Error(`${scored.field}: expected ${scored.expected}, got ${scored.got}`);
      return scored;
    }),
  }));
  await transact(db, (tx) => writeWorkouts(tx, stored));
}

/** A push-up is worth 1 point. */
export const pushups = (quantity: number): ActivityItem => ({ exerciseId: "pushups", quantity });
export const running = (km: number): ActivityItem => ({ exerciseId: "running", quantity: km, unit: "km" });
