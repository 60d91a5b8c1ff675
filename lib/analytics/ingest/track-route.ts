import { database } from "../../db/client.ts";
import type { Db } from "../../db/db.ts";
import { describeError, fieldError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { bearerToken } from "../../http/bearer.ts";
import { JSON_OR_TEXT, LARGEST_BODY, parseBody, readBody } from "../../http/body.ts";
import { addressOf } from "../../http/client-address.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { limitByAddress } from "../../http/rate-limit/rate-limit.ts";
import type { Endpoint } from "../../http/respond.ts";
import { log } from "../../log.ts";
import type { RequestContext } from "../events/validate-event.ts";
import { visitorHash } from "../events/visitor-hash.ts";
import type { DeadLetter } from "../pipeline/dead-letters.ts";
import { processEvents } from "../pipeline/pipeline.ts";
import { authorizeWrite, requireCustomer, type WritableSite } from "../sites/access.ts";
import { customerHeader, siteEndpoint } from "../sites/site-endpoint.ts";
import { readBeacon } from "./beacon.ts";
import { type CollectResult, collectEvents } from "./collect.ts";
import { MAX_EVENT_BYTES, parseTrackRequest, type TrackRequest } from "./parse-request.ts";
import { EXAMPLE_EVENT, trackBodySchema } from "./request-schema.ts";

const shared: Omit<Description, "summary"> = {
  security: ["siteWriteKey"],
  headers: customerHeader,
  body: trackBodySchema,
  bodyTypes: ["application/json", "text/plain"],
  example: EXAMPLE_EVENT,
};

const SYNC: { POST: Description } = {
  POST: {
    ...shared,
    summary: "Accepts one event or a list of up to 500, and processes them before it responds.",
    responses: {
      200: "All events are stored; `duplicates` counts those that the site had sent before.",
      207: "All events are stored, but some cannot be processed: `dead_letters` lists them with the reasons.",
    },
  },
};

const ASYNC: { POST: Description } = {
  POST: {
    ...shared,
    summary: "Accepts one event or a list of up to 500, and processes them after it has responded.",
    responses: {
      200: "All events are stored, or none, because the visitor's browser asks not to be tracked.",
    },
  },
};

/** `POST /api/v1/track`: stores events and processes them before the response. */
export const trackEndpoint: Endpoint = siteEndpoint(SYNC, {
  POST: (request, now) => receive(request, now, processBeforeResponse),
});

/** `POST /api/v1/track/async`: stores events before the response and processes them after it. */
export const trackAsyncEndpoint: Endpoint = siteEndpoint(ASYNC, {
  POST: (request, now) => receive(request, now, processAfterResponse),
});

/** A request whose events are stored. */
interface StoredRequest {
  db: Db;
  site: WritableSite;
  body: TrackRequest;
  collected: CollectResult;
  now: Date;
}

async function receive(
  request: Request,
  now: Date,
  respond: (stored: StoredRequest) => Promise<Response>,
): Promise<Response> {
  const token = bearerToken(request);
  const beacon = token === undefined ? await readBeacon(request) : undefined;
  const db = await database();
  const site = await authorizeWrite(db, request, token ?? beacon?.key, now);
  const bytes = beacon?.bytes ?? (await readBody(request, LARGEST_BODY));
  const extraCost = Math.floor(bytes.length / MAX_EVENT_BYTES);
  if (extraCost > 0) await limitByAddress("events", request, extraCost); // events are kept for weeks, so size counts too
  const body = parseTrackRequest(parseBody(request, bytes, JSON_OR_TEXT));
  requireCustomer(body.customerId, site);
  if (wantsNoTracking(request)) return Response.json({ success: true, message: "not recorded, as asked", recorded: 0 });
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

async function processBeforeResponse(stored: StoredRequest): Promise<Response> {
  const result = await processSafely(stored);
  const { body, collected } = stored;
  const [first] = result ?? [];
  if (first !== undefined && result?.length === body.events.length && first.reason !== "processing-error") {
    const { field, expected, got } = first;
    const event = body.events.find(({ eventId }) => eventId === first.eventId)?.field;
    throw fieldError("invalid-body", { field: body.single ? field : `${event}.${field}`, expected, got });
  }
  const deadLetters = result ?? [];
  return Response.json(
    {
      ...responseBody(stored, "automatic"),
      ...(deadLetters.length > 0 && {
        dead_letters: deadLetters.map(({ eventId, reason, field, expected, got }) => ({
          event_id: eventId,
          reason,
          field,
          expected,
          got,
        })),
      }),
      message: responseMessage(body, collected, result),
    },
    { status: deadLetters.length > 0 ? 207 : 200 },
  );
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

async function processAfterResponse(stored: StoredRequest): Promise<Response> {
  if (inProgress < MAX_IN_BACKGROUND) {
    inProgress += 1;
    inBackground(
      processSafely(stored).finally(() => {
        inProgress -= 1;
      }),
    );
  }
  return Response.json(responseBody(stored, "background"));
}

function responseBody({ body, collected, now }: StoredRequest, processing: "automatic" | "background") {
  const [first] = body.events;
  return {
    success: true,
    message: responseMessage(body, collected, []),
    event_id: first?.eventId,
    ...(body.single ? {} : { event_ids: body.events.map(({ eventId }) => eventId) }),
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
