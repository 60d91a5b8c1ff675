import * as z from "zod";
import { AppError, describeError } from "../../lib/errors.ts";
import { calendarDate } from "../../lib/http/fields.ts";
import { requireKnownOrigin } from "../../lib/http/origin.ts";
import { parse, queryOf } from "../../lib/http/parse.ts";
import { localDate, periodOfDate } from "../../lib/time/periods.ts";
import type { Calendar, CalendarSource } from "../google/calendar-source.ts";
import { instantOf, touches } from "../google/event-times.ts";
import { CALENDARS } from "./demo-events.ts";
import { patchOf } from "./edit-form.ts";
import { addressOf, dayPage, sentencePage } from "./page-html.ts";
import { ZONE } from "./planned-event.ts";

const IDS = Object.keys(CALENDARS);
const query = z.object({
  calendar: z.enum(IDS, { error: `one of ${IDS.join(" and ")}` }).default(IDS[0] ?? ""),
  date: calendarDate.optional(),
});

/**
 * `/dev/calendar?calendar=…&date=YYYY-MM-DD`, on the local run only: a day of a calendar of the demo club, today's unless
 * another is asked for, and a form for each event. A POST changes an event and leads back to the day.
 */
export async function calendarPage(request: Request, source: CalendarSource): Promise<Response> {
  try {
    const { calendar: calendarId, date = localDate(source.now(), ZONE) } = parse(
      query,
      queryOf(request),
      "invalid-parameter",
    );
    const calendar = source.calendar(calendarId);
    if (calendar === undefined) throw new AppError("not-found", `calendar: there is no ${calendarId}`);
    if (request.method !== "POST") return await showDay(request, calendarId, calendar, date);
    requireKnownOrigin(request);
    await changeEvent(new URLSearchParams(await request.text()), calendar);
    return new Response(null, { status: 303, headers: { Location: addressOf(calendarId, date) } });
  } catch (error) {
    const status = error instanceof AppError ? error.status : 500;
    return page(sentencePage(describeError(error).message, backOf(request)), status);
  }
}

async function showDay(request: Request, calendarId: string, calendar: Calendar, date: string): Promise<Response> {
  const { timeZone: zone } = calendar;
  const { start, end } = periodOfDate("day", date, zone);
  const events = (await calendar.events(start, end))
    .filter((event) => touches(event, start.getTime(), end.getTime(), zone))
    .sort((one, other) => instantOf(one.start, zone) - instantOf(other.start, zone) || (one.id < other.id ? -1 : 1));
  return page(dayPage({ calendarId, date, zone, events, origin: new URL(request.url).origin }));
}

/** @throws AppError 404 for no such event, 400 for what is no change of it. */
async function changeEvent(form: URLSearchParams, calendar: Calendar): Promise<void> {
  const eventId = form.get("event") ?? "";
  const event = await calendar.event(eventId);
  if (event === undefined)
    throw new AppError("not-found", `event: there is no ${JSON.stringify(eventId.slice(0, 80))}`);
  const patch = patchOf(Object.fromEntries(form), event, calendar.timeZone);
  if (Object.keys(patch).length > 0) await calendar.edit(eventId, patch);
}

/** To the page that was asked for, unless that is what was wrong. */
function backOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return request.method === "POST" ? `${pathname}${search}` : pathname;
}

const CSP = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function page(html: string, status = 200): Response {
  return new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": CSP,
      "Referrer-Policy": "same-origin", // with none at all a browser hides the origin of a form too
    },
  });
}
