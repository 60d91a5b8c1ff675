import { sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import { day } from "../../mail/template/language.ts";
import type { Section } from "../../mail/template/letter.ts";
import { type ExerciseNames, exerciseName, goalTarget } from "./labels.ts";
import type { SummaryMail } from "./queue-summaries.ts";
import {
  friendsTitle,
  metOrMissed,
  pointsOfTarget,
  rankOf,
  type Summary,
  type WriteLetter,
  writeSummaryLetter,
} from "./summary-letter.ts";

/** The content of a user's weekly summary. */
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
    intro: (from: string, to: string) => `so lief deine Woche vom ${from} bis zum ${to}.`,
    noTraining: "Diese Woche kein Training. Die nächste gehört dir!",
    goals: "Ziele",
    exercises: "Übungsziele",
    pointsGoal: "Punkteziel",
    challenge: "Wochen-Challenge",
    closing: "Bis nächste Woche!",
  },
  en: {
    subject: "Your weekly summary is here!",
    intro: (from: string, to: string) => `here is your week from ${from} to ${to}.`,
    noTraining: "No training this week. The next one is yours!",
    goals: "Goals",
    exercises: "Exercise goals",
    pointsGoal: "Points goal",
    challenge: "Weekly challenge",
    closing: "See you next week!",
  },
} as const;

/** Writes a user's weekly summary in their language, as text and HTML. Pure. */
export const weeklyLetter: WriteLetter<WeeklySummary> = (summary, week, zone, exercises, unsubscribeUrl) => {
  const { language } = summary;
  const { subject, intro, noTraining, closing } = WORDS[language];
  const lastDay = new Date(week.end.getTime() - 1);
  const content = {
    subject,
    intro: intro(day(week.start, language, zone), day(lastDay, language, zone)),
    noTraining,
    closing,
    sections: [goalsSection(summary, exercises), friendsSection(summary)],
  };
  return writeSummaryLetter(summary, content, exercises, unsubscribeUrl);
};

function goalsSection(summary: WeeklySummary, exercises: ReadonlyMap<string, ExerciseNames>): Section {
  const { language, exerciseGoals } = summary;
  const words = WORDS[language];
  const targets = exerciseGoals.map(
    ({ exerciseId, unit, target }) =>
      `${goalTarget(unit, target, summary)} ${exerciseName(exerciseId, exercises, language)}`,
  );
  const exerciseLine = `${words.exercises} (${targets.join(", ")}): ${metOrMissed(summary.goalExercisesMet, language)}`;
  const lines = [
    ...(targets.length === 0 ? [] : [exerciseLine]),
    `${words.pointsGoal}: ${pointsOfTarget(summary, summary.pointsTarget, summary.goalPointsMet)}`,
    `${words.challenge}: ${pointsOfTarget(summary, summary.challengeTarget, summary.goalChallengeMet)}`,
  ];
  return { title: words.goals, lines };
}

function friendsSection({ language, rank, participants }: WeeklySummary): Section {
  const alone = rank === null || participants === null || participants < 2;
  return { title: friendsTitle(language), lines: alone ? [] : [rankOf(rank, participants, language)] };
}

/** The weekly summary mail. */
export const weeklyMail: SummaryMail<WeeklySummary> = {
  kind: "week",
  keyPrefix: (firstDay) => `weekly-summary:${firstDay}`,
  writeLetter: weeklyLetter,
  read: (week) => ({
    columns: sql`case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end
      as "exerciseGoals", result.*, leaderboard.*`,
    joins: sql`cross join lateral (
        select total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
          goal_exercises_met as "goalExercisesMet", points_target::float8 as "pointsTarget",
          goal_points_met as "goalPointsMet", challenge_target::float8 as "challengeTarget",
          goal_challenge_met as "goalChallengeMet"
        from weekly_results where user_id = users.id and week_start = ${at(week.start)} offset 0) as result
      left join lateral (
        select rank, participants from leaderboard_results
        where user_id = users.id and week_start = ${at(week.start)} offset 0) as leaderboard on true`,
  }),
};
