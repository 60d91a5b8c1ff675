import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { addDays, countDays, datesBetween, endOfDate, startOfDate } from "../../time/dates.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import { appointmentKey, loadTemplates, lockAttendance, markGone, writeAppointments } from "../appointment-store.ts";
import { type Appointment, classifyAppointment } from "../classification/classify-appointment.ts";
import { deleteImported } from "../import/imported-source.ts";
import { computeDays, type DayChange, mergeChange, recomputeDays } from "../metrics/daily-metrics.ts";
import { type AppointmentData, type DeletedEvent, hasDetails, parseEvent, restoreDeleted } from "./calendar-event.ts";
import { type CalendarReader, listEvents } from "./list-events.ts";
import type { TrackingContext, TrackingCounts, TrackingState } from "./sync-state.ts";
import { recordSyncStatus } from "./sync-status.ts";

/** A run on its way. */
export interface TrackingRun {
  context: TrackingContext;
  reader: CalendarReader;
  calendarIds: readonly string[];
  /** Names by address. */
  consultants: Readonly<Record<string, string>>;
  zone: string;
  clock: WallClock;
  state: TrackingState;
  /** What this invocation has changed, by date. */
  changes: Map<string, DayChange>;
}

interface Range {
  first: string;
  last: string;
}

/** No more than what is needed of each, since there may be many. */
type Seen = Pick<Appointment, "eventId" | "originalStart" | "localDate" | "outcome" | "confidence">;

/** A calendar that is being read for a range of days. */
interface Reading {
  calendarId: string;
  /** When it was first asked. */
  since: Date;
  /** What it has, by key: a listing that began anew brings things twice. */
  seen: Map<string, Seen>;
  /** How many deleted events it has of which not even the time is known. */
  unplaced: number;
}

/**
 * Reads days from all calendars and computes them. Each page of events is a step; the days count as read when all calendars
 * were read to the end. Where one could not be, the others are read all the same, but the days stay unread.
 * @throws AppError `calendar-unreadable` or `credentials`: of each calendar that could not be read, why and what to do.
 */
export async function syncRange(run: TrackingRun, range: Range): Promise<void> {
  const readings: Reading[] = [];
  const failures: { calendarId: string; error: AppError }[] = [];
  for (const calendarId of run.calendarIds) {
    try {
      readings.push(await readCalendar(run, calendarId, range));
    } catch (error) {
      if (!(error instanceof AppError) || !UNREADABLE.has(error.code)) throw error;
      failures.push({ calendarId, error });
    }
  }
  if (failures.length > 0) {
    await step(run, async (tx) => {
      await recordSyncStatus(tx, readings, failures, run.context.now);
      return run.state;
    });
    throw together(failures.map(({ error }) => error));
  }
  await close(run, range, readings);
}

const UNREADABLE = new Set(["calendar-unreadable", "credentials"]);

function together([first, ...others]: AppError[]): AppError {
  const sentences = new Set([first, ...others].map((error) => error?.message));
  return new AppError(first?.code ?? "calendar-unreadable", [...sentences].join("; "));
}

async function readCalendar(run: TrackingRun, calendarId: string, range: Range): Promise<Reading> {
  const { first, last } = range;
  const reading: Reading = { calendarId, since: run.context.time(), seen: new Map(), unplaced: 0 };
  // A second early, since an event that ends when the first day begins would be left out with one that begins there.
  const from = new Date(startOfDate(first, run.zone).getTime() - 1_000);
  for await (const events of listEvents(run.reader, calendarId, from, endOfDate(last, run.zone))) {
    const found = events.map((event) => parseEvent(event, calendarId, run.clock)).filter((one) => one !== undefined);
    const taken = await takePage(run, found, range, reading.since);
    for (const one of taken) reading.seen.set(appointmentKey(one), seenOf(one));
    reading.unplaced += events.length - taken.length;
  }
  return reading;
}

const seenOf = ({ eventId, originalStart, localDate, outcome, confidence }: Appointment): Seen => ({
  eventId,
  originalStart,
  localDate,
  outcome,
  confidence,
});

/** Writes what a page brought. @returns it, judged. */
async function takePage(
  run: TrackingRun,
  found: (AppointmentData | DeletedEvent)[],
  range: Range,
  since: Date,
): Promise<Appointment[]> {
  const appointments = found.filter(hasDetails).map((one) => judged(run, one));
  const remains = found.filter((one) => !hasDetails(one));
  let deleted: Appointment[] = [];
  await step(run, async (tx, changes) => {
    await lockAttendance(tx);
    const written = await writeAppointments(tx, appointments, since);
    // What is left of deleted events is told by others of their series, which may have come with this page.
    deleted = remains.length === 0 ? [] : await likeBefore(run, tx, remains);
    if (deleted.length > 0) written.push(...(await writeAppointments(tx, deleted, since)));
    changes.push(...(await recomputeDays(tx, [...new Set(written.map(({ date }) => date))])));
    const counts = { ...run.state.counts, requests: run.reader.requests };
    for (const { added, changed } of written.filter((one) => isWithin(range, one.date))) {
      counts.added += added;
      counts.changed += changed;
    }
    return { ...run.state, counts };
  });
  return [...appointments, ...deleted];
}

/** An appointment counts where it begins; what reaches into the first day from the one before only came along. */
const isWithin = ({ first, last }: Range, date: string): boolean => date >= first && date <= last;

const judged = (run: TrackingRun, facts: AppointmentData): Appointment => ({
  ...facts,
  ...classifyAppointment(facts, run.consultants, run.context.now),
});

async function likeBefore(run: TrackingRun, tx: Db, remains: DeletedEvent[]): Promise<Appointment[]> {
  const models = await loadTemplates(tx, remains);
  const facts = remains.map((one) => restoreDeleted(one, models.get(appointmentKey(one)), run.clock));
  return facts.filter((one) => one !== undefined).map((one) => judged(run, one));
}

/** The days have been read in full: what was not found is gone, and their figures hold. */
async function close(run: TrackingRun, range: Range, readings: Reading[]): Promise<void> {
  const { now } = run.context;
  await step(run, async (tx, changes) => {
    await lockAttendance(tx);
    let gone = 0;
    for (const { calendarId, seen, since } of readings) {
      gone += (await markGone(tx, calendarId, range, [...seen.values()], since, now)).length;
    }
    const dates = datesBetween(range.first, range.last);
    await deleteImported(tx, dates);
    const days = dates.map((date) => ({ date, over: endOfDate(date, run.zone) <= now }));
    const since = new Date(Math.min(...readings.map((reading) => Number(reading.since))));
    changes.push(...(await computeDays(tx, days, "calendar", since)));
    await recordSyncStatus(tx, readings, [], now);
    const { state } = run;
    const counts = { ...state.counts, daysRead: state.counts.daysRead + dates.length, gone: state.counts.gone + gone };
    for (const reading of readings) addReading(counts, reading, range);
    return { ...state, next: addDays(range.last, 1), done: countDays(state.first, range.last), counts };
  });
}

function addReading(counts: TrackingCounts, { seen, unplaced }: Reading, range: Range): void {
  const own = [...seen.values()].filter(({ localDate }) => isWithin(range, localDate));
  counts.appointments += own.length;
  counts.placeholders += own.filter(({ outcome }) => outcome === "placeholder").length;
  counts.uncertain += own.filter(({ confidence }) => confidence === "low").length;
  counts.unplaced += unplaced;
}

/** A step, with what it changes put down once it is committed: one that is tried again counts once. */
async function step(run: TrackingRun, work: (tx: Db, changes: DayChange[]) => Promise<TrackingState>): Promise<void> {
  let changes: DayChange[] = [];
  run.state = await run.context.checkpoint((tx) => {
    changes = [];
    return work(tx, changes);
  });
  for (const change of changes) mergeChange(run.changes, change);
}
