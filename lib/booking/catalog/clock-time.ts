import * as z from "zod";

/** Local times of a day as people write them, `HH:MM`, and as they are stored: minutes since midnight. */

const START = "a time HH:MM from 00:00 to 23:59";
const END = "a time HH:MM from 00:01 to 24:00, which is the midnight at the end of the day";

/** When something begins: 0 to 1439. */
export const startTime = z
  .string({ error: START })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: START })
  .meta({ examples: ["09:00"] })
  .transform(minutesOf);

/** When something ends: 1 to 1440. */
export const endTime = z
  .string({ error: END })
  .regex(/^(?!00:00)([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: END })
  .meta({ examples: ["17:00"] })
  .transform(minutesOf);

/** `HH:MM` of 0 to 1440 minutes since midnight. */
export function clockTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
