import { MINUTE_MS } from "../../lib/time/durations.ts";
import { localTime, wallClock } from "../../lib/time/wall-clock.ts";
import type { EventTime } from "../google/calendar-source.ts";
import { BOOKING_TOOL, type Consultant, type Customer } from "./people.ts";
import type { CalendarKind, Ending } from "./titles.ts";

/** The zone of the demo club. */
export const ZONE = "Europe/Berlin";
export const CLOCK = wallClock(ZONE);

/** An event of the demo club with its whole history. Instants are milliseconds since the epoch. */
export interface PlannedEvent {
  id: string;
  kind: CalendarKind;
  start: EventTime;
  end: EventTime;
  startsAt: number;
  endsAt: number;
  createdAt: number;
  title: string;
  colorId?: string;
  organizer: { email: string; displayName?: string };
  description?: string;
  /** Undefined for an event that is no appointment. */
  customer?: Customer;
  ending: Ending;
  /** From 0 to 1: selects the spelling of the final title. */
  spelling: number;
  /** When it is deleted, if it ends so. */
  deletedAt: number;
  series?: { id: string; originalStart: EventTime };
}

const DAY_MS = 86_400_000;

/** The times of an event from its start (wall minutes) and length. In a skipped hour it starts when the clocks change. */
export function planTimes(wall: number, minutes: number): Pick<PlannedEvent, "start" | "end" | "startsAt" | "endsAt"> {
  const startsAt = CLOCK.at(wall).instant;
  const endsAt = startsAt + minutes * MINUTE_MS;
  return { start: localEventTime(startsAt), end: localEventTime(endsAt), startsAt, endsAt };
}

/** An instant as a local time of the club. */
export function localEventTime(instant: number): EventTime {
  return { dateTime: localTime(new Date(instant), CLOCK), timeZone: ZONE };
}

/** An event is created 1 to 28 days before its start, often late, and deleted some time between, if at all. */
export function planHistory(startsAt: number, random: () => number): Pick<PlannedEvent, "createdAt" | "deletedAt"> {
  const leadTime = DAY_MS + random() ** 2 * 27 * DAY_MS;
  return { createdAt: Math.round(startsAt - leadTime), deletedAt: Math.round(startsAt - random() * leadTime) };
}

/** The organizer: the consultant, or the online booking, which names the consultant in the description. */
export function authorOf(
  { email, name }: Consultant,
  online: boolean,
): Pick<PlannedEvent, "organizer" | "description"> {
  if (!online) return { organizer: { email, displayName: name } };
  return {
    organizer: { email: BOOKING_TOOL, displayName: "Online-Buchung" },
    description: `<p>Gebucht &uuml;ber die Website.</p><p><b>[Booked by: ${name}]</b></p>`,
  };
}

/** A random seed from a text (FNV-1a). Similar texts have very different seeds. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
