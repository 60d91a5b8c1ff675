import { distance, duration, number } from "../../mail/template/language.ts";
import type { Language } from "../../users/languages.ts";
import type { ExerciseTotal } from "../evaluation/schema.ts";
import type { Exercise } from "../training/exercise-catalog.ts";

/** The names of amounts, exercises, badges and awards in German and English. */

export type ExerciseNames = Pick<Exercise, "id" | "nameDe" | "nameEn" | "measure">;

export interface Reader {
  language: Language;
  inMiles: boolean;
}

/** An amount of an exercise: `12 Liegestütze`, `5,2 km Laufen`, `45 Min. Yoga`. */
export function activityLabel(exercise: ExerciseNames, total: ExerciseTotal, reader: Reader): string {
  return `${amount(exercise.measure, total, reader)} ${nameIn(exercise, reader.language)}`;
}

const nameIn = (exercise: ExerciseNames, language: Language): string =>
  language === "de" ? exercise.nameDe : exercise.nameEn;

/** The name of an exercise: `Liegestütze`; the id if the exercise no longer exists. */
export function exerciseName(id: string, exercises: ReadonlyMap<string, ExerciseNames>, language: Language): string {
  const exercise = exercises.get(id);
  return exercise === undefined ? id : nameIn(exercise, language);
}

/** The name of a ranking category: `Punkte`, `pull-ups`. */
export function categoryName(
  category: string,
  exercises: ReadonlyMap<string, ExerciseNames>,
  language: Language,
): string {
  if (category === "points") return language === "de" ? "Punkte" : "points";
  return exerciseName(category, exercises, language);
}

function amount(measure: Exercise["measure"], total: ExerciseTotal, { language, inMiles }: Reader): string {
  if (measure === "time") return duration(total.seconds ?? 0, language);
  if (measure === "distance") return distance(total.km ?? 0, language, inMiles);
  return number(total.reps ?? 0, language);
}

/** A goal's target: time in minutes, distance in the reader's unit. */
export function goalTarget(unit: string, target: number, { language, inMiles }: Reader): string {
  if (unit === "time") return duration(target * 60, language);
  if (unit === "distance") return `${number(target, language)} ${inMiles ? "mi" : "km"}`;
  return number(target, language);
}

const COUNTED_BADGES: Record<string, Record<Language, string>> = {
  "weekly-goal-exercises": { de: "Übungsziele der Woche erreicht", en: "weekly exercise goals reached" },
  "weekly-goal-points": { de: "Punkteziel der Woche erreicht", en: "weekly points goal reached" },
  "weekly-challenge-points": { de: "Wochen-Challenge geschafft", en: "weekly challenge completed" },
  "monthly-challenge-points": { de: "Monats-Challenge geschafft", en: "monthly challenge completed" },
};

/** The name of a badge: `Punkteziel der Woche erreicht (5×)`, `100 Liegestütze insgesamt`. */
export function badgeName(
  slug: string,
  level: number,
  exercises: ReadonlyMap<string, ExerciseNames>,
  reader: Reader,
): string {
  const counted = COUNTED_BADGES[slug];
  if (counted !== undefined) return `${counted[reader.language]} (${level}×)`;
  const exercise = exercises.get(slug.replace(/^lifetime-/, ""));
  if (exercise === undefined) return `${slug} ${level}`;
  const total = { points: 0, reps: level, seconds: level, km: level };
  return `${activityLabel(exercise, total, { ...reader, inMiles: false })} ${reader.language === "de" ? "insgesamt" : "in total"}`;
}

const AWARDS: Record<string, Record<Language, string>> = {
  "friends-gold": { de: "Gold unter Freunden", en: "gold among friends" },
  "friends-silver": { de: "Silber unter Freunden", en: "silver among friends" },
  "friends-bronze": { de: "Bronze unter Freunden", en: "bronze among friends" },
  "monthly-champion": { de: "Champion des Monats", en: "champion of the month" },
};

/** The name of an award: `Gold unter Freunden`, `Platz 1 unter Freunden: Klimmzüge`. */
export function awardName(type: string, exercises: ReadonlyMap<string, ExerciseNames>, language: Language): string {
  const name = AWARDS[type]?.[language];
  if (name !== undefined) return name;
  const [, scope, category = "", rank] = /^monthly-rank-(global|friends)-(.+)-(\d+)$/.exec(type) ?? [];
  if (scope === undefined) return type;
  const scopeName = SCOPES[scope === "global" ? "global" : "friends"][language];
  const rankName = language === "de" ? `Platz ${rank}` : `rank ${rank}`;
  return `${rankName} ${scopeName}: ${categoryName(category, exercises, language)}`;
}

const SCOPES = {
  global: { de: "in der Gesamtwertung", en: "overall" },
  friends: { de: "unter Freunden", en: "among friends" },
} as const;
