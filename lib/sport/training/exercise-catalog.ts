import { inArray, sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import type { Exercise } from "../messages/labels.ts";
import type { ExerciseFacts } from "./activity.ts";
import type { Measure } from "./points.ts";
import { exercises } from "./schema.ts";

/** The whole exercise catalogue by id, as letters name it; small, and read once a run. */
export async function readExercises(db: Db): Promise<Map<string, Exercise>> {
  const all = await rows<Exercise>(
    db,
    sql`select id, name_de as "nameDe", name_en as "nameEn", measurement_type as measure from exercises`,
  );
  return new Map(all.map((exercise) => [exercise.id, exercise]));
}

/** What points need to know of exercises: of those named, or of all. */
export async function readExerciseFacts(db: Db, ids?: string[]): Promise<Map<string, ExerciseFacts>> {
  const found = await db
    .select({ id: exercises.id, measure: exercises.measurementType, pointsPerUnit: exercises.pointsPerUnit })
    .from(exercises)
    .where(ids && inArray(exercises.id, [...new Set(ids)]));
  return new Map(found.map((exercise) => [exercise.id, { ...exercise, measure: exercise.measure as Measure }]));
}
