import type { Language } from "./language.ts";

/** The icons of sentences, by their names in Lucide. */
export type SentenceIcon =
  | "users"
  | "target"
  | "medal"
  | "mail"
  | "clock"
  | "triangle-alert"
  | "calendar-days"
  | "clipboard-check"
  | "chart-line"
  | "trash-2"
  | "info";

/** One sentence about what a run did. */
export interface Sentence {
  icon: SentenceIcon;
  text: string;
}

/** What a sentence is about: the counts of a run as the API returns them, and whether it only tried. */
export interface RunFacts {
  counts: Record<string, unknown>;
  dryRun: boolean;
}

/** The sentences of one job. */
export type Describe = (facts: RunFacts, language: Language) => Sentence[];

/** A count by its name; 0 if the run does not have it. */
export function countOf(counts: Record<string, unknown>, name: string): number {
  return knownCount(counts, name) ?? 0;
}

/** A count by its name; undefined if the run does not have it, for example because an older release recorded it. */
export function knownCount(counts: Record<string, unknown>, name: string): number | undefined {
  const value = counts[name];
  return typeof value === "number" ? value : undefined;
}

/** Sentences without those that have nothing to say. */
export const sentences = (...all: (Sentence | undefined | false)[]): Sentence[] =>
  all.filter((sentence) => sentence !== undefined && sentence !== false);
