import { toStorableText } from "../../text.ts";
import { MINUTE_MS } from "../../time/durations.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import { type AppointmentData, type AppointmentKey, localTimeOf } from "../appointment.ts";
import { parseBookedBy } from "../classification/consultant.ts";

/** The fields of an event that a request selects (`fields`, partial response). Google sends nothing else. */
export interface CalendarEvent {
  id: string;
  status?: string;
  eventType?: string;
  summary?: string;
  description?: string;
  colorId?: string;
  start?: EventTime;
  end?: EventTime;
  originalStartTime?: EventTime;
  recurringEventId?: string;
  organizer?: { email?: string };
}

/** An instant with its offset, or the date of an all-day event. */
interface EventTime {
  dateTime?: string;
  date?: string;
}

const TIME = "date,dateTime";

export const EVENT_FIELDS = `accessRole,nextPageToken,items(id,status,eventType,summary,description,colorId,start(${TIME}),end(${TIME}),recurringEventId,originalStartTime(${TIME}),organizer/email)`;

/** A deleted event of which Google sends only the identity. */
export type DeletedEvent = AppointmentKey & Pick<AppointmentData, "seriesId">;

const MAX_TITLE_LENGTH = 1_000;

/**
 * Converts an event of Google's to an appointment. Pure.
 * @param clock The clock of `TRACKING_TIMEZONE`.
 * @returns a `DeletedEvent` where Google sends only the identity of a deleted event, undefined for any other event without a
 * start (the API rules that out).
 */
export function parseEvent(
  event: CalendarEvent,
  calendarId: string,
  clock: WallClock,
): AppointmentData | DeletedEvent | undefined {
  const { id: eventId, start, end, originalStartTime } = event;
  const originalStart = originalStartTime === undefined ? null : instantOf(originalStartTime, clock);
  const startsAt = start && instantOf(start, clock);
  const identity = { calendarId, eventId, originalStart, seriesId: event.recurringEventId ?? null };
  if (startsAt === undefined || startsAt === null) return event.status === "cancelled" ? identity : undefined;
  const endsAt = (end && instantOf(end, clock)) ?? startsAt;
  return {
    ...identity,
    startsAt,
    endsAt: endsAt < startsAt ? startsAt : endsAt,
    ...localTimeOf(startsAt, clock),
    allDay: start?.dateTime === undefined,
    status: event.status ?? "confirmed",
    eventType: event.eventType ?? "default",
    title: toStorableText((event.summary ?? "").slice(0, MAX_TITLE_LENGTH)),
    colorId: event.colorId ?? null,
    organizer: event.organizer?.email?.trim().toLowerCase() ?? null,
    bookedBy: parseBookedBy(event.description ?? ""),
  };
}

/** Whether Google sent more about an event than its identity. */
export const hasDetails = (event: AppointmentData | DeletedEvent): event is AppointmentData => "startsAt" in event;

/**
 * Restores a deleted event as a cancelled appointment: as it was stored, or like another instance of its series at the time
 * of this one. Pure.
 * @param template Its stored appointment, or another one of its series; undefined if neither is stored.
 * @returns undefined if the time of the event is unknown.
 */
export function restoreDeleted(
  deleted: DeletedEvent,
  template: AppointmentData | undefined,
  clock: WallClock,
): AppointmentData | undefined {
  if (template?.eventId === deleted.eventId) return { ...template, status: "cancelled" };
  const startsAt = deleted.originalStart;
  if (startsAt === null) return undefined;
  const { endsAt, ...details } = template ?? { ...UNKNOWN_DETAILS, startsAt, endsAt: startsAt };
  return {
    ...details,
    ...deleted,
    startsAt,
    endsAt: new Date(startsAt.getTime() + endsAt.getTime() - details.startsAt.getTime()),
    ...localTimeOf(startsAt, clock),
    status: "cancelled",
  };
}

const UNKNOWN_DETAILS = {
  allDay: false,
  eventType: "default",
  title: "",
  colorId: null,
  organizer: null,
  bookedBy: null,
};

/** Null for a text that is no time. An all-day event begins at local midnight. */
function instantOf({ dateTime, date }: EventTime, clock: WallClock): Date | null {
  const parsed = Date.parse(dateTime ?? date ?? "");
  if (Number.isNaN(parsed)) return null;
  return new Date(dateTime === undefined ? clock.at(parsed / MINUTE_MS).instant : parsed);
}
