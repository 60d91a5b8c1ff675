import * as z from "zod";
import { line } from "../../http/fields.ts";
import { endTime, sentTime, startTime } from "./clock-time.ts";

/** Fields that the catalog operations share. */

/** A whole number within bounds. Must be a JSON number, not text or a boolean. */
export const wholeNumber = (min: number, max: number) => {
  const expected = { error: `a whole number from ${min} to ${max}` };
  return z.number(expected).int(expected).min(min, expected).max(max, expected);
};

/** A number within bounds with at most two decimals, for money and price multipliers. */
export const twoDecimals = (min: number, max: number) => {
  const expected = { error: `a number from ${min} to ${max} with at most 2 decimals` };
  return z
    .number(expected)
    .min(min, expected)
    .max(max, expected)
    .refine((value) => Math.round(value * 100) / 100 === value, expected);
};

const WEEKDAY = { error: "a weekday from 0 (Monday) to 6 (Sunday)" };

export const weekday = z
  .number(WEEKDAY)
  .int(WEEKDAY)
  .min(0, WEEKDAY)
  .max(6, WEEKDAY)
  .meta({ description: "From 0 (Monday) to 6 (Sunday)." });

export const properName = line(100).min(1, { error: "a name of 1 to 100 characters" });

const END = { description: "An end at or before the start is on the next day." };

/** Local times of day. An end before the start is on the next day. */
export const hours = { start: startTime, end: endTime.meta(END) };
export const sentHours = { start: sentTime, end: sentTime.meta(END) };

/** Rejects hours that end at their start, because they could mean nothing or a whole day. */
export const hasDuration = {
  check: ({ start, end }: { start: number; end: number }) => start !== end,
  error: { error: "a time other than the start; a whole day is 00:00 to 24:00", path: ["end"] },
};
