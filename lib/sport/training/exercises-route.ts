import { asc, inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { BATCH_ANSWERS, type Batch, envelope, takeBatch } from "../../http/batch.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { amount, line } from "../../http/fields.ts";
import { badges } from "../evaluation/schema.ts";
import { autoPointsPerUnit } from "./points.ts";
import { exercises, workoutActivities } from "./schema.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "a slug such as pull-ups, at most 64 characters" })
  .meta({ examples: ["pull-ups"] });

/** An exercise; points per unit follow from the tier unless they are given. */
const exerciseItem = z
  .strictObject({
    id: slug,
    nameDe: line(100).min(1, { error: "a German name" }),
    nameEn: line(100).min(1, { error: "an English name" }),
    measurementType: z.enum(["reps", "time", "distance"]),
    difficultyTier: amount(1, 10).int({ error: "a whole number from 1 to 10" }).default(5),
    /** Points per rep, second or km; given, they count instead of the tier's. */
    pointsPerUnit: amount(0.0000001, 100_000).optional(),
  })
  .transform(({ pointsPerUnit, ...item }) => ({
    ...item,
    pointsSource: pointsPerUnit === undefined ? "auto" : "manual",
    pointsPerUnit: pointsPerUnit ?? autoPointsPerUnit(item.measurementType, item.difficultyTier),
  }));

type ExerciseItem = z.output<typeof exerciseItem>;

const idOf = (exercise: { id: string }): string => exercise.id;

/** `/api/sport/exercises`: GET lists the catalogue for everybody; POST and DELETE are the operator's. */
export const exercisesRoute = defineRoute({
  GET: method({
    summary: "The catalogue of exercises.",
    security: ["adminToken", "userToken"],
    query: z.strictObject({}),
    handle: async ({ db }) => ({ exercises: await db.select().from(exercises).orderBy(asc(exercises.id)) }),
  }),
  POST: method({
    summary: "Creates and updates exercises; points per unit follow from the tier unless they are given.",
    example: {
      exercises: [{ id: "box-jumps", nameDe: "Kastensprünge", nameEn: "Box jumps", measurementType: "reps" }],
    },
    answers: BATCH_ANSWERS,
    body: envelope("exercises", exerciseItem),
    handle: ({ db, body }) => {
      return takeBatch<ExerciseItem>(db, body.exercises, exerciseItem, idOf, saveExercises);
    },
  }),
  DELETE: method({
    summary: "Deletes exercises that nothing uses.",
    example: { exercises: [{ id: "box-jumps" }] },
    answers: BATCH_ANSWERS,
    body: envelope("exercises", z.strictObject({ id: slug })),
    handle: ({ db, body }) => {
      return takeBatch(db, body.exercises, z.strictObject({ id: slug }), idOf, deleteExercises);
    },
  }),
});

/** The measure of an exercise that is in use stays: amounts stored under it would mean something else. */
async function saveExercises(tx: Db, batch: Batch<ExerciseItem>): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const existing = await tx.select().from(exercises).where(inArray(exercises.id, ids));
  const before = new Map(existing.map((exercise) => [exercise.id, exercise]));
  const used = await inUse(tx, ids);
  batch.reject(({ id, measurementType }) => {
    const was = before.get(id)?.measurementType;
    if (was === undefined || was === measurementType || !used.has(id)) return undefined;
    return {
      code: "in-use",
      field: "measurementType",
      expected: `${was}, as workouts use it so`,
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
  const used = await inUse(tx, ids);
  batch.reject(({ id }) =>
    used.has(id)
      ? { code: "in-use", field: "id", expected: "an exercise no workout or badge uses", got: id }
      : undefined,
  );
  const free = batch.items.map(({ value }) => value.id);
  const gone = await tx.delete(exercises).where(inArray(exercises.id, free)).returning({ id: exercises.id });
  const deleted = new Set(gone.map(({ id }) => id));
  for (const item of batch.items) batch.settle(item, deleted.has(item.value.id) ? "deleted" : "not-found");
}

async function inUse(tx: Db, ids: string[]): Promise<Set<string>> {
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
