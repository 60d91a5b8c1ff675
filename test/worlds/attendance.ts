import { type Appointment, type AppointmentData, localTimeOf } from "../../lib/attendance/appointment.ts";
import { lockAttendance, writeAppointments } from "../../lib/attendance/appointment-store.ts";
import { classifyAppointment } from "../../lib/attendance/classification/classify-appointment.ts";
import { COUNTS, type Counts } from "../../lib/attendance/metrics/counts-and-rates.ts";
import { computeDays, type DayChange, recomputeDays } from "../../lib/attendance/metrics/daily-metrics.ts";
import { dailyMetrics } from "../../lib/attendance/schema.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";

/** Appointments and days. A test gives the fields that matter to it; all others have valid defaults. */

export const BERLIN = wallClock("Europe/Berlin");
export const CONSULTANTS: Readonly<Record<string, string>> = { "anna@club.example": "Anna Vogel" };
/** After the end of all appointments of the tests. */
export const AFTERWARDS = new Date("2026-03-01T00:00:00Z");

const HOUR_MS = 3_600_000;
let created = 0;

/** A calendar's data of an appointment, by default on 2026-02-09 from 10 to 11 in Berlin. */
export function appointmentData(over: Partial<AppointmentData> = {}): AppointmentData {
  created += 1;
  const { startsAt = new Date("2026-02-09T09:00:00Z") } = over;
  return {
    calendarId: "team@club.example",
    eventId: `appointment${created}`,
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

/** An appointment, classified after its end. */
export function appointment(over: Partial<Appointment> = {}, asOf = AFTERWARDS): Appointment {
  const data = appointmentData(over);
  return { ...data, ...classifyAppointment(data, CONSULTANTS, asOf), ...over };
}

/** Runs work in a transaction with the attendance lock, as the job does. */
export const inLockedTransaction = <T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> =>
  transact(db, async (tx) => {
    await lockAttendance(tx);
    return work(tx);
  });

/** The result of a page: counts, dates, and the days whose metrics have changed. */
interface PageWritten {
  added: number;
  changed: number;
  dates: string[];
  days: DayChange[];
}

/** Writes a page of a sync, and recomputes its days. @param readAt When the sync began. */
export const writePage = (db: Db, page: Appointment[], readAt = AFTERWARDS): Promise<PageWritten> =>
  inLockedTransaction(db, async (tx) => {
    const written = await writeAppointments(tx, page, readAt);
    const sum = (count: "added" | "changed") => written.reduce((total, date) => total + date[count], 0);
    const dates = written.map(({ date }) => date);
    return { added: sum("added"), changed: sum("changed"), dates, days: await recomputeDays(tx, dates) };
  });

/** Computes days that were read in full. @param now When the sync began. @param over Whether the days were over then. */
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

/** Writes metrics of days without appointments. The total is the sum of the outcomes. */
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
