/** The content of the stand-in for Google Calendar, as an interface. */

/** An account's permission on a calendar. */
export type AccessRole = "owner" | "writer" | "reader" | "freeBusyReader";

export interface CalendarSource {
  /** The clock of the calendars. */
  now(): Date;
  /** A service account's public key (SPKI, PEM) by its address; undefined for an unknown account. */
  publicKeyOf(account: string): string | undefined;
  calendar(id: string): Calendar | undefined;
  /** Undefined if the calendar is not shared with the account. */
  accessRole(calendarId: string, account: string): AccessRole | undefined;
}

export interface Calendar {
  /** The calendar's title. */
  summary: string;
  /** The IANA zone of all-day events and of times in responses. */
  timeZone: string;
  /** At least all events that end after `from` and start before `to`, with cancelled ones; undefined is no bound. */
  events(from: Date | undefined, to: Date | undefined): Promise<CalendarEvent[]>;
  event(id: string): Promise<CalendarEvent | undefined>;
  /** Changes an event. @returns the changed event; undefined if it does not exist. */
  edit(id: string, patch: EventPatch): Promise<CalendarEvent | undefined>;
}

/** The date of an all-day event `YYYY-MM-DD` (exclusive as an end), or an instant with its offset (RFC 3339). */
export type EventTime = { date: string } | { dateTime: string; timeZone?: string };

export const STATUSES = ["confirmed", "tentative", "cancelled"] as const;
export const EVENT_TYPES = ["birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation"] as const;

/** A single event or an instance of a series, with Google's names and meanings (Events resource). */
export interface CalendarEvent {
  id: string;
  status: (typeof STATUSES)[number];
  eventType: (typeof EVENT_TYPES)[number];
  summary?: string;
  description?: string;
  colorId?: string;
  visibility?: "default" | "public" | "private" | "confidential";
  start: EventTime;
  end: EventTime;
  /** Instants (RFC 3339). */
  created: string;
  updated: string;
  sequence: number;
  organizer: { email: string; displayName?: string };
  /** The series of an instance, and when the instance would start according to the series. */
  recurringEventId?: string;
  originalStartTime?: EventTime;
  /** Shows only the id of a deleted event, which is all that Google guarantees. Instances of a series are always shown so. */
  bare?: true;
}

/** Null removes a value. */
export interface EventPatch {
  summary?: string | null;
  description?: string | null;
  colorId?: string | null;
  status?: CalendarEvent["status"];
  start?: EventTime;
  end?: EventTime;
}

/** An event with a patch applied at an instant. */
export function applyPatch(event: CalendarEvent, patch: EventPatch, now: Date): CalendarEvent {
  const merged = { ...event, ...patch, updated: now.toISOString(), sequence: event.sequence + 1 };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as CalendarEvent;
}
