import type { CalendarEvent, EventTime } from "../../dev/google/calendar-source.ts";

/** The fields of an event that matter to a test. All others have valid defaults. */
export type EventFields = Partial<Omit<CalendarEvent, "start" | "end" | "originalStartTime">> & {
  /** An instant with its offset, or a date for an all-day event. */
  start?: string;
  end?: string;
  originalStartTime?: string;
};

const HOUR_MS = 3_600_000;
let created = 0;

/** An event with a new id, by default on 2026-02-09 from 9 to 10 UTC. */
export function event(fields: EventFields = {}): CalendarEvent {
  created += 1;
  const { start = "2026-02-09T09:00:00Z", end, originalStartTime, ...more } = fields;
  return {
    id: `event${created}`,
    status: "confirmed",
    eventType: "default",
    summary: "Max Mustermann - Erstgespräch",
    created: "2026-02-01T08:00:00.000Z",
    updated: "2026-02-01T08:00:00.000Z",
    sequence: 0,
    organizer: { email: "anna@club.example" },
    start: time(start),
    end: time(end ?? oneOn(start)),
    ...(originalStartTime === undefined ? {} : { originalStartTime: time(originalStartTime) }),
    ...more,
  };
}

/** An instance of a series by its original start. It takes place then, unless a test moves it. */
export function instance(series: string, originalStart: string, fields: EventFields = {}): CalendarEvent {
  const original = new Date(originalStart).toISOString();
  return event({
    id: `${series}_${original.replace(/[-:]|\.000/g, "")}`,
    recurringEventId: series,
    originalStartTime: originalStart,
    start: originalStart,
    ...fields,
  });
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

const time = (text: string): EventTime => (isDate(text) ? { date: text } : { dateTime: text });

function oneOn(start: string): string {
  if (isDate(start)) return new Date(Date.parse(start) + 24 * HOUR_MS).toISOString().slice(0, 10);
  return new Date(Date.parse(start) + HOUR_MS).toISOString();
}
