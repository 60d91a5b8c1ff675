import { type SQL, sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import { day } from "../../mail/template/language.ts";
import type { Section } from "../../mail/template/letter.ts";
import type { Period } from "../../time/periods.ts";
import type { Language } from "../../users/languages.ts";
import { CATEGORIES, type Category, VALUE_COLUMN } from "../training/categories.ts";
import { categoryName, type ExerciseNames } from "./labels.ts";
import type { SummaryMail } from "./queue-summaries.ts";
import {
  friendsTitle,
  pointsOfTarget,
  rankOf,
  type Summary,
  type WriteLetter,
  writeSummaryLetter,
} from "./summary-letter.ts";

export interface Rank {
  rank: number;
  /** Number of participants. */
  of: number;
}

/** The content of a user's monthly summary. */
export interface MonthlySummary extends Summary {
  challengeTarget: number;
  challengeMet: boolean;
  /** Null if the user does not take part. */
  global: Record<Category, Rank | null>;
  friends: Record<Category, Rank | null>;
}

const WORDS = {
  de: {
    subject: "Dein Monatsabschluss",
    intro: (month: string) => `dein ${month} ist geschafft. Hier ist deine Bilanz.`,
    noTraining: "Diesen Monat kein Training. Der nächste gehört dir!",
    challenge: "Monats-Challenge",
    global: "In der Gesamtwertung",
    closing: "Auf einen starken neuen Monat!",
  },
  en: {
    subject: "Your month in review",
    intro: (month: string) => `your ${month} is done. Here is how it went.`,
    noTraining: "No training this month. The next one is yours!",
    challenge: "Monthly challenge",
    global: "In the overall ranking",
    closing: "Here's to a strong new month!",
  },
} as const;

/** Writes a user's monthly summary in their language, as text and HTML. Pure. */
export const monthlyLetter: WriteLetter<MonthlySummary> = (summary, month, zone, exercises, unsubscribeUrl) => {
  const { language, challengeTarget, challengeMet, global, friends } = summary;
  const words = WORDS[language];
  const content = {
    subject: words.subject,
    intro: words.intro(monthName(month.start, language, zone)),
    noTraining: words.noTraining,
    closing: words.closing,
    sections: [
      { title: words.challenge, lines: [pointsOfTarget(summary, challengeTarget, challengeMet)] },
      ranksSection(words.global, global, exercises, language),
      ranksSection(friendsTitle(language), friends, exercises, language),
    ],
  };
  return writeSummaryLetter(summary, content, exercises, unsubscribeUrl);
};

/** `Februar 2026`: the date of the first day without the day, which comes first in both languages. */
const monthName = (firstDay: Date, language: Language, zone: string): string =>
  day(firstDay, language, zone).replace(/^\S+ /, "");

function ranksSection(
  title: string,
  ranks: Record<Category, Rank | null>,
  exercises: ReadonlyMap<string, ExerciseNames>,
  language: Language,
): Section {
  const lines = CATEGORIES.flatMap((category) => {
    const rank = ranks[category];
    if (rank === null) return [];
    const name = categoryName(category, exercises, language);
    return [`${name.charAt(0).toUpperCase()}${name.slice(1)}: ${rankOf(rank.rank, rank.of, language)}`];
  });
  return { title, lines };
}

/** The monthly summary mail. */
export const monthlyMail: SummaryMail<MonthlySummary> = {
  kind: "month",
  keyPrefix: (firstDay) => `monthly-summary:${firstDay.slice(0, 7)}`,
  writeLetter: monthlyLetter,
  read: (month) => ({
    columns: sql`points, workouts, totals, "challengeTarget", "challengeMet",
      ${ranksByCategory(globalRank(month))} as global, ${ranksByCategory(friendsRank)} as friends`,
    joins: sql`cross join lateral (
        select total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
          challenge_target::float8 as "challengeTarget", challenge_met as "challengeMet",
          total_points, pullups, pushups, situps
        from monthly_results where user_id = users.id and month_start = ${at(month.start)} offset 0) as result
      left join lateral (
        select * from monthly_rankings
        where user_id = users.id and month_start = ${at(month.start)} offset 0) as ranking on true`,
  }),
};

/** A JSON object with a rank, or null, for each category. */
function ranksByCategory(rank: (category: Category) => SQL): SQL {
  const entries = CATEGORIES.map((category) => sql`${sql.raw(`'${category}'`)}, ${rank(category)}`);
  return sql`json_build_object(${sql.join(entries, sql`, `)})`;
}

/** The number of participants does not depend on the user, so Postgres looks it up once. */
const globalRank =
  (month: Period) =>
  (category: Category): SQL => {
    const rank = sql.raw(`global_${category}`);
    return sql`case when ${rank} is not null then json_build_object('rank', ${rank}, 'of', (
      select participants from monthly_standings
      where month_start = ${at(month.start)} and category = ${category} order by value limit 1)) end`;
  };

/** Shown if at least two take part; for an exercise, only if the user did it. */
function friendsRank(category: Category): SQL {
  const takesPart = sql.raw(category === "points" ? "true" : `${VALUE_COLUMN[category]} > 0`);
  const rank = sql.raw(`friends_${category}`);
  return sql`case when friends_participants >= 2 and ${takesPart}
    then json_build_object('rank', ${rank}, 'of', friends_participants) end`;
}
