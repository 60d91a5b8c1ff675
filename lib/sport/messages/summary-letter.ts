import { number } from "../../mail/template/language.ts";
import { asHtml, asText, type Letter, type Section } from "../../mail/template/letter.ts";
import type { Period } from "../../time/periods.ts";
import type { Language } from "../../users/languages.ts";
import type { ExerciseTotal } from "../evaluation/schema.ts";
import { activityLabel, awardName, badgeName, type ExerciseNames, type Reader } from "./labels.ts";

/** What weekly and monthly summaries have in common. */
export interface Summary extends Reader {
  name: string | null;
  points: number;
  workouts: number;
  /** By exercise id. */
  totals: Record<string, ExerciseTotal>;
  badges: { slug: string; level: number }[];
  awards: string[];
}

/** Writes a user's summary of a period in their language, as text and HTML. Pure. */
export type WriteLetter<S extends Summary> = (
  summary: S,
  period: Period,
  zone: string,
  exercises: ReadonlyMap<string, ExerciseNames>,
  unsubscribeUrl: string,
) => { subject: string; text: string; html: string };

/** The content that only the weekly or only the monthly letter has. */
export interface LetterContent {
  subject: string;
  intro: string;
  /** Replaces the list of activities if the user has no workout. */
  noTraining: string;
  closing: string;
  /** Placed between the training and the badges. */
  sections: Section[];
}

const WORDS = {
  de: {
    hello: (name: string | null) => (name ? `Hallo ${name},` : "Hallo,"),
    points: (n: number) => (n === 1 ? "Punkt" : "Punkte"),
    training: "Training",
    workouts: (n: number) => (n === 1 ? "1 Workout" : `${n} Workouts`),
    met: "erreicht",
    missed: "nicht erreicht",
    pointsOf: (points: string, target: string) => `${points} von ${target} Punkten`,
    rankOf: (rank: string, participants: string) => `Platz ${rank} von ${participants}`,
    friends: "Unter deinen Freunden",
    badges: "Neue Abzeichen",
    awards: "Neue Auszeichnungen",
    unsubscribe: "Diese E-Mails abbestellen",
  },
  en: {
    hello: (name: string | null) => (name ? `Hi ${name},` : "Hi,"),
    points: (n: number) => (n === 1 ? "point" : "points"),
    training: "Training",
    workouts: (n: number) => (n === 1 ? "1 workout" : `${n} workouts`),
    met: "reached",
    missed: "not reached",
    pointsOf: (points: string, target: string) => `${points} of ${target} points`,
    rankOf: (rank: string, participants: string) => `Rank ${rank} of ${participants}`,
    friends: "Among your friends",
    badges: "New badges",
    awards: "New awards",
    unsubscribe: "Unsubscribe from these emails",
  },
} as const;

/** Writes a summary from the content that all summaries have and the given content of its kind. Pure. */
export function writeSummaryLetter(
  summary: Summary,
  content: LetterContent,
  exercises: ReadonlyMap<string, ExerciseNames>,
  unsubscribeUrl: string,
): { subject: string; text: string; html: string } {
  const { language, points, badges, awards } = summary;
  const words = WORDS[language];
  const sections: Section[] = [
    { title: words.training, lines: trainingLines(summary, content.noTraining, exercises) },
    ...content.sections,
    { title: words.badges, lines: badges.map(({ slug, level }) => badgeName(slug, level, exercises, summary)) },
    { title: words.awards, lines: awards.map((type) => awardName(type, exercises, language)) },
  ];
  const letter: Letter = {
    title: content.subject,
    greeting: words.hello(summary.name),
    intro: content.intro,
    headline: { value: number(points, language), label: words.points(points) },
    sections: sections.filter(({ lines }) => lines.length > 0),
    closing: content.closing,
    unsubscribe: { label: words.unsubscribe, url: unsubscribeUrl },
  };
  return { subject: content.subject, text: asText(letter), html: asHtml(letter, language) };
}

function trainingLines(summary: Summary, noTraining: string, exercises: ReadonlyMap<string, ExerciseNames>): string[] {
  if (summary.workouts === 0) return [noTraining];
  const byPoints = Object.entries(summary.totals).sort(([, a], [, b]) => b.points - a.points);
  const activities = byPoints.flatMap(([id, total]) => {
    const exercise = exercises.get(id);
    return exercise === undefined ? [] : [activityLabel(exercise, total, summary)];
  });
  return [WORDS[summary.language].workouts(summary.workouts), ...activities];
}

/** `erreicht`, `nicht erreicht`. */
export const metOrMissed = (met: boolean, language: Language): string => WORDS[language][met ? "met" : "missed"];

/** `1.234,5 von 2.000 Punkten, nicht erreicht`. */
export function pointsOfTarget({ points, language }: Summary, target: number, met: boolean): string {
  const text = WORDS[language].pointsOf(number(points, language), number(target, language));
  return `${text}, ${metOrMissed(met, language)}`;
}

/** `Platz 3 von 120`. */
export function rankOf(rank: number, participants: number, language: Language): string {
  return WORDS[language].rankOf(number(rank, language), number(participants, language));
}

/** The title of the section with ranks among friends. */
export const friendsTitle = (language: Language): string => WORDS[language].friends;
