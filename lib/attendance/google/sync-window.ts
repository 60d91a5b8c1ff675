import { addDays, countDays, earlierDate } from "../../time/dates.ts";

/** Decides which days a run reads. Pure. */

/** The daily run reads today and the 13 days before, because late edits still count. */
export const WINDOW_DAYS = 14;
/** The window reaches back this far for days that are not final yet. */
export const REACH_DAYS = 92;
/** The days of one request, which returns at most 2500 events. */
export const MAX_REQUEST_DAYS = 31;

/**
 * The first day of the daily window (docs/domain.md, section 7): it reaches back to the oldest day that is not final, at most
 * 92 days including today.
 * @param oldestOpenDay The oldest day since the start of the attendance that is not final; null if all days are final.
 * @returns also how many days lie between that day and the window, out of reach.
 */
export function dailyWindow(oldestOpenDay: string | null, today: string): { first: string; outOfReach: number } {
  const usualFirst = addDays(today, 1 - WINDOW_DAYS);
  const first = earlierDate(oldestOpenDay ?? usualFirst, usualFirst);
  const earliestFirst = addDays(today, 1 - REACH_DAYS);
  return first < earliestFirst
    ? { first: earliestFirst, outOfReach: countDays(first, addDays(earliestFirst, -1)) }
    : { first, outOfReach: 0 };
}

/**
 * The next range to read: it starts and ends with a day that must be read, and has at most 31 days. Days to skip in between
 * are read too, because they cost nothing.
 * @param skip Days that need not be read.
 * @returns undefined after the last range.
 */
export function nextRange(
  next: string,
  last: string,
  skip: ReadonlySet<string>,
): { first: string; last: string } | undefined {
  let first = next;
  while (first <= last && skip.has(first)) first = addDays(first, 1);
  if (first > last) return undefined;
  let end = earlierDate(addDays(first, MAX_REQUEST_DAYS - 1), last);
  while (skip.has(end)) end = addDays(end, -1);
  return { first, last: end };
}
