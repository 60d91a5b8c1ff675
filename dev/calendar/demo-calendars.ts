import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../lib/time/wall-minutes.ts";
import { applyPatch, type Calendar, type CalendarEvent, type CalendarSource } from "../google/calendar-source.ts";
import type { ServiceAccount } from "../google/service-account.ts";
import { CALENDARS, eventsOn, findEvent, MAX_EVENT_DAYS } from "./demo-events.ts";
import { type EventEdit, readEdits, writeEdits } from "./edits-file.ts";
import { CLOCK, ZONE } from "./planned-event.ts";

/** The calendars are empty before this date. */
const EARLIEST_DATE = "2020-01-01";
/** The calendars are empty after so many days from today, although series have no end. */
const DAYS_AHEAD = 90;

/**
 * The demo club's calendars: generated events with people's edits. One account may read them.
 * @param file Stores the edits. The first edit creates it.
 */
export function demoCalendars(
  file: string,
  account: Pick<ServiceAccount, "email" | "publicKey">,
  now: () => Date,
): CalendarSource {
  const calendars = new Map(Object.keys(CALENDARS).map((id) => [id, demoCalendar(id, file, now)]));
  return {
    now,
    publicKeyOf: (email) => (email === account.email ? account.publicKey : undefined),
    calendar: (id) => calendars.get(id),
    accessRole: (_, email) => (email === account.email ? "reader" : undefined),
  };
}

function demoCalendar(id: string, file: string, now: () => Date): Calendar {
  const event = async (eventId: string): Promise<CalendarEvent | undefined> => {
    const generated = findEvent(id, eventId, now());
    return generated && applyEdit(generated, (await readEdits(file))[id]?.[eventId]);
  };
  return {
    summary: CALENDARS[id] ?? id,
    timeZone: ZONE,
    async events(from, to) {
      const edits = (await readEdits(file))[id] ?? {};
      const instant = now();
      const generated = datesOf(from, to, instant).flatMap((date) => eventsOn(id, date, instant));
      const ids = new Set(generated.map((event) => event.id));
      // An edit may have moved an event into the range from any other date.
      const editedElsewhere = Object.keys(edits).filter((eventId) => !ids.has(eventId));
      const others = editedElsewhere.flatMap((eventId) => findEvent(id, eventId, instant) ?? []);
      return [...generated, ...others].map((event) => applyEdit(event, edits[event.id]));
    },
    event,
    async edit(eventId, patch) {
      if ((await event(eventId)) === undefined) return undefined;
      await inTurn(async () => {
        const edits = await readEdits(file);
        const before = edits[id]?.[eventId];
        const edit = {
          patch: { ...before?.patch, ...patch },
          updated: now().toISOString(),
          count: (before?.count ?? 0) + 1,
        };
        await writeEdits(file, { ...edits, [id]: { ...edits[id], [eventId]: edit } });
      });
      return event(eventId);
    },
  };
}

/** An event with a person's edit, which wins over later changes by the demo. */
function applyEdit(event: CalendarEvent, edit: EventEdit | undefined): CalendarEvent {
  if (edit === undefined) return event;
  const updated = edit.updated > event.updated ? edit.updated : event.updated;
  return { ...applyPatch(event, edit.patch, new Date(updated)), sequence: event.sequence + edit.count };
}

/** The local dates whose events may overlap a range. */
function datesOf(from: Date | undefined, to: Date | undefined, now: Date): string[] {
  const dayOf = (instant: Date) => Math.floor(CLOCK.wallAt(instant.getTime()) / DAY_MINUTES);
  const earliest = wallOfDate(EARLIEST_DATE) / DAY_MINUTES;
  const latest = dayOf(now) + DAYS_AHEAD;
  const first = from === undefined ? earliest : Math.max(earliest, dayOf(from) - MAX_EVENT_DAYS);
  const last = to === undefined ? latest : Math.min(latest, dayOf(to));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, day) => dateOfWall((first + day) * DAY_MINUTES));
}

let writing: Promise<unknown> = Promise.resolve();

/** Runs edits one after the other, so that two edits at once both count. Between processes the later one wins. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const turn = writing.then(work);
  writing = turn.catch(() => {}); // the caller gets the error, and the next edit runs
  return turn;
}
