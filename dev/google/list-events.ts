import type { AccessRole, Calendar, CalendarEvent } from "./calendar-source.ts";
import { eventResponse } from "./event-response.ts";
import { instantOf, touches } from "./event-times.ts";
import { applyMask } from "./field-mask.ts";
import { createPageToken, type ListQuery, type PagePosition } from "./list-query.ts";

/** A calendar, and the caller's role in it. */
export interface SharedCalendar {
  calendarId: string;
  calendar: Calendar;
  role: AccessRole;
}

/**
 * Answers `events.list`.
 * @param pageSizes The maximum sizes of the first pages. Google promises no size: even a page before other pages may be empty.
 */
export async function listResponse(
  { calendarId, calendar, role }: SharedCalendar,
  query: ListQuery,
  pageSizes: readonly number[],
  now: Date,
): Promise<unknown> {
  const { timeZone: calendarZone, summary } = calendar;
  const matching = sortEvents(await matchingEvents(calendar, query), query, calendarZone);
  const { page, next } = cutPage(matching, query, pageSizes);
  const context = { role, zone: query.timeZone ?? calendarZone, calendarId, calendarZone };
  const updated = matching.reduce((latest, event) => (event.updated > latest ? event.updated : latest), "");
  const response = {
    kind: "calendar#events",
    etag: `"${query.key}"`,
    summary,
    updated: updated || now.toISOString(),
    timeZone: calendarZone,
    accessRole: role,
    defaultReminders: [],
    ...(next === undefined
      ? { nextSyncToken: Buffer.from(now.toISOString()).toString("base64url") }
      : { nextPageToken: createPageToken(query.key, next) }),
    items: page.map((event) => eventResponse(event, context)),
  };
  return applyMask(response, query.fields);
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

/** Sorts by the requested order. Without one the order is by id, because Google promises no useful order. */
function sortEvents(events: CalendarEvent[], { orderBy }: ListQuery, zone: string): CalendarEvent[] {
  const byId = (a: CalendarEvent, b: CalendarEvent) => (a.id < b.id ? -1 : 1);
  if (orderBy === undefined) return events.toSorted(byId);
  const sortKey = (event: CalendarEvent) =>
    orderBy === "updated" ? Date.parse(event.updated) : instantOf(event.start, zone);
  return events.toSorted((a, b) => sortKey(a) - sortKey(b) || byId(a, b));
}

/** One page of the events, and the position of the next page if there is one. */
function cutPage(
  events: CalendarEvent[],
  { page: { number, offset }, maxResults }: ListQuery,
  pageSizes: readonly number[],
): { page: CalendarEvent[]; next: PagePosition | undefined } {
  const end = offset + Math.min(pageSizes[number] ?? maxResults, maxResults);
  const hasNext = end < events.length || number + 1 < pageSizes.length;
  return { page: events.slice(offset, end), next: hasNext ? { number: number + 1, offset: end } : undefined };
}
