import { periodOfDate } from "./periods.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "./wall-minutes.ts";

/** Calendar dates as texts `YYYY-MM-DD`, which compare as texts. Pure. */

/** Dates, both inclusive. */
export interface DateRange {
  from: string;
  to: string;
}

export const addDays = (date: string, days: number): string => dateOfWall(wallOfDate(date) + days * DAY_MINUTES);

/** The number of days from one date to another, both inclusive; 0 or less if the second date comes first. */
export const countDays = (first: string, last: string): number =>
  (wallOfDate(last) - wallOfDate(first)) / DAY_MINUTES + 1;

/** All dates from one to another, both inclusive. */
export const datesBetween = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, countDays(first, last)) }, (_, n) => addDays(first, n));

export const earlierDate = (a: string, b: string): string => (a < b ? a : b);

/** The range of the same length that ends on the day before another one begins. */
export const precedingRange = ({ from, to }: DateRange): DateRange => ({
  from: addDays(from, -countDays(from, to)),
  to: addDays(from, -1),
});

/** The first instant after a local date. */
export const endOfDate = (date: string, zone: string): Date => periodOfDate("day", date, zone).end;

/** The first instant of a local date. */
export const startOfDate = (date: string, zone: string): Date => periodOfDate("day", date, zone).start;
