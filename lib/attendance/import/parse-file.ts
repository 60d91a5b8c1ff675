import { calendarDate } from "../../http/fields.ts";
import { type ImportedDay, parseMetricsDay } from "./parse-metrics.ts";
import { type ImportedOutcome, parseOutcomesDay } from "./parse-outcomes.ts";

/** The older system's files: what is in them, and what of it cannot be read. Pure. */

/** What of a file could not be read: of which date, and what was expected and came. */
export interface SkippedDate {
  date: string;
  sentence: string;
}

/** `daily_metrics.json` or `daily_outcomes.json`. */
export type ImportFile = { skipped: SkippedDate[] } & (
  | { kind: "metrics"; days: ImportedDay[] }
  | { kind: "outcomes"; days: Map<string, ImportedOutcome[]> }
);

/**
 * Reads a file by what is in it: `{date: {…}}` are days' figures, `{date: […]}` lists of outcomes. A date of which something
 * cannot be read is left out as a whole: half a day would be a wrong day.
 * @param today The local date: later ones are a mistake.
 * @returns undefined for what is neither.
 */
export function parseImportFile(content: unknown, today: string): ImportFile | undefined {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const entries = Object.entries(content);
  if (entries.length === 0) return undefined;
  const skipped: SkippedDate[] = [];
  const read = <T>(one: (date: string, value: unknown) => T | string): [string, T][] =>
    entries.flatMap(([date, value]): [string, T][] => {
      const found = isPast(date, today) ? one(date, value) : `expected a calendar date up to today (${today})`;
      if (typeof found !== "string") return [[date, found]];
      skipped.push({ date, sentence: found });
      return [];
    });
  return entries.some(([, value]) => Array.isArray(value))
    ? { kind: "outcomes", skipped, days: new Map(read(parseOutcomesDay)) }
    : { kind: "metrics", skipped, days: read(parseMetricsDay).map(([, day]) => day) };
}

const isPast = (date: string, today: string): boolean => calendarDate.safeParse(date).success && date <= today;
