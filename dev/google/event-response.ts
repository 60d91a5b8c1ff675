import { createHash } from "node:crypto";
import type { AccessRole, CalendarEvent } from "./calendar-source.ts";
import { responseTime } from "./event-times.ts";

/** What the response depends on, apart from the event. */
export interface ResponseContext {
  role: AccessRole;
  /** The zone of the times in the response. */
  zone: string;
  calendarId: string;
  /** The calendar's own zone. */
  calendarZone: string;
}

/** An event as in Google's response, without the fields that the caller's role hides or a deletion removes. Pure. */
export function eventResponse(event: CalendarEvent, context: ResponseContext): Record<string, unknown> {
  const identity = {
    kind: "calendar#event",
    etag: etagOf(event),
    id: event.id,
    status: event.status,
    ...instanceOf(event, context),
  };
  const { status, recurringEventId, bare } = event;
  if (status === "cancelled" && (bare || recurringEventId !== undefined)) return identity;
  const times = {
    start: responseTime(event.start, context.zone, context.calendarZone),
    end: responseTime(event.end, context.zone, context.calendarZone),
    updated: event.updated,
    iCalUID: `${recurringEventId ?? event.id}@google.com`,
    htmlLink: `https://www.google.com/calendar/event?eid=${linkId(event.id, context.calendarId)}`,
    eventType: event.eventType,
  };
  if (isHidden(event, context.role)) return { ...identity, ...times, visibility: "private" };
  return { ...identity, ...times, ...detailsOf(event) };
}

/** The series and original start of an instance. */
function instanceOf(
  { recurringEventId, originalStartTime }: CalendarEvent,
  context: ResponseContext,
): Record<string, unknown> {
  return {
    ...(recurringEventId === undefined ? {} : { recurringEventId }),
    ...(originalStartTime === undefined
      ? {}
      : { originalStartTime: responseTime(originalStartTime, context.zone, context.calendarZone) }),
  };
}

function isHidden({ visibility }: CalendarEvent, role: AccessRole): boolean {
  if (role === "freeBusyReader") return true;
  return role === "reader" && (visibility === "private" || visibility === "confidential");
}

function detailsOf({ organizer, created, sequence, summary, description, colorId, visibility }: CalendarEvent) {
  return {
    created,
    sequence,
    creator: organizer,
    organizer,
    reminders: { useDefault: true },
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(colorId === undefined ? {} : { colorId }),
    ...(visibility === undefined || visibility === "default" ? {} : { visibility }),
  };
}

/** Differs after every change of the event. */
function etagOf({ id, updated, sequence }: CalendarEvent): string {
  return `"${createHash("sha256").update(`${id} ${updated} ${sequence}`).digest("hex").slice(0, 16)}"`;
}

const linkId = (id: string, calendarId: string): string => Buffer.from(`${id} ${calendarId}`).toString("base64url");
