import { randomUUID } from "node:crypto";
import { asWork, READS, writesOf } from "../db/admission/work.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { currentTime } from "../time/clock.ts";
import { currentIds, responseParts, traced } from "../trace.ts";
import { errorResponse } from "./error-response.ts";
import type { Handler } from "./handler.ts";
import { type Description, describe } from "./openapi/describe.ts";
import { limitPreflights } from "./rate-limit/rate-limit.ts";

/** A handler that receives the time. `endpoint` reads the clock once for each request. */
export type TimedHandler = (request: Request, now: Date) => Promise<Response>;

/** What a function under `api/` exports: all methods, so that a method it does not serve gets a 405 response with `Allow`. */
export interface Endpoint {
  GET: Handler;
  HEAD: Handler;
  POST: Handler;
  PUT: Handler;
  PATCH: Handler;
  DELETE: Handler;
  OPTIONS: Handler;
}

export type Served = Partial<Record<Exclude<keyof Endpoint, "OPTIONS" | "HEAD">, TimedHandler>>;

/** What pages on other origins may send and read. Tokens are in a header or a body, so credentials are not needed. */
export interface Cors {
  allows(origin: string, request: Request): boolean | Promise<boolean>;
  /** The headers that they may send, and read. */
  send: string;
  read: string;
}

/** The headers of every answer that a page may read. */
export const RATE_HEADERS =
  "x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy";

/** A description of each method that is served. */
export type Described<S extends Served> = { [Method in keyof S]: Description };

/**
 * Creates an endpoint from its methods. It turns their errors into responses, and adds CORS headers if `cors` is given.
 * @param options.head Whether `Allow` names HEAD beside GET.
 */
export function endpoint<S extends Served>(
  described: Described<NoInfer<S>>,
  served: S,
  options: { cors?: Cors; head?: boolean } = {},
): Endpoint {
  const { cors, head = false } = options;
  const allow = Object.keys(served)
    .flatMap((method) => (method === "GET" && head ? ["GET", "HEAD"] : [method]))
    .join(", ");
  const refuse: Handler = async (request) => {
    limitPreflights(request);
    throw new AppError("method-not-allowed", `method: expected ${allow}, got ${request.method}`, {
      headers: { Allow: allow },
    });
  };
  const serve = (handler: TimedHandler = refuse): Handler =>
    withErrorResponses(async (request) => {
      const response = await catchErrors(request, () => handler(request, currentTime()));
      return cors === undefined ? response : withCors(cors, request, response, allow);
    });
  const preflight: Handler = async (request) => {
    limitPreflights(request);
    return new Response(null, { status: 204, headers: { Allow: allow } });
  };
  const made = {
    GET: serve(served.GET),
    HEAD: serve(),
    POST: serve(served.POST),
    PUT: serve(served.PUT),
    PATCH: serve(served.PATCH),
    DELETE: serve(served.DELETE),
    OPTIONS: serve(cors && preflight),
  };
  const descriptions = Object.entries<Description>(described);
  for (const [method, description] of descriptions) describe(made[method as keyof Served], description);
  return made;
}

/** Wraps a handler so that its requests have an id and a log line, and its errors become responses. */
export const withErrorResponses =
  (handler: Handler): Handler =>
  (request) =>
    withRequestLog(request, () => catchErrors(request, () => handler(request)));

/** Responds 404, for a path without an endpoint. */
export const noEndpoint: Handler = withErrorResponses(async (request) => {
  throw new AppError("not-found", `There is no endpoint at ${new URL(request.url).pathname}.`);
});

const noMethod: Handler = withErrorResponses(async (request) => {
  throw new AppError("method-not-allowed", `No endpoint supports the method ${request.method}.`);
});

/** Passes a request to the endpoint's method, for a server that serves many functions. */
export const dispatch = (endpoint: Endpoint | undefined, request: Request): Promise<Response> =>
  (endpoint === undefined ? noEndpoint : (endpoint[request.method as keyof Endpoint] ?? noMethod))(request);

/** The format of the platform's request ids. Any other text in that header is ignored. */
const REQUEST_ID = /^[\w:.-]{1,128}$/;

/**
 * Handles a request under its id, which appears in every log line, in `X-Request-Id` and in errors. Writes one log line for the
 * request, and the times of its parts to `Server-Timing`. Only the path of the URL is logged, because a query may be secret.
 */
async function withRequestLog(request: Request, work: () => Promise<Response>): Promise<Response> {
  if (currentIds().requestId !== undefined) return work(); // another endpoint passed the request on
  const vercelId = request.headers.get("x-vercel-id") ?? "";
  const requestId = REQUEST_ID.test(vercelId) ? vercelId : randomUUID();
  const { pathname } = new URL(request.url);
  const kind = request.method === "GET" || request.method === "HEAD" ? READS : writesOf(pathname);
  return asWork(kind, () =>
    traced({ requestId }, async () => {
      const startedAt = performance.now();
      const response = await work();
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const { headers, spans } = responseParts();
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      response.headers.set("X-Request-Id", requestId);
      if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
      const times = [...spans, ["total", durationMs] as const];
      response.headers.set("Server-Timing", times.map(([name, ms]) => `${name};dur=${ms.toFixed(1)}`).join(", "));
      log("info", "request", { method: request.method, path: pathname, status: response.status, durationMs });
      return response;
    }),
  );
}

async function catchErrors(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return errorResponse(error, new URL(request.url).pathname);
  }
}

async function withCors(cors: Cors, request: Request, response: Response, allow: string): Promise<Response> {
  response.headers.append("Vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin === null || !(await cors.allows(origin, request))) return response;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Allow-Methods", allow);
  response.headers.set("Access-Control-Allow-Headers", cors.send);
  response.headers.set("Access-Control-Expose-Headers", cors.read);
  response.headers.set("Access-Control-Max-Age", "600");
  return response;
}
