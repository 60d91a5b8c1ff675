import type { Handler } from "../http/handler.ts";
import { dispatch, noEndpoint } from "../http/respond.ts";
import { functionAt } from "./functions.ts";
import { headersFor } from "./headers.ts";

/**
 * Answers as the platform would: by the functions under `api/`, with the headers of `vercel.json`.
 * @param otherwise Responds if there is no function for the path.
 */
export function asPlatform(otherwise: Handler = noEndpoint): Handler {
  return withHeaders(async (request) => {
    const endpoint = await functionAt(new URL(request.url).pathname);
    return endpoint === undefined ? otherwise(request) : dispatch(endpoint, request);
  });
}

/** Adds what `vercel.json` says of a path, unless the answer says otherwise itself. */
export const withHeaders =
  (handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    const headers = Object.entries(headersFor(new URL(request.url).pathname));
    for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  };
