import { distance, duration, type Language, number } from "../mail/language.ts";
import type { Measure } from "./points.ts";

/** How amounts, badges and awards are called when people read them. */

export interface Exercise {
  id: string;
  nameDe: string;
  nameEn: string;
  measure: Measure;
}

/** Totals of an exercise as results hold them. */
export interface ExerciseTotal {
  points: number;
  reps?: number;
  seconds?: number;
  km?: number;
}

export interface Reader {
  language: Language;
  inMiles: boolean;
}

/** `12 Liegestütze`, `5,2 km Laufen`, `45 Min. Yoga`. */
export function activity(exercise: Exercise, total: ExerciseTotal, reader: Reader): string {
  const name = reader.language === "de" ? exercise.nameDe : exercise.nameEn;
  return `${amount(exercise.measure, total, reader)} ${name}`;
}

function amount(measure: Measure, total: ExerciseTotal, { language, inMiles }: Reader): string {
  if (measure === "time") return duration(total.seconds ?? 0, language);
  if (measure === "distance") return distance(total.km ?? 0, language, inMiles);
  return number(total.reps ?? 0, language);
}

/** A goal's target in its own unit: minutes for time, the reader's unit for distance. */
export function goalTarget(unit: string, target: number, { language, inMiles }: Reader): string {
  if (unit === "time") return duration(target * 60, language);
  if (unit === "distance") return `${number(target, language)} ${inMiles ? "mi" : "km"}`;
  return number(target, language);
}

const COUNTED: Record<string, Record<Language, string>> = {
  "weekly-goal-exercises": { de: "Übungsziele der Woche erreicht", en: "weekly exercise goals reached" },
  "weekly-goal-points": { de: "Punkteziel der Woche erreicht", en: "weekly points goal reached" },
  "weekly-challenge-points": { de: "Wochen-Challenge geschafft", en: "weekly challenge completed" },
};

/** `Punkteziel der Woche erreicht (5×)`, `100 Liegestütze insgesamt`. */
export function badge(slug: string, level: number, exercises: ReadonlyMap<string, Exercise>, reader: Reader): string {
  const counted = COUNTED[slug];
  if (counted !== undefined) return `${counted[reader.language]} (${level}×)`;
  const exercise = exercises.get(slug.replace(/^lifetime-/, ""));
  if (exercise === undefined) return `${slug} ${level}`;
  const total = { points: 0, reps: level, seconds: level, km: level };
  return `${activity(exercise, total, { ...reader, inMiles: false })} ${reader.language === "de" ? "insgesamt" : "in total"}`;
}

const AWARDS: Record<string, Record<Language, string>> = {
  "friends-gold": { de: "Gold unter Freunden", en: "gold among friends" },
  "friends-silver": { de: "Silber unter Freunden", en: "silver among friends" },
  "friends-bronze": { de: "Bronze unter Freunden", en: "bronze among friends" },
};

/** `Gold unter Freunden`. */
export function award(type: string, language: Language): string {
  return AWARDS[type]?.[language] ?? type;
}
