import { day } from "../../mail/template/language.ts";
import type { Section } from "../../mail/template/letter.ts";
import { type Exercise, exerciseName, goalTarget } from "./labels.ts";
import {
  friendsTitle,
  place,
  pointsAgainst,
  type Summary,
  type SummaryLetter,
  verdict,
  writeLetter,
} from "./summary-letter.ts";

/** What a user's weekly summary tells. */
export interface WeeklySummary extends Summary {
  exerciseGoals: { exerciseId: string; target: number; unit: string }[];
  goalExercisesMet: boolean;
  pointsTarget: number;
  goalPointsMet: boolean;
  challengeTarget: number;
  goalChallengeMet: boolean;
  rank: number | null;
  participants: number | null;
}

const WORDS = {
  de: {
    subject: "Deine Wochenbilanz ist da!",
    intro: (from: string, to: string) => `hier ist deine Woche vom ${from} bis ${to}.`,
    rest: "Diese Woche kein Training. Die nächste gehört dir!",
    goals: "Ziele",
    exercises: "Übungsziele",
    pointsGoal: "Punkteziel",
    challenge: "Wochen-Challenge",
    closing: "Bis nächste Woche!",
  },
  en: {
    subject: "Your weekly summary is here!",
    intro: (from: string, to: string) => `here is your week from ${from} to ${to}.`,
    rest: "No training this week. The next one is yours!",
    goals: "Goals",
    exercises: "Exercise goals",
    pointsGoal: "Points goal",
    challenge: "Weekly challenge",
    closing: "See you next week!",
  },
} as const;

/** Writes a user's weekly summary in their language, as text and HTML. Pure. */
export const weeklyLetter: SummaryLetter<WeeklySummary> = (summary, week, zone, exercises, unsubscribeUrl) => {
  const { language } = summary;
  const { subject, intro, rest, closing } = WORDS[language];
  const lastDay = new Date(week.end.getTime() - 1);
  const own = {
    subject,
    intro: intro(day(week.start, language, zone), day(lastDay, language, zone)),
    rest,
    closing,
    sections: [goals(summary, exercises), friends(summary)],
  };
  return writeLetter(summary, own, exercises, unsubscribeUrl);
};

function goals(summary: WeeklySummary, exercises: ReadonlyMap<string, Exercise>): Section {
  const { language, exerciseGoals } = summary;
  const words = WORDS[language];
  const wanted = exerciseGoals.map(
    ({ exerciseId, unit, target }) =>
      `${goalTarget(unit, target, summary)} ${exerciseName(exerciseId, exercises, language)}`,
  );
  const exerciseLine = `${words.exercises} (${wanted.join(", ")}): ${verdict(summary.goalExercisesMet, language)}`;
  const lines = [
    ...(wanted.length === 0 ? [] : [exerciseLine]),
    `${words.pointsGoal}: ${pointsAgainst(summary, summary.pointsTarget, summary.goalPointsMet)}`,
    `${words.challenge}: ${pointsAgainst(summary, summary.challengeTarget, summary.goalChallengeMet)}`,
  ];
  return { title: words.goals, lines };
}

function friends({ language, rank, participants }: WeeklySummary): Section {
  const alone = rank === null || participants === null || participants < 2;
  return { title: friendsTitle(language), lines: alone ? [] : [place(rank, participants, language)] };
}
