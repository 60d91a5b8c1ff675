import { randomUUID } from "node:crypto";
import { asWork, READS, writesOf } from "../db/admission/work.ts";
import { asUnavailable, DatabaseUnavailable, wordsOf } from "../db/failures/unavailable.ts";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { currentTime } from "../time/clock.ts";
import { gathered, idsHere, traced } from "../trace.ts";
import { inBackground } from "./background.ts";
import type { Handler } from "./handler.ts";
import { type Description, describe } from "./openapi/describe.ts";
import { limitPreflights } from "./rate-limit/rate-limit.ts";

/** A handler that is told the time. `endpoint` reads the clock, once for each request. */
export type TimedHandler = (request: Request, now: Date) => Promise<Response>;

/** What a function under `api/` exports: every method, so that those it does not serve are answered with `Allow`. */
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

/** Which browsers on other origins may send and read what. Tokens travel in a header or a body, so no credentials mode. */
export interface Cors {
  allows(origin: string, request: Request): boolean | Promise<boolean>;
  /** Headers that they may send and read. */
  send: string;
  read: string;
}

/** What a page may read of rate limits. */
export const RATE_HEADERS = "retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy";

/** What is to be known of each method that is served. */
export type Described<S extends Served> = { [Method in keyof S]: Description };

/** Makes an endpoint of the methods it serves; turns what they throw into answers; speaks CORS where asked to. */
export function endpoint<S extends Served>(
  described: Described<NoInfer<S>>,
  served: S,
  options: { cors?: Cors } = {},
): Endpoint {
  const { cors } = options;
  const allow = Object.keys(served).join(", ");
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

/** A handler whose requests have an id and a log line, and that turns what it throws into an answer, as endpoints do. */
export const withErrorResponses =
  (handler: Handler): Handler =>
  (request) =>
    withRequestLog(request, () => catchErrors(request, () => handler(request)));

/** Refuses a path that nothing answers at. */
export const noEndpoint: Handler = withErrorResponses(async (request) => {
  throw new AppError("not-found", `There is no endpoint at ${new URL(request.url).pathname}.`);
});

const noMethod: Handler = withErrorResponses(async (request) => {
  throw new AppError("method-not-allowed", `No endpoint knows the method ${request.method}.`);
});

/** Has an endpoint answer a request by its method, where one server stands for many functions. */
export const dispatch = (endpoint: Endpoint | undefined, request: Request): Promise<Response> =>
  (endpoint === undefined ? noEndpoint : (endpoint[request.method as keyof Endpoint] ?? noMethod))(request);

/** What a platform calls a request; anything else that a caller writes there is no id. */
const REQUEST_ID = /^[\w:.-]{1,128}$/;

/**
 * Answers a request under its id, which stands in every log line, in `X-Request-Id` and in errors; says in `Server-Timing`
 * where the time went, and in one log line what became of it. Of the address only the path: queries may hold what a log
 * must not.
 */
async function withRequestLog(request: Request, work: () => Promise<Response>): Promise<Response> {
  if (idsHere().requestId !== undefined) return work(); // an endpoint that another one hands over to
  const given = request.headers.get("x-vercel-id") ?? "";
  const requestId = REQUEST_ID.test(given) ? given : randomUUID();
  const { pathname } = new URL(request.url);
  const kind = request.method === "GET" || request.method === "HEAD" ? READS : writesOf(pathname);
  return asWork(kind, () =>
    traced({ requestId }, async () => {
      const startedAt = performance.now();
      const response = await work();
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const { headers, spans } = gathered();
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      response.headers.set("X-Request-Id", requestId);
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

/** `{status: "error", error: {code, message, requestId, field?, expected?, got?}}`; what was not foreseen stays in the log. */
export function errorResponse(thrown: unknown, path: string): Response {
  const { requestId } = idsHere();
  const meant = asUnavailable(thrown);
  const known = meant instanceof AppError ? meant : undefined;
  const error = known ?? new AppError("internal", "something went wrong here; the log has it under this request id");
  const words = error instanceof DatabaseUnavailable ? wordsOf(thrown) : describeError(thrown);
  if (error.status >= 500) log("error", "request_failed", { path, error: words });
  if (error.status >= 500) inBackground(reportError(thrown, { path, requestId }));
  const message =
    error.code === "misconfigured" ? "a setting of this deployment is wrong; the log names it" : error.message;
  return Response.json(
    { status: "error", error: { code: error.code, message, requestId, ...error.detail } },
    { status: error.status, headers: { ...error.headers, "Cache-Control": "no-store" } },
  );
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
