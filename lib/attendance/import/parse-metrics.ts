import * as z from "zod";
import { issueDetail } from "../../http/parse.ts";
import { toStorableText } from "../../text.ts";
import { UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import { COUNTS, type Counts } from "../metrics/counts-and-rates.ts";

/** The counts of a day. `sold` is null if the file does not state it. */
export type ImportedCounts = Omit<Counts, "sold"> & { sold: number | null };

/** A day of `daily_metrics.json`. The counts of its parts add up to those of the day. */
export interface ImportedDay {
  date: string;
  counts: ImportedCounts;
  byHour: Record<string, ImportedCounts>;
  byUser: Record<string, ImportedCounts>;
  byPotential: Record<string, ImportedCounts>;
}

const MAX_COUNT = 1_000_000;
const WHOLE = { error: `a whole number from 0 to ${MAX_COUNT}` };
const countOf = z.int(WHOLE).min(0, WHOLE).max(MAX_COUNT, WHOLE);
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

/** Parses the metrics of a date. Pure. @returns a sentence about the first error if there is one. */
export function parseMetricsDay(date: string, value: unknown): ImportedDay | string {
  const parsed = day.safeParse(value);
  if (!parsed.success) {
    const { field, expected, got } = issueDetail(parsed.error, value);
    return `${field}: expected ${expected}, got ${got}`;
  }
  const { by_hour, by_user, by_potential, ...whole } = parsed.data;
  const wrongHour = Object.keys(by_hour).find((name) => !(hourOf(name) < 24));
  if (wrongHour !== undefined)
    return `by_hour: expected hours such as 09:00, got ${toStorableText(wrongHour.slice(0, 40))}`;
  return (
    contradictionOf(whole) ?? {
      date,
      counts: whole,
      byHour: withRest(by_hour, whole, "unknown", (name) => `${String(hourOf(name)).padStart(2, "0")}:00`),
      byUser: withRest(by_user, whole, UNKNOWN_CONSULTANT),
      byPotential: withRest(by_potential, whole, "unknown"),
    }
  );
}

/** `9`, `09:00` and `09:30` are all hour 9. NaN for any other text. */
const hourOf = (name: string): number => Number(/^(\d\d?)(?::\d\d)?$/.exec(name)?.[1] ?? Number.NaN);

const OUTCOME_COUNTS = COUNTS.filter((name) => name !== "total_slots" && name !== "sold");

/** Which counts of a day or of a part contradict each other; undefined if none do. */
function contradictionOf(counts: ImportedCounts): string | undefined {
  const sum = OUTCOME_COUNTS.reduce((total, name) => total + counts[name], 0);
  const { total_slots, completed, sold } = counts;
  if (sum !== total_slots) return `total_slots: expected the sum of its outcomes (${sum}), got ${total_slots}`;
  if ((sold ?? 0) <= completed) return undefined;
  return `sold: expected at most the completed ones (${completed}), got ${sold}`;
}

/**
 * Adds a part `restName` with the counts that no other part has, so that the parts add up to the day. If the parts contradict
 * themselves or the day, all counts go to that part.
 */
function withRest(
  parts: Parts,
  day: ImportedCounts,
  restName: string,
  nameOf = cleanName,
): Record<string, ImportedCounts> {
  const result = new Map<string, ImportedCounts>();
  let rest = day;
  for (const [name, { total, ...outcomes }] of Object.entries(parts)) {
    const part: ImportedCounts = { total_slots: total, ...outcomes };
    if (contradictionOf(part) !== undefined) return { [restName]: day };
    result.set(nameOf(name), addCounts(result.get(nameOf(name)), part, 1));
    rest = addCounts(rest, part, -1);
  }
  if (COUNTS.some((name) => (rest[name] ?? 0) < 0) || contradictionOf(rest) !== undefined) return { [restName]: day };
  if (rest.total_slots > 0) result.set(restName, addCounts(result.get(restName), rest, 1));
  return Object.fromEntries(result);
}

const cleanName = (name: string): string => toStorableText(name.slice(0, 200));

/** Adds or subtracts counts. The result does not state what one of them does not state. */
function addCounts(counts: ImportedCounts | undefined, others: ImportedCounts, sign: 1 | -1): ImportedCounts {
  if (counts === undefined) return others;
  const sums = COUNTS.map((name) => {
    const [count, other] = [counts[name], others[name]];
    return [name, count === null || other === null ? null : count + sign * other];
  });
  return Object.fromEntries(sums) as ImportedCounts;
}
