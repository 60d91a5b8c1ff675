import { localDate } from "../../lib/time/periods.ts";
import type { CalendarEvent } from "../google/calendar-source.ts";
import { otherEventsOn } from "./other-events.ts";
import { TEAM } from "./people.ts";
import { type PlannedEvent, ZONE } from "./planned-event.ts";
import { instancesOn } from "./series.ts";
import { singleAppointmentsOn } from "./single-appointments.ts";
import { type CalendarKind, finalTitle, pickFrom } from "./titles.ts";

/**
 * Generates the demo club's events. The same date always has the same events. Pure. After an appointment's end its title and
 * colour state the outcome, as people write it.
 */

/** The kind of each calendar, by calendar id. */
export const CALENDARS: Readonly<Record<string, CalendarKind>> = {
  "beratung@club.example": "Beratung",
  "training@club.example": "Training",
};

/** The consultants as the setting `CONSULTANTS` has them: names by address. */
export const CONSULTANTS: Readonly<Record<string, string>> = Object.fromEntries(
  TEAM.map(({ email, name }) => [email, name]),
);

/** An event ends at most so many days after the date it belongs to. */
export const MAX_EVENT_DAYS = 2;

/** The events of a calendar that belong to a local date (`YYYY-MM-DD`), as they look at an instant. */
export function eventsOn(calendarId: string, date: string, now: Date): CalendarEvent[] {
  return plansOn(calendarId, date).flatMap((plan) => eventAsOf(plan, now) ?? []);
}

/** Finds an event by its id; undefined if it does not exist, or not yet. */
export function findEvent(calendarId: string, id: string, now: Date): CalendarEvent | undefined {
  const date = dateOfId(id);
  const plan = date && plansOn(calendarId, date).find((candidate) => candidate.id === id);
  return plan ? eventAsOf(plan, now) : undefined;
}

function plansOn(calendarId: string, date: string): PlannedEvent[] {
  const kind = CALENDARS[calendarId];
  return kind === undefined
    ? []
    : [...singleAppointmentsOn(kind, date), ...instancesOn(kind, date), ...otherEventsOn(kind, date)];
}

/** The date an event belongs to, read from its id. */
function dateOfId(id: string): string | undefined {
  const digits = /^(?:termin|serie\d+_)(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)00Z|\d\d)$/.exec(id)?.slice(1);
  if (digits === undefined) return undefined;
  const [year, month, day, hour, minute] = digits;
  const instant = new Date(`${year}-${month}-${day}T${hour ?? "12"}:${minute ?? "00"}:00Z`);
  return Number.isNaN(instant.getTime()) ? undefined : localDate(instant, ZONE);
}

/** An event as it looks at an instant; undefined before its creation. */
function eventAsOf(plan: PlannedEvent, now: Date): CalendarEvent | undefined {
  const time = now.getTime();
  if (time < plan.createdAt) return undefined;
  const { id, start, end, organizer, description, series } = plan;
  return {
    id,
    eventType: "default",
    start,
    end,
    organizer,
    created: new Date(plan.createdAt).toISOString(),
    ...(description === undefined ? {} : { description }),
    ...(series === undefined ? {} : { recurringEventId: series.id, originalStartTime: series.originalStart }),
    ...changingFields(plan, time),
  };
}

const MISSED_COLOURS = ["11", "11", "11", "6", "4"] as const;

type ChangingFields = Pick<CalendarEvent, "status" | "summary" | "colorId" | "updated" | "sequence">;

/** The fields of an event that change with time. */
function changingFields(plan: PlannedEvent, time: number): ChangingFields {
  const { ending, title: summary, customer, spelling, colorId } = plan;
  const { createdAt, deletedAt, endsAt } = plan;
  const changed = (at: number) => ({ updated: new Date(at).toISOString(), sequence: 1 });
  const colour = (id: string | undefined) => (id === undefined ? {} : { colorId: id });
  const initial = {
    status: "confirmed",
    summary,
    ...colour(colorId),
    updated: new Date(createdAt).toISOString(),
    sequence: 0,
  } as const;
  if (ending === "deleted")
    return time < deletedAt ? initial : { ...initial, ...changed(deletedAt), status: "cancelled" };
  if (time < endsAt || ending === "came" || customer === undefined) return initial;
  const marked = { ...initial, ...changed(endsAt), summary: finalTitle(summary, customer, ending, spelling) };
  return ending === "no-show-colour" ? { ...marked, ...colour(pickFrom(MISSED_COLOURS, spelling)) } : marked;
}
