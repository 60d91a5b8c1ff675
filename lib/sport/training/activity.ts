import * as z from "zod";
import { amount, id } from "../../http/fields.ts";
import type { ItemError } from "../../http/responses/batch-result.ts";
import type { Exercise } from "./exercise-catalog.ts";
import { BASE_UNIT, type Effort, type Measure, normaliseAmount, pointsOf, round, UNITS } from "./points.ts";

/** The activities of a workout, as clients send them and as they are stored. Pure. */

const listUnits = (measure: Measure): string =>
  Object.keys(UNITS[measure])
    .map((unit) => `\`${unit}\``)
    .join(", ");

const quantity = amount(0, 1_000_000);
const weight = amount(-500, 1000);

const weightKg = weight.optional().meta({ description: "Extra weight in kg, or negative if a band helps." });

const setItem = z
  .strictObject({ quantity, weightKg })
  .meta({ id: "SetInput", description: "A set of an activity. Without `weightKg`, it has that of the activity." });

/** An activity as a client sends it. */
export const activityItem = z
  .strictObject({
    exerciseId: id.meta({ examples: ["pullups"] }),
    quantity: quantity.optional().meta({ description: "The amount in `unit`." }),
    unit: z
      .string({ error: "a unit such as km" })
      .max(20)
      .optional()
      .meta({
        description: `For repetitions ${listUnits("reps")} (the default); for a time ${listUnits("time")}; for a distance ${listUnits("distance")}.`,
        examples: ["reps"],
      }),
    sets: z.array(setItem, { error: "a list of 1 to 100 sets" }).min(1).max(100).optional(),
    weightKg,
    reps: quantity.optional(),
    durationSeconds: amount(0, 1_000_000).optional(),
    distanceKm: amount(0, 100_000).optional(),
  })
  .meta({
    id: "ActivityInput",
    description:
      "An exercise of a workout. Its amount is `quantity` with `unit`, or `sets` with one `unit`, or the field of the exercise's measure (`reps`, `durationSeconds`, `distanceKm`); the other two may be set as well.",
  });

export type ActivityItem = z.output<typeof activityItem>;

/** The properties of an exercise that points depend on. */
export type ExercisePoints = Pick<Exercise, "measure" | "pointsPerUnit">;

/** An activity as `workout_activities` stores it, with its amount in the field of the exercise's measure. */
export interface StoredActivity extends ActivityItem {
  pointsEarned: number;
}

const MEASURE_FIELD = { reps: "reps", time: "durationSeconds", distance: "distanceKm" } as const;

const MAX_POINTS = 9_999_999_999.99;

/**
 * Normalises the amount of an activity and computes its points.
 * @param exercise Undefined if no exercise has the activity's id.
 * @param path The activity's path in the item, for errors: `activities[0]`.
 * @returns the activity, or an error that names the wrong field.
 */
export function scoreActivity(
  activity: ActivityItem,
  exercise: ExercisePoints | undefined,
  bodyKg: number | undefined,
  path: string,
): StoredActivity | ItemError {
  if (exercise === undefined) {
    const field = `${path}.exerciseId`;
    return { code: "unknown-exercise", field, expected: "the id of a known exercise", got: activity.exerciseId };
  }
  const efforts = effortsOf(activity, exercise.measure, path);
  if (!Array.isArray(efforts)) return efforts;
  const total = round(
    efforts.reduce((sum, effort) => sum + effort.amount, 0),
    9,
  );
  const field = MEASURE_FIELD[exercise.measure];
  const stated = activity[field];
  if (stated !== undefined && stated !== total) {
    const expected = `${total}, as the other fields say, or none`;
    return { code: "invalid-item", field: `${path}.${field}`, expected, got: String(stated) };
  }
  const pointsEarned = pointsOf(efforts, exercise.pointsPerUnit, bodyKg);
  if (pointsEarned > MAX_POINTS) {
    return { code: "invalid-item", field: path, expected: `at most ${MAX_POINTS} points`, got: String(pointsEarned) };
  }
  return { ...activity, [field]: total, pointsEarned };
}

function effortsOf(activity: ActivityItem, measure: Measure, path: string): Effort[] | ItemError {
  const { quantity, sets, weightKg } = activity;
  const stated = activity[MEASURE_FIELD[measure]];
  if (quantity !== undefined && sets !== undefined) {
    return { code: "invalid-item", field: `${path}.sets`, expected: "either quantity or sets", got: "both" };
  }
  if (quantity === undefined && sets === undefined) {
    if (stated !== undefined) return [{ amount: stated, extraKg: weightKg }];
    return { code: "invalid-item", field: `${path}.quantity`, expected: "an amount", got: "nothing" };
  }
  // Repetitions need no unit. For a time or a distance, a default unit would be a guess.
  const unit = activity.unit ?? (measure === "reps" ? BASE_UNIT.reps : "nothing");
  const parts = sets ?? [{ quantity: quantity ?? 0, weightKg }];
  const efforts = parts.map((part) => ({
    amount: normaliseAmount(measure, part.quantity, unit),
    extraKg: part.weightKg ?? weightKg,
  }));
  if (efforts.every((effort): effort is Effort => effort.amount !== undefined)) return efforts;
  const expected = `one of ${Object.keys(UNITS[measure]).join(", ")}`;
  return { code: "invalid-item", field: `${path}.unit`, expected, got: unit };
}
