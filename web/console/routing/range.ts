import { useUi } from "../ui/context.tsx";
import { addDays, DAY_MS, dateIn } from "./dates.ts";
import { useQuery } from "./query.ts";

/** Ranges that end today, by their name in the address, in days. */
export const RANGES = { "7d": 7, "30d": 30, "90d": 90 } as const;
export type RangeName = keyof typeof RANGES;

export interface Range {
  /** Undefined for a range of two dates. */
  name: RangeName | undefined;
  /** The first and the last local date in the club's zone, both included: `YYYY-MM-DD`. */
  from: string;
  to: string;
  days: number;
}

/** The longest range that a person can choose, in days. */
export const MAX_DAYS = 366;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const isDate = (text: string | undefined): text is string =>
  text !== undefined && DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;

/** Reads the range from an address. Wrong values lead to the usual range. Pure. */
export function rangeOf(query: Readonly<Record<string, string>>, today: string, usual: RangeName = "30d"): Range {
  const { from, to } = query;
  if (isDate(from) && isDate(to)) {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
    if (days >= 1 && days <= MAX_DAYS) return { name: undefined, from, to, days };
  }
  const name = query.range !== undefined && query.range in RANGES ? (query.range as RangeName) : usual;
  return { name, from: addDays(today, 1 - RANGES[name]), to: today, days: RANGES[name] };
}

/** The range of the address, in the club's zone. */
export function useRange(usual: RangeName = "30d"): Range {
  const { values } = useQuery();
  const { club } = useUi();
  return rangeOf(values, dateIn(club.timezone, new Date()), usual);
}
