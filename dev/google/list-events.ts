import type { AccessRole, Calendar, CalendarEvent } from "./calendar-source.ts";
import { viewOf } from "./event-response.ts";
import { instantOf, touches } from "./event-times.ts";
import { pick } from "./field-mask.ts";
import { type ListQuery, type Page, pageToken } from "./list-query.ts";

/** Which calendar is read, by whom. */
export interface Shared {
  calendarId: string;
  calendar: Calendar;
  role: AccessRole;
}

/**
 * Answers `events.list`.
 * @param pageSizes At most how many events the first pages hold, whatever else was asked for: Google promises nothing, not
 * even that there is one on a page that others follow.
 */
export async function listEvents(
  { calendarId, calendar, role }: Shared,
  query: ListQuery,
  pageSizes: readonly number[],
  now: Date,
): Promise<unknown> {
  const { timeZone: calendarZone, summary } = calendar;
  const matching = inOrder(await matchingEvents(calendar, query), query, calendarZone);
  const { page, next } = cut(matching, query, pageSizes);
  const viewer = { role, zone: query.timeZone ?? calendarZone, calendarId, calendarZone };
  const updated = matching.reduce((latest, event) => (event.updated > latest ? event.updated : latest), "");
  const answer = {
    kind: "calendar#events",
    etag: `"${query.key}"`,
    summary,
    updated: updated || now.toISOString(),
    timeZone: calendarZone,
    accessRole: role,
    defaultReminders: [],
    ...(next === undefined
      ? { nextSyncToken: Buffer.from(now.toISOString()).toString("base64url") }
      : { nextPageToken: pageToken(query.key, next) }),
    items: page.map((event) => viewOf(event, viewer)),
  };
  return pick(answer, query.fields);
}

async function matchingEvents(calendar: Calendar, query: ListQuery): Promise<CalendarEvent[]> {
  const { timeMin, timeMax, showDeleted, eventTypes } = query;
  const bound = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant));
  const events = await calendar.events(bound(timeMin), bound(timeMax));
  return events.filter(
    (event) =>
      touches(event, timeMin, timeMax, calendar.timeZone) &&
      (showDeleted || event.status !== "cancelled") &&
      (eventTypes.length === 0 || eventTypes.includes(event.eventType)),
  );
}

/** The order that was asked for; else a stable one that is of no use to anybody, since Google promises no other. */
function inOrder(events: CalendarEvent[], { orderBy }: ListQuery, zone: string): CalendarEvent[] {
  const byId = (one: CalendarEvent, other: CalendarEvent) => (one.id < other.id ? -1 : 1);
  if (orderBy === undefined) return events.toSorted(byId);
  const place = (event: CalendarEvent) =>
    orderBy === "updated" ? Date.parse(event.updated) : instantOf(event.start, zone);
  return events.toSorted((one, other) => place(one) - place(other) || byId(one, other));
}

/** A page of the events, and where the next one begins, if there is one. */
function cut(
  events: CalendarEvent[],
  { page: { number, offset }, maxResults }: ListQuery,
  pageSizes: readonly number[],
): { page: CalendarEvent[]; next: Page | undefined } {
  const end = offset + Math.min(pageSizes[number] ?? maxResults, maxResults);
  const goesOn = end < events.length || number + 1 < pageSizes.length;
  return { page: events.slice(offset, end), next: goesOn ? { number: number + 1, offset: end } : undefined };
}
