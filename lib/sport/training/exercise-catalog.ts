import { inArray } from "drizzle-orm";
import type { Db } from "../../db/db.ts";
import type { Measure } from "./points.ts";
import { exercises } from "./schema.ts";

export interface Exercise {
  id: string;
  nameDe: string;
  nameEn: string;
  measure: Measure;
  /** Points per repetition, second or kilometre. */
  pointsPerUnit: number;
}

/** Loads exercises by id: those with the given ids, or the whole catalogue, which is small. */
export async function loadExercises(db: Db, ids?: string[]): Promise<Map<string, Exercise>> {
  const { id, nameDe, nameEn, measurementType: measure, pointsPerUnit } = exercises;
  const known = await db
    .select({ id, nameDe, nameEn, measure, pointsPerUnit })
    .from(exercises)
    .where(ids && inArray(id, [...new Set(ids)]));
  return new Map(known.map((exercise) => [exercise.id, exercise]));
}
