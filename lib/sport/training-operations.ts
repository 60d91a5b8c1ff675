import { deleteExercises, listExercises, saveExercises } from "./training/exercise-operations.ts";
import { deleteFriendships, saveFriendships } from "./training/friendship-operations.ts";
import { deleteUsers, saveUsers } from "./training/user-operations.ts";
import { deleteWorkouts, saveWorkouts } from "./training/workout-operations.ts";

/** What the platform writes: users, exercises, friendships and workouts. */
export const operations = [
  saveUsers,
  deleteUsers,
  listExercises,
  saveExercises,
  deleteExercises,
  saveFriendships,
  deleteFriendships,
  saveWorkouts,
  deleteWorkouts,
];
