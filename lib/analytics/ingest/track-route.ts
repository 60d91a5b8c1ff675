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
import type { Context } from "../events/event.ts";
import { visitorHash } from "../events/visitor-hash.ts";
import type { DeadLetter } from "../pipeline/dead-letters.ts";
import { processEvents } from "../pipeline/pipeline.ts";
import { authorizeWrite, requireCustomer, type SendingSite } from "../sites/access.ts";
import { customerHeader, siteEndpoint } from "../sites/site-endpoint.ts";
import { readBeacon } from "./beacon.ts";
import { type Collected, collect } from "./collect.ts";
import { type Incoming, incoming, MAX_EVENT_BYTES } from "./parse-request.ts";
import { EXAMPLE_EVENT, trackBodySchema } from "./request-schema.ts";

const shared: Omit<Description, "summary"> = {
  security: ["siteWriteKey"],
  headers: customerHeader,
  body: trackBodySchema,
  bodyTypes: ["application/json", "text/plain"],
  example: EXAMPLE_EVENT,
};

const AT_ONCE: { POST: Description } = {
  POST: {
    ...shared,
    summary: "Accepts one event or a list of up to 500, and counts them before it answers.",
    answers: {
      200: "All of it is on record; what the site had sent before is told as `duplicates`.",
      207: "All of it is on record, and some of it cannot be counted: `dead_letters` says which, and why.",
    },
  },
};

const LATER: { POST: Description } = {
  POST: {
    ...shared,
    summary: "Accepts one event or a list of up to 500, and counts them after it has answered.",
    answers: { 200: "Not recorded, as the visitor's browser asks.", 202: "All of it is on record." },
  },
};

/** `POST /api/v1/track`: accepted, and through to business before the answer. */
export const trackEndpoint: Endpoint = siteEndpoint(AT_ONCE, {
  POST: (request, now) => receive(request, now, processedAtOnce),
});

/** `POST /api/v1/track/async`: accepted before the answer, through to business after it. */
export const trackAsyncEndpoint: Endpoint = siteEndpoint(LATER, {
  POST: (request, now) => receive(request, now, processedLater),
});

/** What is known when events have been accepted. */
interface Accepted {
  db: Db;
  site: SendingSite;
  given: Incoming;
  collected: Collected;
  now: Date;
}

async function receive(
  request: Request,
  now: Date,
  answer: (accepted: Accepted) => Promise<Response>,
): Promise<Response> {
  const token = bearerToken(request);
  const beacon = token === undefined ? await readBeacon(request) : undefined;
  const db = await database();
  const site = await authorizeWrite(db, request, token ?? beacon?.key, now);
  const bytes = beacon?.bytes ?? (await readBody(request, LARGEST_BODY));
  const more = Math.floor(bytes.length / MAX_EVENT_BYTES);
  if (more > 0) await limitByAddress("events", request, more); // what is kept for weeks is limited by its size
  const body = parseBody(request, bytes, JSON_OR_TEXT);
  const given = incoming(body);
  requireCustomer(given.customerId, site);
  if (wantsNoTracking(request)) return Response.json({ success: true, message: "not recorded, as asked", recorded: 0 });
  const context = contextOf(request, site, given.sentAt);
  const collected = await collect(db, site.customerId, given.events, context, now);
  return answer({ db, site, given, collected, now });
}

/** `DNT: 1` and `Sec-GPC: 1` say no (domain, section 8). */
function wantsNoTracking({ headers }: Request): boolean {
  return headers.get("dnt") === "1" || headers.get("sec-gpc") === "1";
}

function contextOf(request: Request, site: SendingSite, sentAt: unknown): Context {
  const userAgent = request.headers.get("user-agent")?.slice(0, 512) ?? "";
  const told = (name: string) => decoded(request.headers.get(name))?.slice(0, 100).toWellFormed() || undefined;
  return {
    userAgent,
    visitor: visitorHash(site.salt, site.customerId, addressOf(request), userAgent),
    country: told("x-vercel-ip-country"),
    region: told("x-vercel-ip-country-region"),
    city: told("x-vercel-ip-city"),
    ...(isShort(sentAt) && { sentAt }),
  };
}

/** It is kept with each event. */
const isShort = (sentAt: unknown): boolean =>
  typeof sentAt === "number" || (typeof sentAt === "string" && sentAt.length <= 40);

/** The platform writes names of places percent-encoded. */
function decoded(value: string | null): string | undefined {
  try {
    return value === null ? undefined : decodeURIComponent(value).replaceAll("\0", "");
  } catch {
    return undefined;
  }
}

async function processedAtOnce(accepted: Accepted): Promise<Response> {
  const dead = await processSafely(accepted);
  const { given, collected } = accepted;
  const [first] = dead ?? [];
  if (first !== undefined && dead?.length === given.events.length && first.reason !== "processing-error") {
    const { field, expected, got } = first;
    const of = given.events.find(({ eventId }) => eventId === first.eventId)?.field;
    throw fieldError("invalid-body", { field: given.single ? field : `${of}.${field}`, expected, got });
  }
  const kept = dead ?? [];
  return Response.json(
    {
      ...answerOf(accepted, "automatic"),
      ...(kept.length > 0 && {
        dead_letters: kept.map(({ eventId, reason, field, expected, got }) => ({
          event_id: eventId,
          reason,
          field,
          expected,
          got,
        })),
      }),
      message: messageOf(given, collected, dead),
    },
    { status: kept.length > 0 ? 207 : 200 },
  );
}

/** A fault here loses nothing, since all is on record, and is none of the caller's. @returns undefined where there was one. */
async function processSafely({ db, site, collected, now }: Accepted): Promise<DeadLetter[] | undefined> {
  try {
    return await processEvents(db, site, collected.rawIds, now);
  } catch (error) {
    log("warn", "track_processing_failed", { customerId: site.customerId, error: describeError(error) });
    return undefined;
  }
}

/** More wait for connections than there are; the sweeper takes what is left, so that nothing piles up in memory. */
const MOST_BEHIND = 50;
let behind = 0;

async function processedLater(accepted: Accepted): Promise<Response> {
  if (behind < MOST_BEHIND) {
    behind += 1;
    inBackground(
      processSafely(accepted).finally(() => {
        behind -= 1;
      }),
    );
  }
  return Response.json(answerOf(accepted, "background"), { status: 202 });
}

function answerOf({ given, collected, now }: Accepted, processing: "automatic" | "background") {
  const [first] = given.events;
  return {
    success: true,
    message: messageOf(given, collected, []),
    event_id: first?.eventId,
    ...(given.single ? {} : { event_ids: given.events.map(({ eventId }) => eventId) }),
    timestamp: now.toISOString(),
    processing,
    recorded: collected.rawIds.length,
    duplicates: collected.duplicates + given.repeated,
  };
}

function messageOf(
  given: Incoming,
  { rawIds, ...collected }: Collected,
  dead: readonly DeadLetter[] | undefined,
): string {
  const duplicates = collected.duplicates + given.repeated;
  const parts = [
    `${rawIds.length} recorded`,
    ...(duplicates > 0 ? [`${duplicates} known already`] : []),
    ...(dead === undefined ? ["processing follows within minutes"] : []),
    ...(dead !== undefined && dead.length > 0 ? [`${dead.length} became dead letters`] : []),
  ];
  return parts.join(", ");
}
