import * as z from "zod";
import { line } from "../../http/fields.ts";
import { endTime, startTime } from "./clock-time.ts";

/** Shapes of fields that the setup routes share. */

/** A whole number of JSON within bounds; no text and no switch is taken for one. */
export const count = (min: number, max: number) => {
  const expected = { error: `a whole number from ${min} to ${max}` };
  return z.number(expected).int(expected).min(min, expected).max(max, expected);
};

/** A number of JSON within bounds and with at most two decimals: money, or what it is multiplied with. */
export const twoDecimals = (min: number, max: number) => {
  const expected = { error: `a number from ${min} to ${max} with at most 2 decimals` };
  return z
    .number(expected)
    .min(min, expected)
    .max(max, expected)
    .refine((value) => Math.round(value * 100) / 100 === value, expected);
};

export const weekday = z.literal([0, 1, 2, 3, 4, 5, 6], { error: "a weekday from 0 (Monday) to 6 (Sunday)" });

export const properName = line(100).min(1, { error: "a name of 1 to 100 characters" });

/** Hours as local times; an end before the start is the next day's. */
export const hours = { start: startTime, end: endTime };

/** Hours that end where they begin could be none or a whole day, so nobody may say that. */
export const lasts = {
  check: ({ start, end }: { start: number; end: number }) => start !== end,
  error: { error: "another time than the start; a whole day is 00:00 to 24:00", path: ["end"] },
};
