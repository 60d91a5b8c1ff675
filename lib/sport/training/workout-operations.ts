import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { sha256 } from "../../hash.ts";
import { userOrStaff } from "../../http/access.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { id, instant } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { batchResponses, batchResult, type ItemError } from "../../http/responses/batch-result.ts";
import { recordChanges } from "../../jobs/settlement.ts";
import { DAY_MS, HOUR_MS } from "../../time/durations.ts";
import { periodContaining } from "../../time/periods.ts";
import { EVALUATIONS } from "../evaluation/job-names.ts";
import { activityItem, type StoredActivity, scoreActivity } from "./activity.ts";
import { loadExercises } from "./exercise-catalog.ts";
import { lockUsers } from "./lock-users.ts";
import { removeWorkouts, type StoredWorkout, writeWorkouts } from "./workout-store.ts";

/** A client's clock may be wrong, and so may its time zone. */
const CLOCK_SKEW_MS = DAY_MS;

const ownerId = id.optional().meta({ description: "The user. With a user's token, it is that user." });

const workoutItem = z
  .strictObject({
    id: id.meta({ description: "Chosen by the client. The same id means the same workout." }),
    userId: ownerId,
    startTime: instant,
    activities: z.array(activityItem, { error: "a list of 1 to 200 activities" }).min(1).max(200),
  })
  .meta({ id: "WorkoutInput", description: "A workout, which replaces the one with this id as a whole." });
const workoutKey = z
  .strictObject({ id, userId: ownerId })
  .meta({ id: "WorkoutKey", description: "Names a workout of a user." });

type Owned<T> = T & { userId: string };

/** Users may change only their own workouts. */
export const saveWorkouts = operation({
  id: "saveWorkouts",
  method: "POST",
  path: "/api/sport/workouts",
  access: userOrStaff,
  summary: "Creates and updates workouts.",
  description:
    "Periods that have been evaluated already are evaluated again if the workout is not too late. A workout may start up to a day in the future, because clients' clocks may be wrong.",
  example: {
    workouts: [
      {
        id: "my-first",
        userId: "member-001",
        startTime: "2026-02-02T18:00:00Z",
        activities: [{ exerciseId: "pullups", quantity: 30 }],
      },
    ],
  },
  body: envelope("workouts", workoutItem, "WorkoutBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, caller, body, now }) =>
    processBatch(db, body.workouts, withOwner(workoutItem, caller), keyOf, async (tx, batch) => {
      for (const { value } of batch.items) requireSelf(caller, value.userId);
      await scoreAndWrite(tx, batch, now);
    }),
});

export const deleteWorkouts = operation({
  id: "deleteWorkouts",
  method: "DELETE",
  path: "/api/sport/workouts",
  access: userOrStaff,
  summary: "Deletes workouts.",
  description: "Periods that have been evaluated already are evaluated again if the change is not too late.",
  example: { workouts: [{ id: "my-first", userId: "member-001" }] },
  body: envelope("workouts", workoutKey, "WorkoutKeyBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, caller, body, now }) =>
    processBatch(db, body.workouts, withOwner(workoutKey, caller), keyOf, async (tx, batch) => {
      for (const { value } of batch.items) requireSelf(caller, value.userId);
      const starts = await removeWorkouts(
        tx,
        batch.items.map(({ value }) => value),
      );
      await noteLateChanges(tx, [...starts.values()], now);
      for (const item of batch.items) batch.settle(item, starts.has(keyOf(item.value)) ? "deleted" : "not-found");
    }),
});

const keyOf = (workout: Owned<{ id: string }>): string => `${workout.userId} ${workout.id}`;

/** Adds the owner to an item: the user that it names, otherwise the user of the token. */
function withOwner<T extends { userId?: string | undefined }>(
  schema: z.ZodType<T>,
  caller: Caller,
): z.ZodType<Owned<T>> {
  return schema.transform((item, context) => {
    const userId = item.userId ?? (caller.kind === "user" ? caller.userId : undefined);
    if (userId !== undefined) return { ...item, userId };
    context.addIssue({ code: "custom", path: ["userId"], message: "the id of a known user", input: item });
    return z.NEVER;
  });
}

async function scoreAndWrite(tx: Db, batch: Batch<Owned<z.output<typeof workoutItem>>>, now: Date): Promise<void> {
  const latest = new Date(now.getTime() + CLOCK_SKEW_MS);
  batch.reject(({ startTime }) =>
    startTime > latest
      ? { code: "invalid-item", field: "startTime", expected: "not in the future", got: startTime.toISOString() }
      : undefined,
  );
  const users = await lockUsers(
    tx,
    batch.items.map(({ value }) => value.userId),
  );
  batch.reject(({ userId }) =>
    users.has(userId)
      ? undefined
      : { code: "unknown-user", field: "userId", expected: "the id of a known user", got: userId },
  );
  const catalog = await loadExercises(
    tx,
    batch.items.flatMap(({ value }) => value.activities.map(({ exerciseId }) => exerciseId)),
  );
  const accepted = new Map<string, StoredWorkout>();
  batch.reject((workout) => {
    const activities = workout.activities.map((activity, index) =>
      scoreActivity(
        activity,
        catalog.get(activity.exerciseId),
        users.get(workout.userId)?.bodyWeightKg ?? undefined,
        `activities[${index}]`,
      ),
    );
    const error = activities.find((result): result is ItemError => "code" in result);
    if (error === undefined) accepted.set(keyOf(workout), toStored(workout, activities as StoredActivity[]));
    return error;
  });
  const outcomes = await writeWorkouts(tx, [...accepted.values()]);
  await noteLateChanges(
    tx,
    [...outcomes.values()].flatMap(({ changedStarts }) => changedStarts),
    now,
  );
  for (const item of batch.items) batch.settle(item, outcomes.get(keyOf(item.value))?.status ?? "unchanged");
}

function toStored(workout: Owned<z.output<typeof workoutItem>>, activities: StoredActivity[]): StoredWorkout {
  const { id, userId, startTime } = workout;
  const content = JSON.stringify([startTime, activities]);
  return { id, userId, startTime, activities, fingerprint: sha256(content, "base64url") };
}

/** The longest time between this moment and the commit of the change. An hour is longer than any function runs. */
const COMMIT_SLACK_MS = HOUR_MS;

/** Notes changes in periods that have ended, or that end so soon that their evaluation may begin before the commit. */
async function noteLateChanges(tx: Db, starts: Date[], now: Date): Promise<void> {
  const { timeZone } = config();
  for (const { jobName, kind } of EVALUATIONS) {
    const ends = new Set(starts.map((start) => periodContaining(kind, start, timeZone).end.getTime()));
    const late = [...ends].filter((end) => end <= now.getTime() + COMMIT_SLACK_MS);
    await recordChanges(
      tx,
      jobName,
      late.map((end) => new Date(end)),
      now,
    );
  }
}
