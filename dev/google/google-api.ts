import { describeError } from "../../lib/errors.ts";
import type { Handler } from "../../lib/http/handler.ts";
import { log } from "../../lib/log.ts";
import { tokenDesk } from "./access-tokens.ts";
import { GoogleError, refusal, unsupported } from "./api-errors.ts";
import type { Grant } from "./assertion.ts";
import type { CalendarEvent, CalendarSource } from "./calendar-source.ts";
import { viewOf } from "./event-response.ts";
import { parseFields, pick } from "./field-mask.ts";
import { listEvents, type Shared } from "./list-events.ts";
import { listQueryOf } from "./list-query.ts";
import { zoneOf } from "./parameters.ts";
import { patchIn } from "./parse-patch.ts";
import { EVENT_NAMES } from "./resource-fields.ts";

const EVENTS = /^\/calendar\/v3\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/;
const READ = /\/calendar(\.readonly|\.app\.created|\.events(\.owned|\.public)?(\.readonly)?|\.events\.freebusy)?$/;
const WRITE = /\/calendar(\.app\.created|\.events|\.events\.owned)?$/;

export interface ServiceOptions {
  /** At most how many events the first pages of a list hold. */
  pageSizes?: readonly number[];
  /** Of tokens: the real one, by which clients sign, whatever time it is on the calendars. */
  clock?: () => Date;
}

/**
 * A stand-in for Google Calendar (API v3) and its token endpoint, as documented: POST to a path that ends in `/token`, and
 * below `/calendar/v3/calendars/{calendarId}/events` list, get and patch. What it cannot do it says, with status 400.
 */
export function googleCalendar(
  source: CalendarSource,
  { pageSizes = [], clock = () => new Date() }: ServiceOptions = {},
): Handler {
  const desk = tokenDesk(source, clock);
  return async (request) => {
    try {
      const url = new URL(request.url);
      if (request.method === "POST" && url.pathname.endsWith("/token")) return await desk.exchange(request);
      const [, calendarId, eventId] = EVENTS.exec(url.pathname) ?? [];
      if (calendarId === undefined) throw refusal("notFound");
      const grant = desk.bearerOf(request);
      const shared = open(source, grant, decoded(calendarId));
      if (eventId !== undefined) return await answerEvent(request, url, shared, decoded(eventId), grant);
      if (request.method !== "GET") throw unsupported(`${request.method} events`);
      const query = listQueryOf(shared.calendarId, url.searchParams);
      return Response.json(await listEvents(shared, query, pageSizes, source.now()));
    } catch (error) {
      return answerError(error);
    }
  };
}

/** @throws GoogleError `notFound` also for a calendar that was not shared: Google does not tell. */
function open(source: CalendarSource, { account, scopes }: Grant, calendarId: string): Shared {
  if (!scopes.some((scope) => READ.test(scope))) throw refusal("insufficientPermissions");
  const calendar = source.calendar(calendarId);
  const role = source.accessRole(calendarId, account);
  if (calendar === undefined || role === undefined) throw refusal("notFound");
  return { calendarId, calendar, role };
}

async function answerEvent(
  request: Request,
  { searchParams }: URL,
  shared: Shared,
  eventId: string,
  grant: Grant,
): Promise<Response> {
  const { calendar, calendarId, role } = shared;
  const stored = await calendar.event(eventId);
  if (stored === undefined) throw refusal("notFound");
  const mask = searchParams.has("fields") ? parseFields(searchParams.get("fields") ?? "", EVENT_NAMES) : true;
  const zone = zoneOf(searchParams.get("timeZone") ?? undefined) ?? calendar.timeZone;
  const viewer = { role, zone, calendarId, calendarZone: calendar.timeZone };
  const answer = (event: CalendarEvent) => Response.json(pick(viewOf(event, viewer), mask));
  if (request.method === "GET") return answer(stored);
  if (request.method !== "PATCH") throw unsupported(`${request.method} of an event`);
  if (!grant.scopes.some((scope) => WRITE.test(scope))) throw refusal("insufficientPermissions");
  if (role !== "owner" && role !== "writer") throw refusal("requiredAccessLevel");
  return answer((await calendar.edit(eventId, await patchIn(request, stored, calendar.timeZone))) ?? stored);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw refusal("badRequest");
  }
}

/** What goes wrong in here is told in full: nobody but a developer calls this service. */
function answerError(thrown: unknown): Response {
  if (thrown instanceof GoogleError) return thrown.response();
  const { code, message } = describeError(thrown);
  log("error", "google_stand_in_failed", { error: { code, message } });
  return refusal("backendError", `Backend Error: ${message}`).response();
}
