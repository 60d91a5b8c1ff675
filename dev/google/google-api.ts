import { describeError } from "../../lib/errors.ts";
import type { Handler } from "../../lib/http/handler.ts";
import { log } from "../../lib/log.ts";
import { createTokenIssuer } from "./access-tokens.ts";
import { ApiError, apiError, unsupported } from "./api-errors.ts";
import type { TokenGrant } from "./assertion.ts";
import type { CalendarEvent, CalendarSource } from "./calendar-source.ts";
import { eventResponse } from "./event-response.ts";
import { applyMask, parseFields } from "./field-mask.ts";
import { listResponse, type SharedCalendar } from "./list-events.ts";
import { parseListQuery } from "./list-query.ts";
import { parseZone } from "./parameters.ts";
import { parsePatch } from "./parse-patch.ts";
import { EVENT_NAMES } from "./resource-fields.ts";

const EVENTS = /^\/calendar\/v3\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/;
const READ = /\/calendar(\.readonly|\.app\.created|\.events(\.owned|\.public)?(\.readonly)?|\.events\.freebusy)?$/;
const WRITE = /\/calendar(\.app\.created|\.events|\.events\.owned)?$/;

export interface ApiOptions {
  /** The maximum sizes of the first pages of a list. */
  pageSizes?: readonly number[];
  /** The clock of tokens. The default is the real one, because clients sign with the real time. */
  clock?: () => Date;
}

/**
 * A stand-in for Google Calendar (API v3) and its token endpoint: POST to a path that ends in `/token`, and list, get and patch
 * below `/calendar/v3/calendars/{calendarId}/events`. Answers 400 to everything else that Google would support.
 */
export function createGoogleApi(
  source: CalendarSource,
  { pageSizes = [], clock = () => new Date() }: ApiOptions = {},
): Handler {
  const tokens = createTokenIssuer(source, clock);
  return async (request) => {
    try {
      const url = new URL(request.url);
      if (request.method === "POST" && url.pathname.endsWith("/token")) return await tokens.exchange(request);
      const [, calendarId, eventId] = EVENTS.exec(url.pathname) ?? [];
      if (calendarId === undefined) throw apiError("notFound");
      const grant = tokens.requireToken(request);
      const shared = openSharedCalendar(source, grant, decodeSegment(calendarId));
      if (eventId !== undefined) return await answerEvent(request, url, shared, decodeSegment(eventId), grant);
      if (request.method !== "GET") throw unsupported(`${request.method} events`);
      const query = parseListQuery(shared.calendarId, url.searchParams);
      return Response.json(await listResponse(shared, query, pageSizes, source.now()));
    } catch (error) {
      return answerError(error);
    }
  };
}

/** @throws ApiError `notFound` for an unknown calendar, and for one that is not shared, as Google does. */
function openSharedCalendar(
  source: CalendarSource,
  { account, scopes }: TokenGrant,
  calendarId: string,
): SharedCalendar {
  if (!scopes.some((scope) => READ.test(scope))) throw apiError("insufficientPermissions");
  const calendar = source.calendar(calendarId);
  const role = source.accessRole(calendarId, account);
  if (calendar === undefined || role === undefined) throw apiError("notFound");
  return { calendarId, calendar, role };
}

async function answerEvent(
  request: Request,
  { searchParams }: URL,
  shared: SharedCalendar,
  eventId: string,
  grant: TokenGrant,
): Promise<Response> {
  const { calendar, calendarId, role } = shared;
  const stored = await calendar.event(eventId);
  if (stored === undefined) throw apiError("notFound");
  const mask = searchParams.has("fields") ? parseFields(searchParams.get("fields") ?? "", EVENT_NAMES) : true;
  const zone = parseZone(searchParams.get("timeZone") ?? undefined) ?? calendar.timeZone;
  const context = { role, zone, calendarId, calendarZone: calendar.timeZone };
  const respond = (event: CalendarEvent) => Response.json(applyMask(eventResponse(event, context), mask));
  if (request.method === "GET") return respond(stored);
  if (request.method !== "PATCH") throw unsupported(`${request.method} of an event`);
  if (!grant.scopes.some((scope) => WRITE.test(scope))) throw apiError("insufficientPermissions");
  if (role !== "owner" && role !== "writer") throw apiError("requiredAccessLevel");
  return respond((await calendar.edit(eventId, await parsePatch(request, stored, calendar.timeZone))) ?? stored);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw apiError("badRequest");
  }
}

/** The response for an error. Internal errors are shown in full, because only developers use this stand-in. */
function answerError(thrown: unknown): Response {
  if (thrown instanceof ApiError) return thrown.response();
  const { code, message } = describeError(thrown);
  log("error", "google_stand_in_failed", { error: { code, message } });
  return apiError("backendError", `Backend Error: ${message}`).response();
}
