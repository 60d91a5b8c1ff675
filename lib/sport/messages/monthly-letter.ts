import { day, type Language } from "../../mail/template/language.ts";
import type { Section } from "../../mail/template/letter.ts";
import { CATEGORIES, type Category } from "../training/categories.ts";
import { categoryName, type Exercise } from "./labels.ts";
import { friendsTitle, place, pointsAgainst, type Summary, type SummaryLetter, writeLetter } from "./summary-letter.ts";

/** A rank, and among how many. */
export interface Rank {
  rank: number;
  of: number;
}

/** What a user's monthly summary tells. */
export interface MonthlySummary extends Summary {
  challengeTarget: number;
  challengeMet: boolean;
  /** Ranks by category, null where the user takes no part. */
  global: Record<Category, Rank | null>;
  friends: Record<Category, Rank | null>;
}

const WORDS = {
  de: {
    subject: "Dein Monatsabschluss",
    intro: (month: string) => `dein ${month} ist geschafft. Hier ist deine Bilanz.`,
    rest: "Diesen Monat kein Training. Der nächste gehört dir!",
    challenge: "Monats-Challenge",
    global: "In der Gesamtwertung",
    closing: "Auf einen starken neuen Monat!",
  },
  en: {
    subject: "Your month in review",
    intro: (month: string) => `your ${month} is done. Here is how it went.`,
    rest: "No training this month. The next one is yours!",
    challenge: "Monthly challenge",
    global: "In the overall ranking",
    closing: "Here's to a strong new month!",
  },
} as const;

/** Writes a user's monthly summary in their language, as text and HTML. Pure. */
export const monthlyLetter: SummaryLetter<MonthlySummary> = (summary, month, zone, exercises, unsubscribeUrl) => {
  const { language, challengeTarget, challengeMet, global, friends } = summary;
  const words = WORDS[language];
  const own = {
    subject: words.subject,
    intro: words.intro(monthName(month.start, language, zone)),
    rest: words.rest,
    closing: words.closing,
    sections: [
      { title: words.challenge, lines: [pointsAgainst(summary, challengeTarget, challengeMet)] },
      ranks(words.global, global, exercises, language),
      ranks(friendsTitle(language), friends, exercises, language),
    ],
  };
  return writeLetter(summary, own, exercises, unsubscribeUrl);
};

/** `Februar 2026`: the first day's name without the day, which both languages write first. */
const monthName = (firstDay: Date, language: Language, zone: string): string =>
  day(firstDay, language, zone).replace(/^\S+ /, "");

function ranks(
  title: string,
  byCategory: MonthlySummary["global"],
  exercises: ReadonlyMap<string, Exercise>,
  language: Language,
): Section {
  const lines = CATEGORIES.flatMap((category) => {
    const rank = byCategory[category];
    if (rank === null) return [];
    const name = categoryName(category, exercises, language);
    return [`${name.charAt(0).toUpperCase()}${name.slice(1)}: ${place(rank.rank, rank.of, language)}`];
  });
  return { title, lines };
}
