import { localTime, MINUTE_MS, wallClock } from "../../lib/time/wall-clock.ts";
import type { EventTime } from "../google/calendar-source.ts";
import { BOOKING_TOOL, type Consultant, type Customer } from "./people.ts";
import type { Fate, Kind } from "./titles.ts";

/** The clock on the demo club's wall. */
export const ZONE = "Europe/Berlin";
export const CLOCK = wallClock(ZONE);

/** An event of the demo club with all that will ever become of it. Instants are milliseconds since the epoch. */
export interface Plan {
  id: string;
  kind: Kind;
  start: EventTime;
  end: EventTime;
  startsAt: number;
  endsAt: number;
  createdAt: number;
  title: string;
  colorId?: string;
  organizer: { email: string; displayName?: string };
  description?: string;
  /** With whom; nobody for what is no appointment. */
  customer?: Customer;
  fate: Fate;
  /** From 0 to 1: which spelling the fate is written in. */
  spelling: number;
  /** When it is deleted, if that is its fate. */
  deletedAt: number;
  series?: { id: string; originalStart: EventTime };
}

const DAY_MS = 86_400_000;

/** When something is, from a wall minute on (lib/time/wall-clock.ts): at an hour that is skipped, when the clock has jumped. */
export function timesOf(wall: number, minutes: number): Pick<Plan, "start" | "end" | "startsAt" | "endsAt"> {
  const startsAt = CLOCK.at(wall).instant;
  const endsAt = startsAt + minutes * MINUTE_MS;
  return { start: timeAt(startsAt), end: timeAt(endsAt), startsAt, endsAt };
}

/** An instant on the club's wall. */
export function timeAt(instant: number): EventTime {
  return { dateTime: localTime(new Date(instant), CLOCK), timeZone: ZONE };
}

/** Made 1 to 28 days before, often late; deleted, if at all, some time between. */
export function historyOf(startsAt: number, random: () => number): Pick<Plan, "createdAt" | "deletedAt"> {
  const ahead = DAY_MS + random() ** 2 * 27 * DAY_MS;
  return { createdAt: Math.round(startsAt - ahead), deletedAt: Math.round(startsAt - random() * ahead) };
}

/** Who wrote it into the calendar: the consultant, or the online booking, which says for whom. */
export function writtenBy({ email, name }: Consultant, online: boolean): Pick<Plan, "organizer" | "description"> {
  if (!online) return { organizer: { email, displayName: name } };
  return {
    organizer: { email: BOOKING_TOOL, displayName: "Online-Buchung" },
    description: `<p>Gebucht &uuml;ber die Website.</p><p><b>[Booked by: ${name}]</b></p>`,
  };
}

/** A seed of a text (FNV-1a): two texts that are alike have seeds that are not. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
