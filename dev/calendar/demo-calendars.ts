import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../lib/time/wall-clock.ts";
import { type Calendar, type CalendarEvent, type CalendarSource, patched } from "../google/calendar-source.ts";
import type { ServiceAccount } from "../google/service-account.ts";
import { appointmentById, appointmentsOn, CALENDARS, REACH_DAYS } from "./demo-events.ts";
import { type Edit, readEdits, writeEdits } from "./edits-file.ts";
import { CLOCK, ZONE } from "./planned-event.ts";

/** Before this nothing is in the calendars. */
const FIRST_DATE = "2020-01-01";
/** Series have no end; beyond this many days ahead nobody has looked. */
const DAYS_AHEAD = 90;

/**
 * The demo club's calendars, shared with one account that may read them, and changed by what people edit.
 * @param file Where the edits are kept; made with the first one.
 */
export function appointmentBook(
  file: string,
  account: Pick<ServiceAccount, "email" | "publicKey">,
  now: () => Date,
): CalendarSource {
  const calendars = new Map(Object.keys(CALENDARS).map((id) => [id, calendarOf(id, file, now)]));
  return {
    now,
    publicKeyOf: (email) => (email === account.email ? account.publicKey : undefined),
    calendar: (id) => calendars.get(id),
    accessRole: (_, email) => (email === account.email ? "reader" : undefined),
  };
}

function calendarOf(id: string, file: string, now: () => Date): Calendar {
  const event = async (eventId: string): Promise<CalendarEvent | undefined> => {
    const made = appointmentById(id, eventId, now());
    return made && edited(made, (await readEdits(file))[id]?.[eventId]);
  };
  return {
    summary: CALENDARS[id] ?? id,
    timeZone: ZONE,
    async events(from, to) {
      const edits = (await readEdits(file))[id] ?? {};
      const instant = now();
      const made = datesOf(from, to, instant).flatMap((date) => appointmentsOn(id, date, instant));
      const known = new Set(made.map((one) => one.id));
      // An event may have been moved into the range from anywhere.
      const moved = Object.keys(edits).filter((eventId) => !known.has(eventId));
      const strangers = moved.flatMap((eventId) => appointmentById(id, eventId, instant) ?? []);
      return [...made, ...strangers].map((one) => edited(one, edits[one.id]));
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

/** An event with what people changed of it, which holds whatever becomes of the rest. */
function edited(event: CalendarEvent, edit: Edit | undefined): CalendarEvent {
  if (edit === undefined) return event;
  const updated = edit.updated > event.updated ? edit.updated : event.updated;
  return { ...patched(event, edit.patch, new Date(updated)), sequence: event.sequence + edit.count };
}

/** The local dates whose events may touch a range. */
function datesOf(from: Date | undefined, to: Date | undefined, now: Date): string[] {
  const dayOf = (instant: Date) => Math.floor(CLOCK.wallAt(instant.getTime()) / DAY_MINUTES);
  const earliest = wallOfDate(FIRST_DATE) / DAY_MINUTES;
  const latest = dayOf(now) + DAYS_AHEAD;
  const first = from === undefined ? earliest : Math.max(earliest, dayOf(from) - REACH_DAYS);
  const last = to === undefined ? latest : Math.min(latest, dayOf(to));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, day) => dateOfWall((first + day) * DAY_MINUTES));
}

let writing: Promise<unknown> = Promise.resolve();

/** One after the other, so that of two edits at once both count. Between processes the later one wins. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const turn = writing.then(work);
  writing = turn.catch(() => {}); // whoever edits hears of it, and the next one gets a turn
  return turn;
}
