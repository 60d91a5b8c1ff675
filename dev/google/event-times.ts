import { MINUTE_MS } from "../../lib/time/durations.ts";
import { localTime, wallClock } from "../../lib/time/wall-clock.ts";
import { wallOfDate } from "../../lib/time/wall-minutes.ts";
import type { CalendarEvent, EventTime } from "./calendar-source.ts";

/** Converts and compares times of events. Pure. */

/** A time in milliseconds since the epoch. A date starts at midnight in the calendar's zone. */
export function instantOf(time: EventTime, zone: string): number {
  return "date" in time ? wallClock(zone).at(wallOfDate(time.date)).instant : Date.parse(time.dateTime);
}

/** Whether an event ends after `from` and starts before `to` (milliseconds, exclusive; undefined is no bound). */
export function touches(
  { start, end }: Pick<CalendarEvent, "start" | "end">,
  from: number | undefined,
  to: number | undefined,
  zone: string,
): boolean {
  return (from === undefined || instantOf(end, zone) > from) && (to === undefined || instantOf(start, zone) < to);
}

/** A time as in Google's response: a local timestamp in the requested zone, next to the event's own zone. */
export function responseTime(time: EventTime, answerZone: string, calendarZone: string): EventTime {
  if ("date" in time) return { date: time.date };
  return {
    dateTime: localTimestamp(Date.parse(time.dateTime), answerZone),
    timeZone: time.timeZone ?? calendarZone,
  };
}

function localTimestamp(instant: number, zone: string): string {
  const seconds = String(Math.floor((instant % MINUTE_MS) / 1000)).padStart(2, "0");
  const text = localTime(new Date(instant), wallClock(zone)).replace(/:00(?=[+-])/, `:${seconds}`);
  return text.replace("+00:00", "Z");
}
