import type * as z from "zod";
import type { Db } from "../../db/db.ts";
import { describeError, fieldError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { JSON_OR_TEXT, LARGEST_BODY, parseBody, readBody } from "../../http/body.ts";
import { addressOf } from "../../http/client-address.ts";
import { type Call, operation, Reply } from "../../http/operation.ts";
import { limitByAddress } from "../../http/rate-limit/rate-limit.ts";
import { log } from "../../log.ts";
import type { RequestContext } from "../events/validate-event.ts";
import { visitorHash } from "../events/visitor-hash.ts";
import type { DeadLetter } from "../pipeline/dead-letters.ts";
import { processEvents } from "../pipeline/pipeline.ts";
import { requireCustomer, type WritableSite } from "../sites/access.ts";
import { customerHeader } from "../sites/site-pages.ts";
import { type CollectResult, collectEvents } from "./collect.ts";
import { MAX_EVENT_BYTES, parseTrackRequest, type TrackRequest } from "./parse-request.ts";
import { EXAMPLE_EVENT, trackRequest } from "./request-schema.ts";
import { partialTrackResult, trackResult } from "./response-schemas.ts";
import { type SiteSender, siteWriter } from "./site-writer.ts";

const KEY_IN_BODY =
  "A page that cannot set headers sends the write key in the body, as `key`, with the type `text/plain`.";

const track = {
  method: "POST" as const,
  access: siteWriter,
  headers: customerHeader,
  readsQuery: true,
  readsBody: true,
  body: trackRequest,
  bodyTypes: ["application/json", "text/plain"],
  example: EXAMPLE_EVENT,
};

/** Stores events and processes them before the response. */
const trackEvents = operation({
  ...track,
  id: "trackEvents",
  path: "/api/v1/track",
  summary: "Accepts one event or a list of up to 500, and processes them before it responds.",
  description: `${KEY_IN_BODY} If all events are invalid, none counts and the answer is an error about the first one.`,
  responses: {
    200: {
      description:
        "All events are stored; `duplicates` counts those that the site had sent before. Or none is, because the browser asks not to be tracked.",
      schema: trackResult,
    },
    207: {
      description: "All events are stored, but some cannot be processed: `dead_letters` lists them with the reasons.",
      schema: partialTrackResult,
    },
  },
  handle: (call) => receive(call, processBeforeResponse),
});

/** Stores events before the response and processes them after it. */
const trackEventsLater = operation({
  ...track,
  id: "trackEventsLater",
  path: "/api/v1/track/async",
  summary: "Accepts one event or a list of up to 500, and processes them after it has responded.",
  description: KEY_IN_BODY,
  responses: {
    200: {
      description: "All events are stored, or none, because the browser asks not to be tracked.",
      schema: trackResult,
    },
  },
  handle: (call) => receive(call, processAfterResponse),
});

/** What the pages and servers of sites send. */
export const operations = [trackEvents, trackEventsLater];

type TrackCall = Pick<Call<SiteSender, unknown, unknown, unknown, unknown>, "db" | "caller" | "request" | "now">;

/** A request whose events are stored. */
interface StoredRequest {
  db: Db;
  site: WritableSite;
  body: TrackRequest;
  collected: CollectResult;
  now: Date;
}

async function receive<Result>(
  { db, caller: { site, bytes: beacon }, request, now }: TrackCall,
  respond: (stored: StoredRequest) => Promise<Result>,
): Promise<Result | z.input<typeof trackResult>> {
  const bytes = beacon ?? (await readBody(request, LARGEST_BODY));
  const extraCost = Math.floor(bytes.length / MAX_EVENT_BYTES);
  if (extraCost > 0) await limitByAddress("events", request, extraCost); // events are kept for weeks, so size counts too
  const body = parseTrackRequest(parseBody(request, bytes, JSON_OR_TEXT));
  requireCustomer(body.customerId, site);
  if (wantsNoTracking(request)) return { success: true, message: "not recorded, as asked", recorded: 0 };
  const context = requestContext(request, site, body.sentAt);
  const collected = await collectEvents(db, site.customerId, body.events, context, now);
  return respond({ db, site, body, collected, now });
}

/** Whether the browser sends `DNT: 1` or `Sec-GPC: 1` (docs/domain.md, section 8). */
function wantsNoTracking({ headers }: Request): boolean {
  return headers.get("dnt") === "1" || headers.get("sec-gpc") === "1";
}

function requestContext(request: Request, site: WritableSite, sentAt: unknown): RequestContext {
  const userAgent = request.headers.get("user-agent")?.slice(0, 512) ?? "";
  const place = (header: string) =>
    decodeHeader(request.headers.get(header))?.slice(0, 100).toWellFormed() || undefined;
  return {
    userAgent,
    visitor: visitorHash(site.salt, site.customerId, addressOf(request), userAgent),
    country: place("x-vercel-ip-country"),
    region: place("x-vercel-ip-country-region"),
    city: place("x-vercel-ip-city"),
    ...(isShort(sentAt) && { sentAt }),
  };
}

/** The value is stored with each event. */
const isShort = (sentAt: unknown): boolean =>
  typeof sentAt === "number" || (typeof sentAt === "string" && sentAt.length <= 40);

/** The platform percent-encodes the names of places. */
function decodeHeader(value: string | null): string | undefined {
  try {
    return value === null ? undefined : decodeURIComponent(value).replaceAll("\0", "");
  } catch {
    return undefined;
  }
}

async function processBeforeResponse(stored: StoredRequest) {
  const result = await processSafely(stored);
  const { body, collected } = stored;
  const [first] = result ?? [];
  if (first !== undefined && result?.length === body.events.length && first.reason !== "processing-error") {
    const { field, expected, got } = first;
    const event = body.events.find(({ eventId }) => eventId === first.eventId)?.field;
    throw fieldError("invalid-body", { field: body.single ? field : `${event}.${field}`, expected, got });
  }
  const deadLetters = result ?? [];
  const answer = { ...recorded(stored, "automatic"), message: responseMessage(body, collected, result) };
  if (deadLetters.length === 0) return answer;
  return new Reply(207 as const, {
    ...answer,
    dead_letters: deadLetters.map(({ eventId, reason, field, expected, got }) => {
      return { event_id: eventId, reason, field, expected, got };
    }),
  });
}

/**
 * Processes stored events. A fault here loses nothing and does not concern the caller: the sweep job processes the events.
 * @returns the dead letters; undefined if the processing failed.
 */
async function processSafely({ db, site, collected, now }: StoredRequest): Promise<DeadLetter[] | undefined> {
  try {
    return await processEvents(db, site, collected.rawIds, now);
  } catch (error) {
    log("warn", "track_processing_failed", { customerId: site.customerId, error: describeError(error) });
    return undefined;
  }
}

/** More would wait for database connections and fill the memory; the sweep job processes the rest. */
const MAX_IN_BACKGROUND = 50;
let inProgress = 0;

async function processAfterResponse(stored: StoredRequest) {
  if (inProgress < MAX_IN_BACKGROUND) {
    inProgress += 1;
    inBackground(
      processSafely(stored).finally(() => {
        inProgress -= 1;
      }),
    );
  }
  return recorded(stored, "background");
}

function recorded({ body, collected, now }: StoredRequest, processing: "automatic" | "background") {
  const [first] = body.events;
  return {
    success: true as const,
    message: responseMessage(body, collected, []),
    event_id: first?.eventId,
    ...(!body.single && { event_ids: body.events.map(({ eventId }) => eventId) }),
    timestamp: now.toISOString(),
    processing,
    recorded: collected.rawIds.length,
    duplicates: collected.duplicates + body.repeated,
  };
}

function responseMessage(
  body: TrackRequest,
  { rawIds, ...collected }: CollectResult,
  deadLetters: readonly DeadLetter[] | undefined,
): string {
  const duplicates = collected.duplicates + body.repeated;
  const parts = [
    `${rawIds.length} recorded`,
    ...(duplicates > 0 ? [`${duplicates} known already`] : []),
    ...(deadLetters === undefined ? ["processing follows within minutes"] : []),
    ...(deadLetters !== undefined && deadLetters.length > 0 ? [`${deadLetters.length} became dead letters`] : []),
  ];
  return parts.join(", ");
}
