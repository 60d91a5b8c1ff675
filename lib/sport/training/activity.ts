import * as z from "zod";
import type { ItemError } from "../../http/batch.ts";
import { amount, id } from "../../http/fields.ts";
import { BASE_UNIT, type Effort, type Measure, normalise, pointsOf, round, UNITS } from "./points.ts";

/** What was done in a workout, as it comes in and as it is stored. Pure. */

const quantity = amount(0, 1_000_000);
const weight = amount(-500, 1000);

const setItem = z.strictObject({ quantity, weightKg: weight.optional() });

/**
 * An activity: an amount (`quantity` with `unit`, or `sets` with one `unit`, or the measure's own field), and whatever
 * else was measured. `weightKg` is extra weight, negative where a band helps.
 */
export const activityItem = z.strictObject({
  exerciseId: id,
  quantity: quantity.optional(),
  unit: z.string({ error: "a unit such as km" }).max(20).optional(),
  sets: z.array(setItem, { error: "a list of 1 to 100 sets" }).min(1).max(100).optional(),
  weightKg: weight.optional(),
  reps: quantity.optional(),
  durationSeconds: amount(0, 1_000_000).optional(),
  distanceKm: amount(0, 100_000).optional(),
});

export type ActivityItem = z.output<typeof activityItem>;

export interface ExerciseFacts {
  id: string;
  measure: Measure;
  pointsPerUnit: number;
}

/** An activity as `workout_activities` holds it. */
export interface StoredActivity extends ActivityItem {
  pointsEarned: number;
}

const FIELD = { reps: "reps", time: "durationSeconds", distance: "distanceKm" } as const;

const MOST_POINTS = 9_999_999_999.99;

/** Normalises an activity and computes its points, or says what is wrong with it. @param at Its path in the item. */
export function settleActivity(
  activity: ActivityItem,
  exercise: ExerciseFacts | undefined,
  bodyKg: number | undefined,
  at: string,
): StoredActivity | ItemError {
  if (exercise === undefined) {
    const field = `${at}.exerciseId`;
    return { code: "unknown-exercise", field, expected: "the id of a known exercise", got: activity.exerciseId };
  }
  const efforts = effortsOf(activity, exercise.measure, at);
  if (!Array.isArray(efforts)) return efforts;
  const total = round(
    efforts.reduce((sum, effort) => sum + effort.amount, 0),
    9,
  );
  const own = FIELD[exercise.measure];
  const stated = activity[own];
  if (stated !== undefined && stated !== total) {
    const expected = `${total}, as the other fields say, or none`;
    return { code: "invalid-item", field: `${at}.${own}`, expected, got: String(stated) };
  }
  const pointsEarned = pointsOf(efforts, exercise.pointsPerUnit, bodyKg);
  if (pointsEarned > MOST_POINTS) {
    return { code: "invalid-item", field: at, expected: `at most ${MOST_POINTS} points`, got: String(pointsEarned) };
  }
  return { ...activity, [own]: total, pointsEarned };
}

function effortsOf(activity: ActivityItem, measure: Measure, at: string): Effort[] | ItemError {
  const { quantity, sets, weightKg } = activity;
  const own = activity[FIELD[measure]];
  if (quantity !== undefined && sets !== undefined) {
    return { code: "invalid-item", field: `${at}.sets`, expected: "either quantity or sets", got: "both" };
  }
  if (quantity === undefined && sets === undefined) {
    if (own !== undefined) return [{ amount: own, extraKg: weightKg }];
    return { code: "invalid-item", field: `${at}.quantity`, expected: "an amount", got: "nothing" };
  }
  // Only repetitions need no unit; a time or a distance without one would be a guess.
  const unit = activity.unit ?? (measure === "reps" ? BASE_UNIT.reps : "nothing");
  const parts = sets ?? [{ quantity: quantity ?? 0, weightKg }];
  const efforts = parts.map((part) => ({
    amount: normalise(measure, part.quantity, unit),
    extraKg: part.weightKg ?? weightKg,
  }));
  if (efforts.every((effort): effort is Effort => effort.amount !== undefined)) return efforts;
  const expected = `one of ${Object.keys(UNITS[measure]).join(", ")}`;
  return { code: "invalid-item", field: `${at}.unit`, expected, got: unit };
}
