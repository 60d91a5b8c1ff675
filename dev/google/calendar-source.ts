/** What the loopback Google Calendar shows, wherever it comes from. */

/** What an account may do with a calendar that was shared with it. */
export type AccessRole = "owner" | "writer" | "reader" | "freeBusyReader";

export interface CalendarSource {
  /** The clock of the calendars: what of them has happened yet. */
  now(): Date;
  /** A service account's public key (SPKI, PEM) by its address; undefined where there is no such account. */
  publicKeyOf(account: string): string | undefined;
  calendar(id: string): Calendar | undefined;
  /** Undefined where the calendar was not shared with the account. */
  accessRole(calendarId: string, account: string): AccessRole | undefined;
}

export interface Calendar {
  /** Its title. */
  summary: string;
  /** IANA zone: of all-day events, and of times in answers. */
  timeZone: string;
  /** At least the events that end after `from` and start before `to`, cancelled ones too; undefined is no bound. */
  events(from: Date | undefined, to: Date | undefined): Promise<CalendarEvent[]>;
  event(id: string): Promise<CalendarEvent | undefined>;
  /** Changes an event. @returns it as it is now; undefined where there is none. */
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
  /** The series that it belongs to, and when it would start by it. */
  recurringEventId?: string;
  originalStartTime?: EventTime;
  /** Of a deleted event shows what Google guarantees, which is its id. Instances of a series always are shown so. */
  bare?: true;
}

/** Null takes a value away. */
export interface EventPatch {
  summary?: string | null;
  description?: string | null;
  colorId?: string | null;
  status?: CalendarEvent["status"];
  start?: EventTime;
  end?: EventTime;
}

/** An event with a patch applied at an instant. */
export function patched(event: CalendarEvent, patch: EventPatch, now: Date): CalendarEvent {
  const merged = { ...event, ...patch, updated: now.toISOString(), sequence: event.sequence + 1 };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as CalendarEvent;
}
