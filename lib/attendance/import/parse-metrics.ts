import * as z from "zod";
import { issueDetail } from "../../http/parse.ts";
import { UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import { storable } from "../classification/title.ts";
import { COUNTS, type Counts } from "../metrics/counts-and-rates.ts";

/** A day's counts; null for what the older system did not count. */
export type ImportedCounts = Omit<Counts, "sold"> & { sold: number | null };

/** A day of `daily_metrics.json`, its parts made so that they add up to it. */
export interface ImportedDay {
  date: string;
  counts: ImportedCounts;
  byHour: Record<string, ImportedCounts>;
  byUser: Record<string, ImportedCounts>;
  byPotential: Record<string, ImportedCounts>;
}

const MOST = 1_000_000;
const WHOLE = { error: `a whole number from 0 to ${MOST}` };
const countOf = z.int(WHOLE).min(0, WHOLE).max(MOST, WHOLE);
const counts = {
  no_shows: countOf.default(0),
  completed: countOf.default(0),
  ghosts: countOf.default(0),
  cancelled: countOf.default(0),
  rescheduled: countOf.default(0),
  overhang: countOf.default(0),
  pending: countOf.default(0),
  sold: countOf.nullable().default(null),
};
const part = z.object({ total: countOf, ...counts });
const parts = z.record(z.string(), part).default({});
const day = z.object({ total_slots: countOf, ...counts, by_hour: parts, by_user: parts, by_potential: parts });

type Parts = Record<string, z.output<typeof part>>;

/** @returns the day, or a sentence about what of it cannot be. Pure. */
export function parseMetricsDay(date: string, value: unknown): ImportedDay | string {
  const parsed = day.safeParse(value);
  if (!parsed.success) {
    const { field, expected, got } = issueDetail(parsed.error, value);
    return `${field}: expected ${expected}, got ${got}`;
  }
  const { by_hour, by_user, by_potential, ...whole } = parsed.data;
  const wrongHour = Object.keys(by_hour).find((name) => !(hourIn(name) < 24));
  if (wrongHour !== undefined) return `by_hour: expected hours such as 09:00, got ${storable(wrongHour.slice(0, 40))}`;
  return (
    contradictionIn(whole) ?? {
      date,
      counts: whole,
      byHour: withRest(by_hour, whole, "unknown", (name) => `${String(hourIn(name)).padStart(2, "0")}:00`),
      byUser: withRest(by_user, whole, UNKNOWN_CONSULTANT),
      byPotential: withRest(by_potential, whole, "unknown"),
    }
  );
}

/** `9`, `09:00` and `09:30` are all within the hour 9. */
const hourIn = (name: string): number => Number(/^(\d\d?)(?::\d\d)?$/.exec(name)?.[1] ?? Number.NaN);

const OUTCOME_COUNTS = COUNTS.filter((name) => name !== "total_slots" && name !== "sold");

/** What of the counts of a day or a part of it cannot be. */
function contradictionIn(counts: ImportedCounts): string | undefined {
  const sum = OUTCOME_COUNTS.reduce((total, name) => total + counts[name], 0);
  const { total_slots, completed, sold } = counts;
  if (sum !== total_slots) return `total_slots: expected the sum of its outcomes (${sum}), got ${total_slots}`;
  if ((sold ?? 0) <= completed) return undefined;
  return `sold: expected at most what was completed (${completed}), got ${sold}`;
}

/**
 * Parts, with what of the whole stands in none of them as one more, so that they add up to it. Parts that contradict
 * themselves or the whole are of no use: then all of it is in none of them.
 */
function withRest(given: Parts, whole: ImportedCounts, rest: string, nameOf = nameIn): Record<string, ImportedCounts> {
  const known = new Map<string, ImportedCounts>();
  let left = whole;
  for (const [name, { total, ...counts }] of Object.entries(given)) {
    const one: ImportedCounts = { total_slots: total, ...counts };
    if (contradictionIn(one) !== undefined) return { [rest]: whole };
    known.set(nameOf(name), added(known.get(nameOf(name)), one, 1));
    left = added(left, one, -1);
  }
  if (COUNTS.some((name) => (left[name] ?? 0) < 0) || contradictionIn(left) !== undefined) return { [rest]: whole };
  if (left.total_slots > 0) known.set(rest, added(known.get(rest), left, 1));
  return Object.fromEntries(known);
}

const nameIn = (name: string): string => storable(name.slice(0, 200));

/** Counts with others added, or taken away; what one of them does not say, nobody can. */
function added(counts: ImportedCounts | undefined, others: ImportedCounts, sign: 1 | -1): ImportedCounts {
  if (counts === undefined) return others;
  const sums = COUNTS.map((name) => {
    const [one, other] = [counts[name], others[name]];
    return [name, one === null || other === null ? null : one + sign * other];
  });
  return Object.fromEntries(sums) as ImportedCounts;
}
