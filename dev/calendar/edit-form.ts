import * as z from "zod";
import { fieldError } from "../../lib/errors.ts";
import { line } from "../../lib/http/fields.ts";
import { parse } from "../../lib/http/parse.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../lib/time/wall-minutes.ts";
import type { CalendarEvent, EventPatch, EventTime } from "../google/calendar-source.ts";
import { instantOf } from "../google/event-times.ts";

/** The form with which a person edits an event. Pure. */

/** Google's event colours by id. */
export const COLOURS: Readonly<Record<string, string>> = {
  "1": "Lavender",
  "2": "Sage",
  "3": "Grape",
  "4": "Flamingo",
  "5": "Banana",
  "6": "Tangerine",
  "7": "Peacock",
  "8": "Graphite",
  "9": "Blueberry",
  "10": "Basil",
  "11": "Tomato",
};

const LONGEST_TITLE = 300;

/** The texts of the form's fields, as the page shows them and as the browser sends them back. */
export interface EventFields {
  title: string;
  /** A colour's id; empty for none. */
  colour: string;
  /** Local time `YYYY-MM-DDTHH:MM` in the calendar's zone; for an all-day event its first and its last date. */
  start: string;
  end: string;
}

/** The form's fields for an event. */
export function fieldsOf(event: CalendarEvent, zone: string): EventFields {
  return {
    title: event.summary ?? "",
    colour: event.colorId ?? "",
    start: timeText(event.start, zone),
    end: "date" in event.end ? addDays(event.end.date, -1) : timeText(event.end, zone),
  };
}

const form = z.object({
  action: z.enum(["save", "delete", "restore"], { error: "save, delete or restore" }),
  title: line(LONGEST_TITLE),
  colour: z.string({ error: "a colour" }),
  start: z.string({ error: "a local time" }),
  end: z.string({ error: "a local time" }),
});

/**
 * Parses a submitted form into a patch. Unchanged fields are not in it.
 * @throws AppError `invalid-parameter` (400) with the field, what was expected and what came.
 */
export function parseForm(submitted: Record<string, string>, event: CalendarEvent, zone: string): EventPatch {
  if (submitted.action === "delete") return { status: "cancelled" };
  if (submitted.action === "restore") return { status: "confirmed" };
  const fields = parse(form, submitted, "invalid-parameter");
  const before = fieldsOf(event, zone);
  const patch: EventPatch = {
    ...(fields.title === before.title ? {} : { summary: fields.title }),
    ...(fields.colour === before.colour ? {} : { colorId: parseColour(fields.colour) }),
    ...(fields.start === before.start ? {} : { start: parseTime("start", fields.start, event.start, zone) }),
    ...(fields.end === before.end ? {} : { end: parseTime("end", fields.end, event.end, zone) }),
  };
  const { start, end } = { ...event, ...patch };
  if (instantOf(end, zone) >= instantOf(start, zone)) return patch;
  throw formError("end", `${fields.start} or later`, fields.end);
}

const formError = (field: string, expected: string, got: string): Error =>
  fieldError("invalid-parameter", { field, expected, got: JSON.stringify(got) });

function parseColour(colour: string): string | null {
  if (colour === "" || Object.hasOwn(COLOURS, colour)) return colour || null;
  throw formError("colour", "one of 1 to 11, or none", colour);
}

/** @param before The time before the edit: an all-day event stays an all-day event. */
function parseTime(field: "start" | "end", text: string, before: EventTime, zone: string): EventTime {
  const isDate = "date" in before;
  const wall = isDate ? wallOfDate(text) : Date.parse(`${text}Z`) / MINUTE_MS;
  const example = isDate ? "a date such as 2026-02-09" : "a local time such as 2026-02-09T14:30";
  if (!Number.isFinite(wall) || text < "2000" || wallText(wall).slice(0, isDate ? 10 : 16) !== text) {
    throw formError(field, example, text);
  }
  if (isDate) return { date: field === "end" ? addDays(text, 1) : text };
  const { instant, exists } = wallClock(zone).at(wall);
  if (!exists) throw formError(field, `a time that the clocks of ${zone} do not skip`, text);
  return { dateTime: new Date(instant).toISOString(), timeZone: zone };
}

function timeText(time: EventTime, zone: string): string {
  return "date" in time ? time.date : wallText(wallClock(zone).wallAt(Date.parse(time.dateTime)));
}

const wallText = (wall: number): string => new Date(wall * MINUTE_MS).toISOString().slice(0, 16);

const addDays = (date: string, days: number): string => dateOfWall(wallOfDate(date) + days * DAY_MINUTES);
