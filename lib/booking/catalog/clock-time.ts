import * as z from "zod";

/** Local times of day: `HH:MM` in requests and responses, minutes since midnight in the database. */

const START = "a time HH:MM from 00:00 to 23:59";
const END = "a time HH:MM from 00:01 to 24:00 (midnight at the end of the day)";

/** A start: 0 to 1439 minutes. */
export const startTime = z
  .string({ error: START })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: START })
  .meta({ examples: ["09:00"] })
  .transform(minutesOf);

/** An end: 1 to 1440 minutes. */
export const endTime = z
  .string({ error: END })
  .regex(/^(?!00:00)([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: END })
  .meta({ examples: ["17:00"] })
  .transform(minutesOf);

/** A time of day as it is sent. */
export const sentTime = z.string().meta({ description: "Local time of day `HH:MM`.", examples: ["17:00"] });

/** Formats 0 to 1440 minutes since midnight as `HH:MM`. */
export function clockTime(minutes: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
