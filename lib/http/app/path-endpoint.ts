import { AppError } from "../../errors.ts";
import { currentTime } from "../../time/clock.ts";
import type { Endpoint, Handler } from "../handler.ts";
import type { Method, Operation } from "../operation.ts";
import { limitPreflights } from "../rate-limit/rate-limit.ts";
import { withCors } from "./cors.ts";
import { catchErrors, withErrorResponses } from "./request-log.ts";
import { serveOperation } from "./serve-operation.ts";

/**
 * The endpoint of all operations at one path. A method without an operation gets a 405 response with `Allow`. The clock is read
 * once for each request, here.
 * @param options.head Whether `Allow` names HEAD beside GET, because the app answers it.
 */
export function pathEndpoint(operations: readonly Operation[], options: { head: boolean } = { head: true }): Endpoint {
  const { cors } = operations[0]?.access ?? {};
  const allow = operations
    .flatMap(({ method }) => (method === "GET" && options.head ? ["GET", "HEAD"] : [method]))
    .join(", ");
  const serve = (handler: Handler): Handler =>
    withErrorResponses(async (request) => {
      const response = await catchErrors(request, () => handler(request));
      return cors === undefined ? response : withCors(cors, request, response, allow);
    });
  const refuse: Handler = async (request) => {
    limitPreflights(request);
    throw new AppError("method-not-allowed", `method: expected ${allow}, got ${request.method}`, {
      headers: { Allow: allow },
    });
  };
  const preflight: Handler = async (request) => {
    limitPreflights(request);
    return new Response(null, { status: 204, headers: { Allow: allow } });
  };
  const by = (method: Method): Handler => {
    const operation = operations.find((operation) => operation.method === method);
    return serve(operation ? (request) => serveOperation(operation, request, currentTime()) : refuse);
  };
  return {
    GET: by("GET"),
    HEAD: serve(refuse),
    POST: by("POST"),
    PUT: by("PUT"),
    PATCH: by("PATCH"),
    DELETE: by("DELETE"),
    OPTIONS: serve(cors ? preflight : refuse),
  };
}

/** Responds 404, for a path without an operation. */
export const noEndpoint: Handler = withErrorResponses(async (request) => {
  throw new AppError("not-found", `There is no endpoint at ${new URL(request.url).pathname}.`);
});

const noMethod: Handler = withErrorResponses(async (request) => {
  throw new AppError("method-not-allowed", `No endpoint supports the method ${request.method}.`);
});

/** Passes a request to the endpoint's method. */
export const dispatch = (endpoint: Endpoint, request: Request): Promise<Response> =>
  (endpoint[request.method as keyof Endpoint] ?? noMethod)(request);
