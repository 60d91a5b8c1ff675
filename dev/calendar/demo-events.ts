import { localDate } from "../../lib/time/periods.ts";
import type { CalendarEvent } from "../google/calendar-source.ts";
import { extrasOn } from "./other-events.ts";
import { TEAM } from "./people.ts";
import { type Plan, ZONE } from "./planned-event.ts";
import { instancesOn } from "./series.ts";
import { bookingsOn } from "./single-appointments.ts";
import { type Kind, markedTitle, oneOf } from "./titles.ts";

/**
 * The demo club's appointments: for any date the same each time, whenever it is asked for. Pure. What has not happened yet
 * is written as it was when the appointment was made; once it is over its title says what came of it, as people write it.
 */

/** The calendars by id. */
export const CALENDARS: Readonly<Record<string, Kind>> = {
  "beratung@club.example": "Beratung",
  "training@club.example": "Training",
};

/** Who keeps them: names by address, as the setting of that name has them. */
export const CONSULTANTS: Readonly<Record<string, string>> = Object.fromEntries(
  TEAM.map(({ email, name }) => [email, name]),
);

/** How many days after the date that it belongs to an event may still go on. */
export const REACH_DAYS = 2;

/** The events of a calendar that belong to a local date (`YYYY-MM-DD`), as they are at an instant. */
export function appointmentsOn(calendarId: string, date: string, now: Date): CalendarEvent[] {
  return plansOn(calendarId, date).flatMap((plan) => asOf(plan, now) ?? []);
}

/** One of them by its id; undefined where there is none, or not yet. */
export function appointmentById(calendarId: string, id: string, now: Date): CalendarEvent | undefined {
  const date = dateIn(id);
  const plan = date && plansOn(calendarId, date).find((one) => one.id === id);
  return plan ? asOf(plan, now) : undefined;
}

function plansOn(calendarId: string, date: string): Plan[] {
  const kind = CALENDARS[calendarId];
  return kind === undefined ? [] : [...bookingsOn(kind, date), ...instancesOn(kind, date), ...extrasOn(kind, date)];
}

/** The date that an event belongs to, which its id tells. */
function dateIn(id: string): string | undefined {
  const digits = /^(?:termin|serie\d+_)(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)00Z|\d\d)$/.exec(id)?.slice(1);
  if (digits === undefined) return undefined;
  const [year, month, day, hour, minute] = digits;
  const instant = new Date(`${year}-${month}-${day}T${hour ?? "12"}:${minute ?? "00"}:00Z`);
  return Number.isNaN(instant.getTime()) ? undefined : localDate(instant, ZONE);
}

/** An event as it is at an instant; undefined before it was made. */
function asOf(plan: Plan, now: Date): CalendarEvent | undefined {
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
    ...whatBecameOf(plan, time),
  };
}

const MISSED_COLOURS = ["11", "11", "11", "6", "4"] as const;

type Changing = Pick<CalendarEvent, "status" | "summary" | "colorId" | "updated" | "sequence">;

/** What of an event changes with time. */
function whatBecameOf(plan: Plan, time: number): Changing {
  const { fate, title: summary, customer, spelling, colorId } = plan;
  const { createdAt, deletedAt, endsAt } = plan;
  const changed = (at: number) => ({ updated: new Date(at).toISOString(), sequence: 1 });
  const colour = (id: string | undefined) => (id === undefined ? {} : { colorId: id });
  const plain = {
    status: "confirmed",
    summary,
    ...colour(colorId),
    updated: new Date(createdAt).toISOString(),
    sequence: 0,
  } as const;
  if (fate === "deleted") return time < deletedAt ? plain : { ...plain, ...changed(deletedAt), status: "cancelled" };
  if (time < endsAt || fate === "came" || customer === undefined) return plain;
  const marked = { ...plain, ...changed(endsAt), summary: markedTitle(summary, customer, fate, spelling) };
  return fate === "no-show-colour" ? { ...marked, ...colour(oneOf(MISSED_COLOURS, spelling)) } : marked;
}
