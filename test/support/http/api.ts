import type { Handler } from "../../../lib/http/handler.ts";
import { dispatch, type Endpoint } from "../../../lib/http/respond.ts";
import { functionAt } from "../../../lib/server/functions.ts";

/** The whole API, as a handler for tests: it sends a request to what answers its path. */
export const api: Handler = async (request) => dispatch(await functionAt(new URL(request.url).pathname), request);

/** Sends a request with a method, whatever the request says. */
const by =
  (method: keyof Endpoint): Handler =>
  (request) =>
    api(request.method === method ? request : new Request(request, { method }));

export const GET = by("GET");
export const HEAD = by("HEAD");
export const POST = by("POST");
export const PUT = by("PUT");
export const PATCH = by("PATCH");
export const DELETE = by("DELETE");
export const OPTIONS = by("OPTIONS");
