import { sql } from "drizzle-orm";
import { type Db, transact } from "../../lib/db/db.ts";
import { type StoredActivity, scoreActivity } from "../../lib/sport/training/activity.ts";
import { loadExercises } from "../../lib/sport/training/exercise-catalog.ts";
import { friendships as friendshipTable } from "../../lib/sport/training/schema.ts";
import { type StoredWorkout, writeWorkouts } from "../../lib/sport/training/workout-store.ts";
import { users } from "../../lib/users/schema.ts";
import { type ClubWorkout, friendships, members, workouts } from "./club.ts";

const WEEKS = 12;
const BATCH = 1000;

/**
 * Fills an empty database with the demo club, whose last week ends at `end`.
 * @returns how many members and workouts; undefined where there were users already.
 */
export async function seed(db: Db, end: Date): Promise<{ members: number; workouts: number } | undefined> {
  if ((await db.$count(users)) > 0) return undefined;
  const all = members();
  const trained = workouts(all, end, WEEKS);
  await transact(db, async (tx) => {
    await tx.insert(users).values(all.map(({ eagerness, ...member }) => member));
    await tx
      .insert(friendshipTable)
      .values(
        friendships(all).map(({ userId, friendId }) =>
          userId < friendId ? { userA: userId, userB: friendId } : { userA: friendId, userB: userId },
        ),
      );
    const facts = await loadExercises(tx);
    const stored = trained.map((workout) => store(workout, facts));
    for (let from = 0; from < stored.length; from += BATCH) await writeWorkouts(tx, stored.slice(from, from + BATCH));
  });
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze users, friendships, workouts, workout_activities`);
  return { members: all.length, workouts: trained.length };
}

function store(workout: ClubWorkout, facts: Awaited<ReturnType<typeof loadExercises>>): StoredWorkout {
  const { member, id, startTime } = workout;
  const activities = workout.activities.map((activity): StoredActivity => {
    const settled = scoreActivity(activity, facts.get(activity.exerciseId), member.bodyWeightKg ?? undefined, "demo");
    if ("code" in settled) throw new Error(`demo data: ${settled.field}: expected ${settled.expected}`);
    return settled;
  });
  return { id, userId: member.id, startTime, activities, fingerprint: "demo" };
}
