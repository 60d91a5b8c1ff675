import { periodOfDate } from "./periods.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "./wall-clock.ts";

/** Calendar dates as `YYYY-MM-DD`, which compare as texts. Pure. */

export const addDays = (date: string, days: number): string => dateOfWall(wallOfDate(date) + days * DAY_MINUTES);

/** How many days lie from one date to another, both included; 0 or less where the second comes first. */
export const countDays = (first: string, last: string): number =>
  (wallOfDate(last) - wallOfDate(first)) / DAY_MINUTES + 1;

/** All dates from one to another, both included. */
export const datesBetween = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, countDays(first, last)) }, (_, n) => addDays(first, n));

export const earlierDate = (a: string, b: string): string => (a < b ? a : b);

/** The first instant after a local date. */
export const endOfDate = (date: string, zone: string): Date => periodOfDate("day", date, zone).end;

/** The first instant of a local date. */
export const startOfDate = (date: string, zone: string): Date => periodOfDate("day", date, zone).start;
