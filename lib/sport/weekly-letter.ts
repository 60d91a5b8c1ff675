import { asHtml, asText, type Letter, type Section } from "../mail/html.ts";
import { day, type Language, number } from "../mail/language.ts";
import type { Period } from "../time.ts";
import { activity, award, badge, type Exercise, type ExerciseTotal, goalTarget, type Reader } from "./names.ts";

/** What a user's weekly summary tells; one for each result that a mail may go out for. */
export interface WeeklySummary {
  name: string | null;
  language: Language;
  inMiles: boolean;
  points: number;
  workouts: number;
  totals: Record<string, ExerciseTotal>;
  exerciseGoals: { exerciseId: string; target: number; unit: string }[];
  goalExercisesMet: boolean;
  pointsTarget: number;
  goalPointsMet: boolean;
  challengeTarget: number;
  goalChallengeMet: boolean;
  rank: number | null;
  participants: number | null;
  badges: { slug: string; level: number }[];
  awards: string[];
}

const WORDS = {
  de: {
    subject: "Deine Wochenbilanz ist da!",
    hello: (name: string | null) => (name ? `Hallo ${name},` : "Hallo,"),
    intro: (from: string, to: string) => `hier ist deine Woche vom ${from} bis ${to}.`,
    points: (n: number) => (n === 1 ? "Punkt" : "Punkte"),
    training: "Training",
    workouts: (n: number) => (n === 1 ? "1 Workout" : `${n} Workouts`),
    rest: "Diese Woche kein Training. Die nächste gehört dir!",
    goals: "Ziele",
    exercises: "Übungsziele",
    pointsGoal: "Punkteziel",
    challenge: "Wochen-Challenge",
    met: "erreicht",
    missed: "nicht erreicht",
    of: (points: string, target: string) => `${points} von ${target} Punkten`,
    friends: "Unter deinen Freunden",
    rank: (rank: number, of: number) => `Platz ${rank} von ${of}`,
    badges: "Neue Abzeichen",
    awards: "Neue Auszeichnungen",
    closing: "Bis nächste Woche!",
    unsubscribe: "Diese E-Mails abbestellen",
  },
  en: {
    subject: "Your weekly summary is here!",
    hello: (name: string | null) => (name ? `Hi ${name},` : "Hi,"),
    intro: (from: string, to: string) => `here is your week from ${from} to ${to}.`,
    points: (n: number) => (n === 1 ? "point" : "points"),
    training: "Training",
    workouts: (n: number) => (n === 1 ? "1 workout" : `${n} workouts`),
    rest: "No training this week. The next one is yours!",
    goals: "Goals",
    exercises: "Exercise goals",
    pointsGoal: "Points goal",
    challenge: "Weekly challenge",
    met: "reached",
    missed: "not reached",
    of: (points: string, target: string) => `${points} of ${target} points`,
    friends: "Among your friends",
    rank: (rank: number, of: number) => `Rank ${rank} of ${of}`,
    badges: "New badges",
    awards: "New awards",
    closing: "See you next week!",
    unsubscribe: "Unsubscribe from these mails",
  },
} as const;

/** Writes a user's weekly summary in their language, as text and HTML. Pure. */
export function weeklyLetter(
  summary: WeeklySummary,
  week: Period,
  zone: string,
  exercises: ReadonlyMap<string, Exercise>,
  unsubscribeUrl: string,
): { subject: string; text: string; html: string } {
  const words = WORDS[summary.language];
  const { language } = summary;
  const lastDay = new Date(week.end.getTime() - 1);
  const letter: Letter = {
    title: words.subject,
    greeting: words.hello(summary.name),
    intro: words.intro(day(week.start, language, zone), day(lastDay, language, zone)),
    headline: { value: number(summary.points, language), label: words.points(summary.points) },
    sections: sections(summary, exercises),
    closing: words.closing,
    unsubscribe: { label: words.unsubscribe, url: unsubscribeUrl },
  };
  return { subject: words.subject, text: asText(letter), html: asHtml(letter, language) };
}

function sections(summary: WeeklySummary, exercises: ReadonlyMap<string, Exercise>): Section[] {
  const words = WORDS[summary.language];
  const { badges, awards, rank, participants } = summary;
  const alone = rank === null || participants === null || participants < 2;
  const all: Section[] = [
    { title: words.training, lines: training(summary, exercises) },
    { title: words.goals, lines: goals(summary, exercises) },
    { title: words.friends, lines: alone ? [] : [words.rank(rank, participants)] },
    { title: words.badges, lines: badges.map(({ slug, level }) => badge(slug, level, exercises, summary)) },
    { title: words.awards, lines: awards.map((type) => award(type, summary.language)) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

function training(summary: WeeklySummary, exercises: ReadonlyMap<string, Exercise>): string[] {
  const words = WORDS[summary.language];
  if (summary.workouts === 0) return [words.rest];
  const byPoints = Object.entries(summary.totals).sort(([, a], [, b]) => b.points - a.points);
  const activities = byPoints.flatMap(([id, total]) => {
    const exercise = exercises.get(id);
    return exercise === undefined ? [] : [activity(exercise, total, summary)];
  });
  return [words.workouts(summary.workouts), ...activities];
}

function goals(summary: WeeklySummary, exercises: ReadonlyMap<string, Exercise>): string[] {
  const words = WORDS[summary.language];
  const verdict = (met: boolean) => (met ? words.met : words.missed);
  const against = (target: number) =>
    words.of(number(summary.points, summary.language), number(target, summary.language));
  const wanted = summary.exerciseGoals.map((goal) => exerciseGoal(goal, exercises, summary));
  return [
    ...(wanted.length === 0 ? [] : [`${words.exercises} (${wanted.join(", ")}): ${verdict(summary.goalExercisesMet)}`]),
    `${words.pointsGoal}: ${against(summary.pointsTarget)}, ${verdict(summary.goalPointsMet)}`,
    `${words.challenge}: ${against(summary.challengeTarget)}, ${verdict(summary.goalChallengeMet)}`,
  ];
}

function exerciseGoal(
  goal: WeeklySummary["exerciseGoals"][number],
  exercises: ReadonlyMap<string, Exercise>,
  reader: Reader,
): string {
  const exercise = exercises.get(goal.exerciseId);
  const name = exercise === undefined ? goal.exerciseId : reader.language === "de" ? exercise.nameDe : exercise.nameEn;
  return `${goalTarget(goal.unit, goal.target, reader)} ${name}`;
}
