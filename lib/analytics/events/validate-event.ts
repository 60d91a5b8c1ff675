import { correctClock } from "./clock.ts";
import { MAX_URL, parsePageUrl, referrerHost, utmParameters } from "./page-url.ts";
import { type Quality, scoreQuality } from "./quality.ts";
import { type Rejection, reject } from "./reject-reason.ts";
import { parseUserAgent } from "./user-agent.ts";

/** What the HTTP request says about its events. The IP address is not included; `visitor` is a hash made from it. */
export interface RequestContext {
  userAgent?: string | undefined;
  /** Identifies a visitor without an id for one day (visitor-hash.ts). */
  visitor: string;
  country?: string | undefined;
  region?: string | undefined;
  city?: string | undefined;
  /** When the request was sent, by the sender's clock. */
  sentAt?: unknown;
}

/** An event as it was received. */
export interface ReceivedEvent {
  eventId: string;
  receivedAt: Date;
  payload: Record<string, unknown>;
  context: RequestContext;
}

/** A valid event with everything derived from it, except its `event_data`, which is copied in the database. */
export interface ValidEvent extends Quality {
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
/** The maximum length of the id of an event, a session or a visitor, in characters. */
const MAX_ID = 128;

/** Validates and enriches an event (docs/domain.md, section 8). */
export function validateEvent({ payload, context, receivedAt }: ReceivedEvent): ValidEvent | Rejection {
  const rejection = findRejection(payload);
  if (rejection !== undefined) return rejection;
  const { page_url: url, session_id: session, visitor_id: visitor } = payload;
  const eventType = (payload.event_type as string).trim();
  const page = isStated(url) ? parsePageUrl(url as string) : undefined;
  const { occurredAt, isStated: isTimeStated } = correctClock(payload.occurred_at, context.sentAt, receivedAt);
  const visitorId = isStated(visitor) ? (visitor as string) : context.visitor;
  return {
    occurredAt,
    eventType,
    pageView: page !== undefined && PAGE_VIEW_TYPES.has(eventType),
    pageUrl: page?.url ?? null,
    page: page?.name ?? null,
    sessionKey: isStated(session) ? (session as string) : visitorId,
    visitorId,
    referrer: referrerHost(
      payload.referrer ?? (payload.event_data as { referrer?: unknown } | null | undefined)?.referrer,
      page?.host,
    ),
    utm: utmParameters(page?.query),
    ...parseUserAgent(context.userAgent),
    country: context.country ?? null,
    region: context.region ?? null,
    city: context.city ?? null,
    ...scoreQuality({ page: page !== undefined, session: isStated(session), time: isTimeStated }),
  };
}

/** Whether the result of a validation is a rejection. */
export const isRejection = (result: ValidEvent | Rejection): result is Rejection => "reason" in result;

/** Events of these types are views of their page; for other types the page is only where they happened. */
const PAGE_VIEW_TYPES = new Set(["page_view", "pageview"]);

/** Browser code often sends an empty text for a missing value. */
const isStated = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The first fault of a payload. */
function findRejection(payload: Record<string, unknown>): Rejection | undefined {
  const { event_type: type, page_url: url, event_data: data } = payload;
  if (!isStated(type)) return reject("event-type-missing", "event_type", A_LABEL, type);
  if (typeof type !== "string" || type.length > MAX_LABEL || type.trim() === "") {
    return reject("event-type-invalid", "event_type", A_LABEL, type);
  }
  if (isStated(url) && (typeof url !== "string" || url.length > MAX_URL || parsePageUrl(url) === undefined)) {
    return reject("page-url-invalid", "page_url", `an http or https URL of at most ${MAX_URL} characters`, url);
  }
  for (const [field, reason] of IDS) {
    const id = payload[field];
    if (isStated(id) && !isId(id)) return reject(reason, field, `an id of at most ${MAX_ID} characters`, id);
  }
  if (isStated(data) && (typeof data !== "object" || Array.isArray(data))) {
    return reject("event-data-invalid", "event_data", "a JSON object", data);
  }
}

const A_LABEL = `a text of 1 to ${MAX_LABEL} characters`;

const IDS = [
  ["event_id", "event-id-invalid"],
  ["session_id", "session-id-invalid"],
  ["visitor_id", "visitor-id-invalid"],
] as const;

/** Whether a value can be the id of an event, a session or a visitor. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= MAX_ID;
