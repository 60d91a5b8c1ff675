import { randomUUID } from "node:crypto";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";

export type Handler = (request: Request) => Promise<Response>;

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

export type Served = Partial<Omit<Endpoint, "OPTIONS" | "HEAD">>;

/** Which browsers on other origins may send and read what. Tokens travel in a header or a body, so no credentials mode. */
export interface Cors {
  allows(origin: string, request: Request): boolean | Promise<boolean>;
  /** Headers that they may send and read. */
  send: string;
  read: string;
}

/** Makes an endpoint of the methods it serves; turns what they throw into answers; speaks CORS where asked to. */
export function endpoint(served: Served, options: { cors?: Cors } = {}): Endpoint {
  const allow = Object.keys(served).join(", ");
  const refuse: Handler = (request) =>
    answering(request, () => {
      throw new AppError("method-not-allowed", `method: expected ${allow}, got ${request.method}`, {
        headers: { Allow: allow },
      });
    });
  const serve = (handler: Handler | undefined): Handler =>
    handler === undefined ? refuse : (request) => answering(request, () => handler(request));
  const cors = (handler: Handler): Handler => {
    const { cors } = options;
    if (cors === undefined) return handler;
    return (request) => answering(request, async () => withCors(cors, request, await handler(request), allow));
  };
  const preflight: Handler = async () => new Response(null, { status: 204, headers: { Allow: allow } });
  return {
    GET: cors(serve(served.GET)),
    HEAD: cors(refuse),
    POST: cors(serve(served.POST)),
    PUT: cors(serve(served.PUT)),
    PATCH: cors(serve(served.PATCH)),
    DELETE: cors(serve(served.DELETE)),
    OPTIONS: options.cors ? cors(preflight) : refuse,
  };
}

async function answering(request: Request, work: () => Promise<Response>): Promise<Response> {
  const requestId = request.headers.get("x-vercel-id") ?? randomUUID();
  try {
    return await work();
  } catch (error) {
    return errorResponse(error, requestId, new URL(request.url).pathname);
  }
}

/** `{status: "error", error: {code, message, requestId, field?, expected?, got?}}`; what was not foreseen stays in the log. */
function errorResponse(thrown: unknown, requestId: string, path: string): Response {
  const known = thrown instanceof AppError ? thrown : undefined;
  const error = known ?? new AppError("internal", "something went wrong here; the log has it under this request id");
  if (error.status >= 500) log("error", "request_failed", { path, requestId, error: describeError(thrown) });
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
