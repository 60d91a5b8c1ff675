import { randomUUID } from "node:crypto";
import { asWork, READS, writesOf } from "../../db/admission/work.ts";
import { log } from "../../log.ts";
import { currentIds, responseParts, traced } from "../../trace.ts";
import { errorResponse } from "../error-response.ts";
import type { Handler } from "../handler.ts";

/** Wraps a handler so that its requests have an id and a log line, and its errors become responses. */
export const withErrorResponses =
  (handler: Handler): Handler =>
  (request) =>
    withRequestLog(request, () => catchErrors(request, () => handler(request)));

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

/** Runs a part of a request's work and turns its error into a response. */
export async function catchErrors(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return errorResponse(error, new URL(request.url).pathname);
  }
}
