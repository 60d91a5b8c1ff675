import { calendarDate } from "../../http/fields.ts";
import { type ImportedDay, parseMetricsDay } from "./parse-metrics.ts";
import { type ImportedOutcome, parseOutcomesDay } from "./parse-outcomes.ts";

/** Parses the files of the older system (docs/domain.md, section 7). Pure. */

/** A date that could not be read, and why. */
export interface SkippedDate {
  date: string;
  sentence: string;
}

/** The content of `daily_metrics.json` or `daily_outcomes.json`. */
export type ImportFile = { skipped: SkippedDate[] } & (
  | { kind: "metrics"; days: ImportedDay[] }
  | { kind: "outcomes"; days: Map<string, ImportedOutcome[]> }
);

/**
 * Recognises a file by its content: `{date: {…}}` has metrics, `{date: […]}` has outcomes. Skips a date as a whole if any part
 * of it is wrong, because half a day would be a wrong day.
 * @param today The local date. Later dates are errors.
 * @returns undefined for any other content.
 */
export function parseImportFile(content: unknown, today: string): ImportFile | undefined {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const entries = Object.entries(content);
  if (entries.length === 0) return undefined;
  const skipped: SkippedDate[] = [];
  const parseDays = <T>(parseDay: (date: string, value: unknown) => T | string): [string, T][] =>
    entries.flatMap(([date, value]): [string, T][] => {
      const day = isPast(date, today) ? parseDay(date, value) : `expected a calendar date up to today (${today})`;
      if (typeof day !== "string") return [[date, day]];
      skipped.push({ date, sentence: day });
      return [];
    });
  return entries.some(([, value]) => Array.isArray(value))
    ? { kind: "outcomes", skipped, days: new Map(parseDays(parseOutcomesDay)) }
    : { kind: "metrics", skipped, days: parseDays(parseMetricsDay).map(([, day]) => day) };
}

const isPast = (date: string, today: string): boolean => calendarDate.safeParse(date).success && date <= today;
