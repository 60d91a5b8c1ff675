import { type Language, number } from "../../mail/template/language.ts";
import { asHtml, asText, type Letter, type Section } from "../../mail/template/letter.ts";
import type { Period } from "../../time/periods.ts";
import { activity, award, badge, type Exercise, type ExerciseTotal, type Reader } from "./labels.ts";

/** What every summary tells; one for each result that a mail may go out for. */
export interface Summary extends Reader {
  name: string | null;
  points: number;
  workouts: number;
  totals: Record<string, ExerciseTotal>;
  badges: { slug: string; level: number }[];
  awards: string[];
}

/** Writes a user's summary of a period in their language, as text and HTML. Pure. */
export type SummaryLetter<S extends Summary> = (
  summary: S,
  period: Period,
  zone: string,
  exercises: ReadonlyMap<string, Exercise>,
  unsubscribeUrl: string,
) => { subject: string; text: string; html: string };

/** What stands in the letter of one kind only. */
export interface OwnWords {
  subject: string;
  intro: string;
  /** In place of a training that was not. */
  rest: string;
  closing: string;
  /** Between the training and the honours. */
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
    of: (points: string, target: string) => `${points} von ${target} Punkten`,
    rank: (rank: string, of: string) => `Platz ${rank} von ${of}`,
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
    of: (points: string, target: string) => `${points} of ${target} points`,
    rank: (rank: string, of: string) => `Rank ${rank} of ${of}`,
    friends: "Among your friends",
    badges: "New badges",
    awards: "New awards",
    unsubscribe: "Unsubscribe from these mails",
  },
} as const;

/** Writes a summary: what all of them tell, around what its own kind tells. Pure. */
export function writeLetter(
  summary: Summary,
  own: OwnWords,
  exercises: ReadonlyMap<string, Exercise>,
  unsubscribeUrl: string,
): { subject: string; text: string; html: string } {
  const { language, points, badges, awards } = summary;
  const words = WORDS[language];
  const sections: Section[] = [
    { title: words.training, lines: training(summary, own.rest, exercises) },
    ...own.sections,
    { title: words.badges, lines: badges.map(({ slug, level }) => badge(slug, level, exercises, summary)) },
    { title: words.awards, lines: awards.map((type) => award(type, exercises, language)) },
  ];
  const letter: Letter = {
    title: own.subject,
    greeting: words.hello(summary.name),
    intro: own.intro,
    headline: { value: number(points, language), label: words.points(points) },
    sections: sections.filter(({ lines }) => lines.length > 0),
    closing: own.closing,
    unsubscribe: { label: words.unsubscribe, url: unsubscribeUrl },
  };
  return { subject: own.subject, text: asText(letter), html: asHtml(letter, language) };
}

function training(summary: Summary, rest: string, exercises: ReadonlyMap<string, Exercise>): string[] {
  if (summary.workouts === 0) return [rest];
  const byPoints = Object.entries(summary.totals).sort(([, a], [, b]) => b.points - a.points);
  const activities = byPoints.flatMap(([id, total]) => {
    const exercise = exercises.get(id);
    return exercise === undefined ? [] : [activity(exercise, total, summary)];
  });
  return [WORDS[summary.language].workouts(summary.workouts), ...activities];
}

/** `erreicht`, `nicht erreicht`. */
export const verdict = (met: boolean, language: Language): string => WORDS[language][met ? "met" : "missed"];

/** `1.234,5 von 2.000 Punkten, nicht erreicht`. */
export function pointsAgainst({ points, language }: Summary, target: number, met: boolean): string {
  return `${WORDS[language].of(number(points, language), number(target, language))}, ${verdict(met, language)}`;
}

/** `Platz 3 von 120`. */
export function place(rank: number, of: number, language: Language): string {
  return WORDS[language].rank(number(rank, language), number(of, language));
}

/** The title over ranks among friends. */
export const friendsTitle = (language: Language): string => WORDS[language].friends;
