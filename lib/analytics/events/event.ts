import { type Quality, scoreQuality } from "../reports/quality.ts";
import { parseUserAgent } from "./client.ts";
import { correctClock } from "./clock.ts";
import { MAX_URL, pageOf, referrerHost, utmParameters } from "./page.ts";
import { type Problem, problem } from "./reject-reason.ts";

/** What the request itself told of an event. The address it came from is not part of it: only `visitor` is made of it. */
export interface Context {
  userAgent?: string | undefined;
  /** Who that is on this day (visitor.ts). */
  visitor: string;
  country?: string | undefined;
  region?: string | undefined;
  city?: string | undefined;
  /** When it was sent, by the sender's clock. */
  sentAt?: unknown;
}

/** An event as it was received. */
export interface Received {
  eventId: string;
  receivedAt: Date;
  payload: Record<string, unknown>;
  context: Context;
}

/** What was found out about an event that counts; what it was sent with beside (`event_data`) stays where it is. */
export interface Staged extends Quality {
  occurredAt: Date;
  eventType: string;
  pageView: boolean;
  pageUrl: string | null;
  page: string | null;
  sessionKey: string;
  visitorId: string;
  referrer: string | null;
  utm: Record<"source" | "medium" | "campaign" | "term" | "content", string | null>;
  device: string;
  browser: string | null;
  os: string | null;
  bot: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
}

const MAX_LABEL = 255;
/** Of an event's, a session's and a visitor's id, in characters. */
const MAX_ID = 128;

/** Judges an event and finds out what there is to know of it (domain, section 8). */
export function judge({ payload, context, receivedAt }: Received): Staged | Problem {
  const problem = problemOf(payload);
  if (problem !== undefined) return problem;
  const { page_url: url, session_id: session, visitor_id: visitor } = payload;
  const eventType = (payload.event_type as string).trim();
  const visited = isGiven(url) ? pageOf(url as string) : undefined;
  const occurrence = correctClock(payload.occurred_at, context.sentAt, receivedAt);
  const visitorId = isGiven(visitor) ? (visitor as string) : context.visitor;
  return {
    occurredAt: occurrence.at,
    eventType,
    pageView: visited !== undefined && PAGE_VIEWS.has(eventType),
    pageUrl: visited?.url ?? null,
    page: visited?.page ?? null,
    sessionKey: isGiven(session) ? (session as string) : visitorId,
    visitorId,
    referrer: referrerHost(
      payload.referrer ?? (payload.event_data as { referrer?: unknown } | null | undefined)?.referrer,
      visited?.host,
    ),
    utm: utmParameters(visited?.query),
    ...parseUserAgent(context.userAgent),
    country: context.country ?? null,
    region: context.region ?? null,
    city: context.city ?? null,
    ...scoreQuality({ page: visited !== undefined, session: isGiven(session), time: occurrence.given }),
  };
}

/** Whether an event cannot be taken further. */
export const isRejection = (judged: Staged | Problem): judged is Problem => "reason" in judged;

/** Types that are views of a page; of all other types a page is only where they happened. */
const PAGE_VIEWS = new Set(["page_view", "pageview"]);

/** What is not said; browsers' code often says it with an empty text. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The first thing that is wrong with what was sent. */
function problemOf(payload: Record<string, unknown>): Problem | undefined {
  const { event_type: type, page_url: url, event_data: data } = payload;
  if (!isGiven(type)) return problem("event-type-missing", "event_type", A_LABEL, type);
  if (typeof type !== "string" || type.length > MAX_LABEL || type.trim() === "") {
    return problem("event-type-invalid", "event_type", A_LABEL, type);
  }
  if (isGiven(url) && (typeof url !== "string" || url.length > MAX_URL || pageOf(url) === undefined)) {
    return problem("page-url-invalid", "page_url", `an http or https URL of at most ${MAX_URL} characters`, url);
  }
  for (const [field, reason] of IDS) {
    const id = payload[field];
    if (isGiven(id) && !isId(id)) return problem(reason, field, `an id of at most ${MAX_ID} characters`, id);
  }
  if (isGiven(data) && (typeof data !== "object" || Array.isArray(data))) {
    return problem("event-data-invalid", "event_data", "a JSON object", data);
  }
}

const A_LABEL = `a text of 1 to ${MAX_LABEL} characters`;

const IDS = [
  ["event_id", "event-id-invalid"],
  ["session_id", "session-id-invalid"],
  ["visitor_id", "visitor-id-invalid"],
] as const;

/** Whether something can be what an event, a session or a visitor is known by. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= MAX_ID;
