import { type Appointment, type AppointmentData, localTimeOf } from "../../lib/attendance/appointment.ts";
import { lockAttendance, writeAppointments } from "../../lib/attendance/appointment-store.ts";
import { classifyAppointment } from "../../lib/attendance/classification/classify-appointment.ts";
import { COUNTS, type Counts } from "../../lib/attendance/metrics/counts-and-rates.ts";
import { computeDays, type DayChange, recomputeDays } from "../../lib/attendance/metrics/daily-metrics.ts";
import { dailyMetrics } from "../../lib/attendance/schema.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";

/** Appointments and days as a test states them: what it does not say is valid. */

export const BERLIN = wallClock("Europe/Berlin");
export const CONSULTANTS: Readonly<Record<string, string>> = { "anna@club.example": "Anna Vogel" };
/** Long after every appointment of the tests. */
export const AFTERWARDS = new Date("2026-03-01T00:00:00Z");

const HOUR_MS = 3_600_000;
let made = 0;

/** What a calendar has of an appointment of an hour; without more, on 2026-02-09 from 10 to 11 in Berlin. */
export function appointmentData(over: Partial<AppointmentData> = {}): AppointmentData {
  made += 1;
  const { startsAt = new Date("2026-02-09T09:00:00Z") } = over;
  return {
    calendarId: "team@club.example",
    eventId: `appointment${made}`,
    originalStart: null,
    seriesId: null,
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR_MS),
    ...localTimeOf(startsAt, BERLIN),
    allDay: false,
    status: "confirmed",
    eventType: "default",
    title: "Max Mustermann - Erstgespräch",
    colorId: "2",
    organizer: "anna@club.example",
    bookedBy: null,
    ...over,
  };
}

/** The same, judged when it was over. */
export function appointment(over: Partial<Appointment> = {}, asOf = AFTERWARDS): Appointment {
  const known = appointmentData(over);
  return { ...known, ...classifyAppointment(known, CONSULTANTS, asOf), ...over };
}

/** Does a step of a reading as the job does: in a transaction, after whoever is at it. */
export const inLockedTransaction = <T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> =>
  transact(db, async (tx) => {
    await lockAttendance(tx);
    return work(tx);
  });

/** What came of a page: how many, on which dates, and the days that are different now. */
interface PageWritten {
  added: number;
  changed: number;
  dates: string[];
  days: DayChange[];
}

/** Writes a page of a reading, and recomputes the days that it touches. @param readAt When the calendar was asked. */
export const writePage = (db: Db, page: Appointment[], readAt = AFTERWARDS): Promise<PageWritten> =>
  inLockedTransaction(db, async (tx) => {
    const written = await writeAppointments(tx, page, readAt);
    const sum = (count: "added" | "changed") => written.reduce((total, date) => total + date[count], 0);
    const dates = written.map(({ date }) => date);
    return { added: sum("added"), changed: sum("changed"), dates, days: await recomputeDays(tx, dates) };
  });

/** Closes days as read in full at an instant, after which nothing is to come on them. */
export const closeDays = (db: Db, dates: string[], now = AFTERWARDS, over = true): Promise<DayChange[]> =>
  inLockedTransaction(db, (tx) =>
    computeDays(
      tx,
      dates.map((date) => ({ date, over })),
      "calendar",
      now,
    ),
  );

export interface DayFields extends Partial<Omit<Counts, "total_slots" | "sold">> {
  date: string;
  sold?: number | null;
  final?: boolean;
  source?: "calendar" | "outcomes" | "figures";
  readAt?: Date;
}

/** Writes the figures of days as they stand, without appointments; the total is the sum of the outcomes. */
export async function addDays(db: Db, ...days: DayFields[]): Promise<void> {
  await db.insert(dailyMetrics).values(
    days.map(({ date, final = true, source = "calendar", readAt = AFTERWARDS, ...given }) => {
      const counts = Object.fromEntries(COUNTS.map((name) => [name, 0]));
      const { sold = 0, ...outcomes } = given;
      Object.assign(counts, outcomes);
      const totalSlots = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
      const { completed = 0, no_shows: noShows = 0, ghosts = 0, cancelled = 0, rescheduled = 0 } = counts;
      const { overhang = 0, pending = 0 } = counts;
      const columns = { totalSlots, completed, sold, noShows, ghosts, cancelled, rescheduled, overhang, pending };
      return { date, ...columns, byHour: {}, byUser: {}, byPotential: {}, final, source, readAt };
    }),
  );
}
