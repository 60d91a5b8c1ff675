import { CALENDARS, eventsOn } from "../../dev/calendar/demo-events.ts";
import type { CalendarEvent } from "../../dev/google/calendar-source.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate, weekdayOfWall } from "../../lib/time/wall-clock.ts";

/** An event of the demo club and the local date that it belongs to. */
export interface Dated {
  calendarId: string;
  date: string;
  /** 0 = Monday. */
  weekday: number;
  event: CalendarEvent;
}

/** A Monday night in Berlin, when all of the day's appointments but the one across midnight are over. */
export const NOW = new Date("2026-02-09T22:30:00Z");

/** All events of the 365 days up to then. */
export function demoYear(): Dated[] {
  const days = Array.from({ length: 365 }, (_, day) => wallOfDate("2025-02-10") + day * DAY_MINUTES);
  return days.flatMap((wall) =>
    Object.keys(CALENDARS).flatMap((calendarId) => {
      const date = dateOfWall(wall);
      const weekday = weekdayOfWall(wall);
      return eventsOn(calendarId, date, NOW).map((event) => ({ calendarId, date, weekday, event }));
    }),
  );
}

export const iso = (instant: number | Date): string => new Date(instant).toISOString();
