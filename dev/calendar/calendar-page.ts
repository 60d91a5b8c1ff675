import * as z from "zod";
import { AppError, describeError } from "../../lib/errors.ts";
import { calendarDate } from "../../lib/http/fields.ts";
import { requireKnownOrigin } from "../../lib/http/origin.ts";
import { parse, queryOf } from "../../lib/http/parse.ts";
import { localDate, periodOfDate } from "../../lib/time/periods.ts";
import type { Calendar, CalendarSource } from "../google/calendar-source.ts";
import { instantOf, touches } from "../google/event-times.ts";
import { CALENDARS } from "./demo-events.ts";
import { parseForm } from "./edit-form.ts";
import { addressOf, dayPage, sentencePage } from "./page-html.ts";
import { ZONE } from "./planned-event.ts";

const IDS = Object.keys(CALENDARS);
const query = z.object({
  calendar: z.enum(IDS, { error: `one of ${IDS.join(" and ")}` }).default(IDS[0] ?? ""),
  date: calendarDate.optional(),
});

/**
 * Answers `/dev/calendar?calendar=…&date=YYYY-MM-DD` (local run only): a day of a demo calendar, by default today, with a form
 * for each event. A POST changes an event and redirects to the day.
 */
export async function calendarPage(request: Request, source: CalendarSource): Promise<Response> {
  try {
    const { calendar: calendarId, date = localDate(source.now(), ZONE) } = parse(
      query,
      queryOf(request),
      "invalid-parameter",
    );
    const calendar = source.calendar(calendarId);
    if (calendar === undefined) throw new AppError("not-found", `calendar: ${calendarId} does not exist`);
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
    .sort((a, b) => instantOf(a.start, zone) - instantOf(b.start, zone) || (a.id < b.id ? -1 : 1));
  return page(dayPage({ calendarId, date, zone, events, origin: new URL(request.url).origin }));
}

/** @throws AppError 404 for an unknown event, 400 for invalid fields. */
async function changeEvent(form: URLSearchParams, calendar: Calendar): Promise<void> {
  const eventId = form.get("event") ?? "";
  const event = await calendar.event(eventId);
  if (event === undefined)
    throw new AppError("not-found", `event: ${JSON.stringify(eventId.slice(0, 80))} does not exist`);
  const patch = parseForm(Object.fromEntries(form), event, calendar.timeZone);
  if (Object.keys(patch).length > 0) await calendar.edit(eventId, patch);
}

/** The target of the error page's link: the same day after a POST, today otherwise, because the query may be wrong. */
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
      "Referrer-Policy": "same-origin", // "no-referrer" would also hide the origin of a form
    },
  });
}
