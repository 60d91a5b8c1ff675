import { CALENDARS, eventsOn } from "../../dev/calendar/demo-events.ts";
import type { CalendarEvent } from "../../dev/google/calendar-source.ts";
import { datesBetween } from "../../lib/time/dates.ts";
import { wallOfDate, weekdayOfWall } from "../../lib/time/wall-minutes.ts";

/** An event of the demo club with the local date it belongs to. */
export interface DatedEvent {
  calendarId: string;
  date: string;
  /** 0 = Monday. */
  weekday: number;
  event: CalendarEvent;
}

/** Monday, 9 February 2026, 23:30 in Berlin. All of the day's appointments are over, except for one across midnight. */
export const NOW = new Date("2026-02-09T22:30:00Z");

let year: readonly DatedEvent[] | undefined;

/** All events of the 365 days up to NOW, generated once per process. */
export function demoYear(): readonly DatedEvent[] {
  year ??= datesBetween("2025-02-10", "2026-02-09").flatMap((date) =>
    Object.keys(CALENDARS).flatMap((calendarId) => {
      const weekday = weekdayOfWall(wallOfDate(date));
      return eventsOn(calendarId, date, NOW).map((event) => ({ calendarId, date, weekday, event }));
    }),
  );
  return year;
}

export const iso = (instant: number | Date): string => new Date(instant).toISOString();
