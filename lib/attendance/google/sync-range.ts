import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { addDays, countDays, datesBetween, endOfDate, startOfDate } from "../../time/dates.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import { type Appointment, type AppointmentData, appointmentKey } from "../appointment.ts";
import { deleteImported, lockAttendance, markGone, writeAppointments } from "../appointment-store.ts";
import { classifyAppointment } from "../classification/classify-appointment.ts";
import { computeDays, type DayChange, mergeChange, recomputeDays } from "../metrics/daily-metrics.ts";
import { type DeletedEvent, hasDetails, parseEvent, restoreDeleted } from "./calendar-event.ts";
import { loadTemplates } from "./deleted-events.ts";
import { type CalendarReader, listEvents } from "./list-events.ts";
import type { TrackingContext, TrackingCounts, TrackingState } from "./sync-state.ts";
import { recordSyncStatus } from "./sync-status.ts";

/** Syncs a range of days: reads them from all calendars, stores the appointments and computes the days. */

/** A run of the job `calendar-tracking`. */
export interface TrackingRun {
  context: TrackingContext;
  reader: CalendarReader;
  calendarIds: readonly string[];
  /** Names by address in lower case. */
  consultants: Readonly<Record<string, string>>;
  zone: string;
  clock: WallClock;
  state: TrackingState;
  /** What this invocation has changed, by date. */
  changes: Map<string, DayChange>;
}

/** Local dates, both inclusive. */
interface SyncRange {
  first: string;
  last: string;
}

/** Only the fields that are needed later, because there may be many appointments. */
type SeenAppointment = Pick<Appointment, "eventId" | "originalStart" | "localDate" | "outcome" | "confidence">;

/** One calendar's part of a sync. */
interface CalendarSync {
  calendarId: string;
  startedAt: Date;
  /** What the calendar has, by key: a listing that starts again brings events twice. */
  seen: Map<string, SeenAppointment>;
  /** How many deleted events have no known time. */
  unplaced: number;
}

/**
 * Syncs a range of days. Each page of events is a step of the run. The days count as read when all calendars were read to the
 * end. If one calendar cannot be read, the others are read and stored, but the days stay unread.
 * @throws AppError `calendar-unreadable` or `credentials`: for each calendar that could not be read, why and what to do.
 */
export async function syncRange(run: TrackingRun, range: SyncRange): Promise<void> {
  const syncs: CalendarSync[] = [];
  const failures: { calendarId: string; error: AppError }[] = [];
  run.context.step("read-calendars");
  for (const calendarId of run.calendarIds) {
    try {
      syncs.push(await syncCalendar(run, calendarId, range));
    } catch (error) {
      if (!(error instanceof AppError) || !UNREADABLE_CODES.has(error.code)) throw error;
      failures.push({ calendarId, error });
    }
  }
  if (failures.length > 0) {
    await commitStep(run, async (tx) => {
      await recordSyncStatus(tx, syncs, failures, run.context.now);
      return run.state;
    });
    throw combineErrors(failures.map(({ error }) => error));
  }
  await finishRange(run, range, syncs);
}

const UNREADABLE_CODES = new Set(["calendar-unreadable", "credentials"]);

function combineErrors([first, ...others]: AppError[]): AppError {
  const sentences = new Set([first, ...others].map((error) => error?.message));
  return new AppError(first?.code ?? "calendar-unreadable", [...sentences].join("; "));
}

async function syncCalendar(run: TrackingRun, calendarId: string, range: SyncRange): Promise<CalendarSync> {
  const { first, last } = range;
  const sync: CalendarSync = { calendarId, startedAt: run.context.time(), seen: new Map(), unplaced: 0 };
  // One second early: Google lists events that end after `from`, so an event of no length at midnight would be missing.
  const from = new Date(startOfDate(first, run.zone).getTime() - 1_000);
  for await (const events of listEvents(run.reader, calendarId, from, endOfDate(last, run.zone))) {
    const parsed = events
      .map((event) => parseEvent(event, calendarId, run.clock))
      .filter((event) => event !== undefined);
    const stored = await storePage(run, parsed, range, sync.startedAt);
    for (const appointment of stored) sync.seen.set(appointmentKey(appointment), seenFields(appointment));
    sync.unplaced += events.length - stored.length;
  }
  return sync;
}

const seenFields = ({ eventId, originalStart, localDate, outcome, confidence }: Appointment): SeenAppointment => ({
  eventId,
  originalStart,
  localDate,
  outcome,
  confidence,
});

/** Stores the events of a page in one step. @returns them as appointments. */
async function storePage(
  run: TrackingRun,
  events: (AppointmentData | DeletedEvent)[],
  range: SyncRange,
  syncStart: Date,
): Promise<Appointment[]> {
  const appointments = events.filter(hasDetails).map((data) => classify(run, data));
  const deletedEvents = events.filter((event) => !hasDetails(event));
  let restored: Appointment[] = [];
  await commitStep(run, async (tx, changes) => {
    await lockAttendance(tx);
    const written = await writeAppointments(tx, appointments, syncStart);
    // Only now, because other instances of a deleted event's series may have come with this page.
    restored = deletedEvents.length === 0 ? [] : await restoreAll(run, tx, deletedEvents);
    if (restored.length > 0) written.push(...(await writeAppointments(tx, restored, syncStart)));
    changes.push(...(await recomputeDays(tx, [...new Set(written.map(({ date }) => date))])));
    const counts = { ...run.state.counts, requests: run.reader.requests };
    for (const { added, changed } of written.filter(({ date }) => isWithin(range, date))) {
      counts.added += added;
      counts.changed += changed;
    }
    return { ...run.state, counts };
  });
  return [...appointments, ...restored];
}

/** An appointment counts on the date of its start. One that started before the range and reaches into it is listed too. */
const isWithin = ({ first, last }: SyncRange, date: string): boolean => date >= first && date <= last;

const classify = (run: TrackingRun, data: AppointmentData): Appointment => ({
  ...data,
  ...classifyAppointment(data, run.consultants, run.context.now),
});

async function restoreAll(run: TrackingRun, tx: Db, deletedEvents: DeletedEvent[]): Promise<Appointment[]> {
  const templates = await loadTemplates(tx, deletedEvents);
  const restored = deletedEvents.map((event) => restoreDeleted(event, templates.get(appointmentKey(event)), run.clock));
  return restored.filter((data) => data !== undefined).map((data) => classify(run, data));
}

/** All calendars were read to the end: marks missing appointments as gone and computes the days. */
async function finishRange(run: TrackingRun, range: SyncRange, syncs: CalendarSync[]): Promise<void> {
  const { now } = run.context;
  run.context.step("compute-days");
  await commitStep(run, async (tx, changes) => {
    await lockAttendance(tx);
    let gone = 0;
    for (const { calendarId, seen, startedAt } of syncs) {
      gone += (await markGone(tx, calendarId, range, [...seen.values()], startedAt, now)).length;
    }
    const dates = datesBetween(range.first, range.last);
    await deleteImported(tx, dates);
    const days = dates.map((date) => ({ date, over: endOfDate(date, run.zone) <= now }));
    const startedAt = new Date(Math.min(...syncs.map((sync) => Number(sync.startedAt))));
    changes.push(...(await computeDays(tx, days, "calendar", startedAt)));
    await recordSyncStatus(tx, syncs, [], now);
    const { state } = run;
    const counts = { ...state.counts, daysRead: state.counts.daysRead + dates.length, gone: state.counts.gone + gone };
    for (const sync of syncs) addCounts(counts, sync, range);
    return { ...state, next: addDays(range.last, 1), done: countDays(state.first, range.last), counts };
  });
}

function addCounts(counts: TrackingCounts, { seen, unplaced }: CalendarSync, range: SyncRange): void {
  const inRange = [...seen.values()].filter(({ localDate }) => isWithin(range, localDate));
  counts.appointments += inRange.length;
  counts.placeholders += inRange.filter(({ outcome }) => outcome === "placeholder").length;
  counts.uncertain += inRange.filter(({ confidence }) => confidence === "low").length;
  counts.unplaced += unplaced;
}

/** Commits a step of the run. Notes its changes only after the commit, so that a step that is retried counts once. */
async function commitStep(
  run: TrackingRun,
  work: (tx: Db, changes: DayChange[]) => Promise<TrackingState>,
): Promise<void> {
  let changes: DayChange[] = [];
  run.state = await run.context.checkpoint((tx) => {
    changes = [];
    return work(tx, changes);
  });
  for (const change of changes) mergeChange(run.changes, change);
}
