import { sql } from "drizzle-orm";
import { type Db, transact } from "../../lib/db/db.ts";
import { type StoredActivity, scoreActivity } from "../../lib/sport/training/activity.ts";
import { loadExercises } from "../../lib/sport/training/exercise-catalog.ts";
import { friendships as friendshipTable } from "../../lib/sport/training/schema.ts";
import { type StoredWorkout, writeWorkouts } from "../../lib/sport/training/workout-store.ts";
import { users } from "../../lib/users/schema.ts";
import { type ClubWorkout, friendships, members, shiningWeek, workouts } from "./club.ts";

const WEEKS = 12;
const BATCH = 1000;

/**
 * Fills an empty database with the demo club.
 * @param end The end of its last week. @param show Is told how many workouts are written.
 * @returns how many members and workouts there are; undefined if the database had users already.
 */
export async function seedClub(
  db: Db,
  end: Date,
  show: (done: number, total: number) => void = () => {},
): Promise<{ members: number; workouts: number } | undefined> {
  if ((await db.$count(users)) > 0) return undefined;
  const all = members();
  const trained = [...workouts(all, end, WEEKS), ...shiningWeek(all, end)];
  await transact(db, async (tx) => {
    await tx.insert(users).values(all.map(({ eagerness, ...member }) => member));
    await tx
      .insert(friendshipTable)
      .values(
        friendships(all).map(({ userId, friendId }) =>
          userId < friendId ? { userA: userId, userB: friendId } : { userA: friendId, userB: userId },
        ),
      );
    const exercises = await loadExercises(tx);
    const stored = trained.map((workout) => scored(workout, exercises));
    for (let from = 0; from < stored.length; from += BATCH) {
      await writeWorkouts(tx, stored.slice(from, from + BATCH));
      show(from + BATCH, stored.length);
    }
  });
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze users, friendships, workouts, workout_activities`);
  return { members: all.length, workouts: trained.length };
}

function scored(workout: ClubWorkout, exercises: Awaited<ReturnType<typeof loadExercises>>): StoredWorkout {
  const { member, id, startTime } = workout;
  const activities = workout.activities.map((activity): StoredActivity => {
    const exercise = exercises.get(activity.exerciseId);
    const result = scoreActivity(activity, exercise, member.bodyWeightKg ?? undefined, "demo");
    if ("code" in result) throw new Error(`demo data: ${result.field}: expected ${result.expected}`);
    return result;
  });
  return { id, userId: member.id, startTime, activities, fingerprint: "demo" };
}
