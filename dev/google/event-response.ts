import { createHash } from "node:crypto";
import type { AccessRole, CalendarEvent } from "./calendar-source.ts";
import { shownTime } from "./event-times.ts";

/** Who looks at an event, and how. */
export interface Viewer {
  role: AccessRole;
  /** Zone of the times in the answer. */
  zone: string;
  calendarId: string;
  /** The calendar's own. */
  calendarZone: string;
}

/** An event as Google answers it: what its role hides and what deletion takes is not there. Pure. */
export function viewOf(event: CalendarEvent, viewer: Viewer): Record<string, unknown> {
  const identity = {
    kind: "calendar#event",
    etag: etagOf(event),
    id: event.id,
    status: event.status,
    ...instanceOf(event, viewer),
  };
  const { status, recurringEventId, bare } = event;
  if (status === "cancelled" && (bare || recurringEventId !== undefined)) return identity;
  const times = {
    start: shownTime(event.start, viewer.zone, viewer.calendarZone),
    end: shownTime(event.end, viewer.zone, viewer.calendarZone),
    updated: event.updated,
    iCalUID: `${recurringEventId ?? event.id}@google.com`,
    htmlLink: `https://www.google.com/calendar/event?eid=${linkId(event.id, viewer.calendarId)}`,
    eventType: event.eventType,
  };
  if (isHidden(event, viewer.role)) return { ...identity, ...times, visibility: "private" };
  return { ...identity, ...times, ...detailsOf(event) };
}

/** Which instance of which series it is, if it is one. */
function instanceOf({ recurringEventId, originalStartTime }: CalendarEvent, viewer: Viewer): Record<string, unknown> {
  return {
    ...(recurringEventId === undefined ? {} : { recurringEventId }),
    ...(originalStartTime === undefined
      ? {}
      : { originalStartTime: shownTime(originalStartTime, viewer.zone, viewer.calendarZone) }),
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

/** Changes with every change of the event. */
function etagOf({ id, updated, sequence }: CalendarEvent): string {
  return `"${createHash("sha256").update(`${id} ${updated} ${sequence}`).digest("hex").slice(0, 16)}"`;
}

const linkId = (id: string, calendarId: string): string => Buffer.from(`${id} ${calendarId}`).toString("base64url");
