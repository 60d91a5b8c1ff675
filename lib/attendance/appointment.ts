import type { WallClock } from "../time/wall-clock.ts";
import { DAY_MINUTES, dateOfWall } from "../time/wall-minutes.ts";
import type { Outcome } from "./classification/rules.ts";

/** Identifies an appointment. The key stays the same when the appointment moves or gets another title. */
export interface AppointmentKey {
  calendarId: string;
  eventId: string;
  /** When an instance of a series would start according to the series; null for a single event. */
  originalStart: Date | null;
}

/** What the calendar says about an appointment. */
export interface AppointmentData extends AppointmentKey {
  /** The series of an instance; null for a single event. */
  seriesId: string | null;
  startsAt: Date;
  endsAt: Date;
  /** Local date `YYYY-MM-DD` and local hour of the start, in `TRACKING_TIMEZONE`. The appointment counts there. */
  localDate: string;
  localHour: number;
  allDay: boolean;
  /** Google's event status and event type. */
  status: string;
  eventType: string;
  title: string;
  colorId: string | null;
  /** Address of the organizer, in lower case. */
  organizer: string | null;
  /** The name in `[Booked by: …]` of the description. */
  bookedBy: string | null;
}

/** What the rules decide about an appointment. It follows from the calendar's data, the settings and the time. */
export interface Classification {
  outcome: Outcome;
  sold: boolean;
  confidence: "high" | "low";
  /** What decided the outcome, as a text for people. */
  reason: string;
  ruleVersion: number;
  potential: string;
  consultant: string;
  customerKey: string | null;
  customerName: string | null;
}

export type Appointment = AppointmentData & Classification;

/** An appointment's key as one text, for use in a map. */
export const appointmentKey = ({ calendarId, eventId, originalStart }: AppointmentKey): string =>
  JSON.stringify([calendarId, eventId, originalStart]);

/** The local date and the local hour in which an appointment counts: those of its start. */
export function localTimeOf(startsAt: Date, clock: WallClock): Pick<AppointmentData, "localDate" | "localHour"> {
  const wall = clock.wallAt(startsAt.getTime());
  return { localDate: dateOfWall(wall), localHour: Math.floor((wall % DAY_MINUTES) / 60) };
}
