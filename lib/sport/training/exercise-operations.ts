import { asc, inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { admins, userOrViewer } from "../../http/access.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import { amount, line } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { batchResponses, batchResult } from "../../http/responses/batch-result.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { badges } from "../evaluation/schema.ts";
import { autoPointsPerUnit, MEASURES } from "./points.ts";
import { exercises, POINTS_SOURCES, workoutActivities } from "./schema.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "a slug such as pull-ups, at most 64 characters" })
  .meta({ examples: ["pull-ups"] });

const measurementType = z
  .enum(MEASURES)
  .meta({ id: "Measure", description: "How an exercise is measured: in repetitions, seconds or kilometres." });
const difficultyTier = { description: "From 1 (easy) to 10 (hard)." };
const pointsPerUnit = { description: "The points of a repetition, second or kilometre." };

const exercise = z
  .object({
    id: z.string().meta({ examples: ["pullups"] }),
    nameDe: z.string(),
    nameEn: z.string(),
    measurementType,
    pointsPerUnit: z.number().meta(pointsPerUnit),
    pointsSource: z
      .enum(POINTS_SOURCES)
      .meta({ description: "Whether the points follow from the difficulty tier (`auto`) or were set (`manual`)." }),
    difficultyTier: z.int().meta(difficultyTier),
  })
  .meta({ id: "Exercise", description: "An exercise of the catalogue." });

const exerciseInput = z
  .strictObject({
    id: slug,
    nameDe: line(100).min(1, { error: "a German name" }),
    nameEn: line(100).min(1, { error: "an English name" }),
    measurementType,
    difficultyTier: amount(1, 10).int({ error: "a whole number from 1 to 10" }).default(5).meta(difficultyTier),
    pointsPerUnit: amount(0.0000001, 100_000).optional().meta(pointsPerUnit),
  })
  .meta({
    id: "ExerciseInput",
    description: "An exercise. Without `pointsPerUnit`, its points follow from the difficulty tier.",
  });

const exerciseItem = exerciseInput.transform(({ pointsPerUnit, ...item }) => ({
  ...item,
  pointsSource: pointsPerUnit === undefined ? ("auto" as const) : ("manual" as const),
  pointsPerUnit: pointsPerUnit ?? autoPointsPerUnit(item.measurementType, item.difficultyTier),
}));
const exerciseKey = z.strictObject({ id: slug }).meta({ id: "ExerciseKey", description: "Names an exercise." });

type ExerciseItem = z.output<typeof exerciseItem>;

const idOf = (exercise: { id: string }): string => exercise.id;

export const listExercises = operation({
  id: "listExercises",
  method: "GET",
  path: "/api/sport/exercises",
  access: userOrViewer,
  summary: "Lists the catalogue of exercises, by id.",
  revalidates: true,
  responses: { 200: { description: "The exercises.", schema: listOf("ExerciseList", exercise) } },
  handle: async ({ db }) => wholeList(await db.select().from(exercises).orderBy(asc(exercises.id))),
});

export const saveExercises = operation({
  id: "saveExercises",
  method: "POST",
  path: "/api/sport/exercises",
  access: admins,
  summary: "Creates and updates exercises.",
  description:
    "The measure of an exercise that workouts or badges use cannot be changed. The points of stored workouts stay when those of an exercise change.",
  example: {
    exercises: [{ id: "box-jumps", nameDe: "Kastensprünge", nameEn: "Box jumps", measurementType: "reps" }],
  },
  body: envelope("exercises", exerciseInput, "ExerciseBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, body }) => processBatch<ExerciseItem>(db, body.exercises, exerciseItem, idOf, writeExercises),
});

export const deleteExercises = operation({
  id: "deleteExercises",
  method: "DELETE",
  path: "/api/sport/exercises",
  access: admins,
  summary: "Deletes exercises that no workout or badge uses.",
  example: { exercises: [{ id: "box-jumps" }] },
  body: envelope("exercises", exerciseKey, "ExerciseKeyBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, body }) => processBatch(db, body.exercises, exerciseKey, idOf, removeExercises),
});

/** The measure of an exercise in use must not change: stored amounts would get another meaning. */
async function writeExercises(tx: Db, batch: Batch<ExerciseItem>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const existing = await tx.select().from(exercises).where(inArray(exercises.id, ids));
  const before = new Map(existing.map((exercise) => [exercise.id, exercise]));
  const used = await findUsed(tx, ids);
  batch.reject(({ id, measurementType }) => {
    const stored = before.get(id)?.measurementType;
    if (stored === undefined || stored === measurementType || !used.has(id)) return undefined;
    return {
      code: "in-use",
      field: "measurementType",
      expected: `${stored}, because workouts or badges use it`,
      got: measurementType,
    };
  });
  if (batch.items.length === 0) return;
  const written = await rows<{ id: string }>(
    tx,
    sql`insert into exercises as old (id, name_de, name_en, measurement_type, points_per_unit, points_source, difficulty_tier)
      select id, "nameDe", "nameEn", "measurementType", "pointsPerUnit", "pointsSource", "difficultyTier"
      from jsonb_to_recordset(${json(batch.items.map(({ value }) => value))}) as item (id text, "nameDe" text, "nameEn" text,
        "measurementType" text, "pointsPerUnit" numeric(28, 18), "pointsSource" text, "difficultyTier" int)
      order by id collate "C"
      on conflict (id) do update set name_de = excluded.name_de, name_en = excluded.name_en,
        measurement_type = excluded.measurement_type, points_per_unit = excluded.points_per_unit,
        points_source = excluded.points_source, difficulty_tier = excluded.difficulty_tier
      where old is distinct from excluded
      returning id`,
  );
  const changed = new Set(written.map(({ id }) => id));
  for (const item of batch.items) {
    const { id } = item.value;
    batch.settle(item, !before.has(id) ? "created" : changed.has(id) ? "updated" : "unchanged");
  }
}

async function removeExercises(tx: Db, batch: Batch<{ id: string }>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const used = await findUsed(tx, ids);
  batch.reject(({ id }) =>
    used.has(id)
      ? { code: "in-use", field: "id", expected: "an exercise that no workout or badge uses", got: id }
      : undefined,
  );
  const unused = batch.items.map(({ value }) => value.id);
  const deletedRows = await tx.delete(exercises).where(inArray(exercises.id, unused)).returning({ id: exercises.id });
  const deleted = new Set(deletedRows.map(({ id }) => id));
  for (const item of batch.items) batch.settle(item, deleted.has(item.value.id) ? "deleted" : "not-found");
}

/** The exercises among `ids` that a workout or a badge uses. */
async function findUsed(tx: Db, ids: string[]): Promise<Set<string>> {
  const activities = await tx
    .selectDistinct({ id: workoutActivities.exerciseId })
    .from(workoutActivities)
    .where(inArray(workoutActivities.exerciseId, ids));
  const lifetime = await tx
    .selectDistinct({ id: badges.exerciseId })
    .from(badges)
    .where(inArray(badges.exerciseId, ids));
  return new Set([...activities, ...lifetime].flatMap(({ id }) => (id === null ? [] : [id])));
}
