import { calendarDate } from "../../http/fields.ts";
import { type OldDay, oldDay } from "./daily-counts.ts";
import { type OldOutcome, oldOutcomes } from "./outcomes.ts";

/** The older system's files: what is in them, and what of it cannot be read. Pure. */

/** What of a file could not be read: of which date, and what was expected and came. */
export interface Unread {
  date: string;
  sentence: string;
}

/** `daily_metrics.json` or `daily_outcomes.json`. */
export type OldFile = { unread: Unread[] } & (
  | { kind: "metrics"; days: OldDay[] }
  | { kind: "outcomes"; days: Map<string, OldOutcome[]> }
);

/**
 * Reads a file by what is in it: `{date: {…}}` are days' figures, `{date: […]}` lists of outcomes. A date of which something
 * cannot be read is left out as a whole: half a day would be a wrong day.
 * @param today The local date: later ones are a mistake.
 * @returns undefined for what is neither.
 */
export function readOldFile(content: unknown, today: string): OldFile | undefined {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const entries = Object.entries(content);
  if (entries.length === 0) return undefined;
  const unread: Unread[] = [];
  const read = <T>(one: (date: string, value: unknown) => T | string): [string, T][] =>
    entries.flatMap(([date, value]): [string, T][] => {
      const found = isPast(date, today) ? one(date, value) : `expected a calendar date up to today (${today})`;
      if (typeof found !== "string") return [[date, found]];
      unread.push({ date, sentence: found });
      return [];
    });
  return entries.some(([, value]) => Array.isArray(value))
    ? { kind: "outcomes", unread, days: new Map(read(oldOutcomes)) }
    : { kind: "metrics", unread, days: read(oldDay).map(([, day]) => day) };
}

const isPast = (date: string, today: string): boolean => calendarDate.safeParse(date).success && date <= today;
