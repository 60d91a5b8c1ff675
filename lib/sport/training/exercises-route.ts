import { asc, inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { BATCH_RESPONSES, type Batch, envelope, processBatch } from "../../http/batch.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { amount, line } from "../../http/fields.ts";
import { badges } from "../evaluation/schema.ts";
import { autoPointsPerUnit } from "./points.ts";
import { exercises, workoutActivities } from "./schema.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "a slug such as pull-ups, at most 64 characters" })
  .meta({ examples: ["pull-ups"] });

/** An exercise. Without `pointsPerUnit`, its points follow from the difficulty tier. */
const exerciseItem = z
  .strictObject({
    id: slug,
    nameDe: line(100).min(1, { error: "a German name" }),
    nameEn: line(100).min(1, { error: "an English name" }),
    measurementType: z.enum(["reps", "time", "distance"]),
    difficultyTier: amount(1, 10).int({ error: "a whole number from 1 to 10" }).default(5),
    /** Per repetition, second or kilometre. */
    pointsPerUnit: amount(0.0000001, 100_000).optional(),
  })
  .transform(({ pointsPerUnit, ...item }) => ({
    ...item,
    pointsSource: pointsPerUnit === undefined ? "auto" : "manual",
    pointsPerUnit: pointsPerUnit ?? autoPointsPerUnit(item.measurementType, item.difficultyTier),
  }));

type ExerciseItem = z.output<typeof exerciseItem>;

const idOf = (exercise: { id: string }): string => exercise.id;

/** `/api/sport/exercises`: GET lists the catalogue for all callers. POST and DELETE are for operators only. */
export const exercisesRoute = defineRoute({
  GET: method({
    summary: "The catalogue of exercises.",
    security: ["adminToken", "userToken"],
    query: z.strictObject({}),
    handle: async ({ db }) => ({ exercises: await db.select().from(exercises).orderBy(asc(exercises.id)) }),
  }),
  POST: method({
    summary: "Creates and updates exercises. Without `pointsPerUnit`, the points follow from the difficulty tier.",
    example: {
      exercises: [{ id: "box-jumps", nameDe: "Kastensprünge", nameEn: "Box jumps", measurementType: "reps" }],
    },
    responses: BATCH_RESPONSES,
    body: envelope("exercises", exerciseItem),
    handle: ({ db, body }) => {
      return processBatch<ExerciseItem>(db, body.exercises, exerciseItem, idOf, saveExercises);
    },
  }),
  DELETE: method({
    summary: "Deletes exercises that no workout or badge uses.",
    example: { exercises: [{ id: "box-jumps" }] },
    responses: BATCH_RESPONSES,
    body: envelope("exercises", z.strictObject({ id: slug })),
    handle: ({ db, body }) => {
      return processBatch(db, body.exercises, z.strictObject({ id: slug }), idOf, deleteExercises);
    },
  }),
});

/** The measure of an exercise in use must not change: stored amounts would get another meaning. */
async function saveExercises(tx: Db, batch: Batch<ExerciseItem>): Promise<void> {
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

async function deleteExercises(tx: Db, batch: Batch<{ id: string }>): Promise<void> {
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
