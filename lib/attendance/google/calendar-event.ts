import type { WallClock } from "../../time/wall-clock.ts";
import { DAY_MINUTES, dateOfWall, MINUTE_MS } from "../../time/wall-clock.ts";
import { parseBookedBy } from "../classification/consultant.ts";
import { storable } from "../classification/title.ts";

/** What we ask Google for of each event; nothing else is ever transferred (`fields`, partial response). */
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

/** An appointment as the calendar has it. Known by calendar, event and original start, so that it stays one when it moves. */
export interface AppointmentData {
  calendarId: string;
  eventId: string;
  /** When an instance of a series would start by its series; null for an event of its own. */
  originalStart: Date | null;
  /** The series that an instance is of. */
  seriesId: string | null;
  startsAt: Date;
  endsAt: Date;
  /** Local calendar date `YYYY-MM-DD` and hour of the start. */
  localDate: string;
  localHour: number;
  allDay: boolean;
  status: string;
  eventType: string;
  title: string;
  colorId: string | null;
  organizer: string | null;
  bookedBy: string | null;
}

/** By what an appointment is known. */
export type AppointmentKey = Pick<AppointmentData, "calendarId" | "eventId" | "originalStart">;

/** What Google may reduce a deleted event to: who it was, and no more. */
export type DeletedEvent = AppointmentKey & Pick<AppointmentData, "seriesId">;

const MAX_TITLE_LENGTH = 1_000;

/**
 * An event of Google's as an appointment, with local times on the clock of the attendance. Pure.
 * @returns what remains of it, where Google says no more of a deleted event than who it was; undefined for one that begins
 * at no time, which the API rules out.
 */
export function parseEvent(
  event: CalendarEvent,
  calendarId: string,
  clock: WallClock,
): AppointmentData | DeletedEvent | undefined {
  const { id: eventId, start, end, originalStartTime } = event;
  const originalStart = originalStartTime === undefined ? null : instantOf(originalStartTime, clock);
  const startsAt = start && instantOf(start, clock);
  const remains = { calendarId, eventId, originalStart, seriesId: event.recurringEventId ?? null };
  if (startsAt === undefined || startsAt === null) return event.status === "cancelled" ? remains : undefined;
  const endsAt = (end && instantOf(end, clock)) ?? startsAt;
  return {
    ...remains,
    startsAt,
    endsAt: endsAt < startsAt ? startsAt : endsAt,
    ...localTimeOf(startsAt, clock),
    allDay: start?.dateTime === undefined,
    status: event.status ?? "confirmed",
    eventType: event.eventType ?? "default",
    title: storable((event.summary ?? "").slice(0, MAX_TITLE_LENGTH)),
    colorId: event.colorId ?? null,
    organizer: event.organizer?.email?.trim().toLowerCase() ?? null,
    bookedBy: parseBookedBy(event.description ?? ""),
  };
}

/**
 * A deleted event as an appointment that was cancelled: as it was before, or as others of its series are, at the time at
 * which it would have been. Pure.
 * @param model What is known of it, or of another of its series; undefined where nothing is.
 * @returns undefined where nobody can tell when it would have been.
 */
export function restoreDeleted(
  remains: DeletedEvent,
  model: AppointmentData | undefined,
  clock: WallClock,
): AppointmentData | undefined {
  if (model?.eventId === remains.eventId) return { ...model, status: "cancelled" };
  const startsAt = remains.originalStart;
  if (startsAt === null) return undefined;
  const { endsAt, ...known } = model ?? { ...UNKNOWN, startsAt, endsAt: startsAt };
  return {
    ...known,
    ...remains,
    startsAt,
    endsAt: new Date(startsAt.getTime() + endsAt.getTime() - known.startsAt.getTime()),
    ...localTimeOf(startsAt, clock),
    status: "cancelled",
  };
}

const UNKNOWN = { allDay: false, eventType: "default", title: "", colorId: null, organizer: null, bookedBy: null };

/** Whether more is known of an event than who it was. */
export const hasDetails = (found: AppointmentData | DeletedEvent): found is AppointmentData => "startsAt" in found;

/** The local date and hour in which an appointment counts: those of its start. */
export function localTimeOf(startsAt: Date, clock: WallClock): Pick<AppointmentData, "localDate" | "localHour"> {
  const wall = clock.wallAt(startsAt.getTime());
  return { localDate: dateOfWall(wall), localHour: Math.floor((wall % DAY_MINUTES) / 60) };
}

/** An all-day event begins at local midnight. */
function instantOf({ dateTime, date }: EventTime, clock: WallClock): Date | null {
  const given = Date.parse(dateTime ?? date ?? "");
  if (Number.isNaN(given)) return null;
  return new Date(dateTime === undefined ? clock.at(given / MINUTE_MS).instant : given);
}
