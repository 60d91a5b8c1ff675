import { distance, duration, type Language, number } from "../../mail/template/language.ts";
import type { Measure } from "../training/points.ts";

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
  return `${amount(exercise.measure, total, reader)} ${nameIn(exercise, reader.language)}`;
}

const nameIn = (exercise: Exercise, language: Language): string =>
  language === "de" ? exercise.nameDe : exercise.nameEn;

/** `Liegestütze`; the id of an exercise that is gone. */
export function exerciseName(id: string, exercises: ReadonlyMap<string, Exercise>, language: Language): string {
  const exercise = exercises.get(id);
  return exercise === undefined ? id : nameIn(exercise, language);
}

/** What a month is ranked by: `Punkte`, `pull-ups`. */
export function categoryName(category: string, exercises: ReadonlyMap<string, Exercise>, language: Language): string {
  if (category === "points") return language === "de" ? "Punkte" : "points";
  return exerciseName(category, exercises, language);
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
  "monthly-challenge-points": { de: "Monats-Challenge geschafft", en: "monthly challenge completed" },
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
  "monthly-champion": { de: "Champion des Monats", en: "champion of the month" },
};

/** `Gold unter Freunden`, `Platz 1 unter Freunden: Klimmzüge`. */
export function award(type: string, exercises: ReadonlyMap<string, Exercise>, language: Language): string {
  const known = AWARDS[type]?.[language];
  if (known !== undefined) return known;
  const [, scope, category = "", rank] = /^monthly-rank-(global|friends)-(.+)-(\d+)$/.exec(type) ?? [];
  if (scope === undefined) return type;
  const where = SCOPES[scope === "global" ? "global" : "friends"][language];
  const place = language === "de" ? `Platz ${rank}` : `rank ${rank}`;
  return `${place} ${where}: ${categoryName(category, exercises, language)}`;
}

const SCOPES = {
  global: { de: "in der Gesamtwertung", en: "overall" },
  friends: { de: "unter Freunden", en: "among friends" },
} as const;
