import { addDays, countDays, earlierDate } from "../../time/dates.ts";

/** Which days a run reads. Pure. */

/** Today and the 13 days before, whose late edits still count. */
export const WINDOW_DAYS = 14;
/** How far back the window stretches for days that are not final yet. */
export const REACH_DAYS = 92;
/** Days that one request asks for: at most 2500 events come back with it. */
export const RANGE_DAYS = 31;

/**
 * The first day of the daily window (domain, section 7): it stretches back to the oldest day that is not final yet, but no
 * further than 92 days.
 * @param oldestOpen That day, among those since attendance is tracked; null where there is none.
 * @returns also how many days from there on are out of reach.
 */
export function dailyWindow(oldestOpen: string | null, today: string): { first: string; outOfReach: number } {
  const usual = addDays(today, 1 - WINDOW_DAYS);
  const wanted = earlierDate(oldestOpen ?? usual, usual);
  const furthest = addDays(today, 1 - REACH_DAYS);
  return wanted < furthest
    ? { first: furthest, outOfReach: countDays(wanted, addDays(furthest, -1)) }
    : { first: wanted, outOfReach: 0 };
}

/**
 * The next days to be read at once: from the first that is wanted, at most 31, to the last of these that is wanted. Those in
 * between come along, at no cost.
 * @param skip Days that need not be read.
 * @returns undefined where none is left.
 */
export function nextRange(
  next: string,
  last: string,
  skip: ReadonlySet<string>,
): { first: string; last: string } | undefined {
  let first = next;
  while (first <= last && skip.has(first)) first = addDays(first, 1);
  if (first > last) return undefined;
  let end = earlierDate(addDays(first, RANGE_DAYS - 1), last);
  while (skip.has(end)) end = addDays(end, -1);
  return { first, last: end };
}
