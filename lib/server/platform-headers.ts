import { dispatch } from "../http/app/path-endpoint.ts";
import type { Handler } from "../http/handler.ts";
import { functionAt } from "./functions.ts";
import { headersFor } from "./headers.ts";

/** Answers as the platform would: by the functions under `api/`, with the headers of `vercel.json`. */
export const asPlatform = (): Handler =>
  withHeaders(async (request) => dispatch(await functionAt(new URL(request.url).pathname), request));

/** Adds what `vercel.json` says of a path, unless the answer says otherwise itself. */
export const withHeaders =
  (handler: Handler): Handler =>
  async (request) => {
    const response = await handler(request);
    const headers = Object.entries(headersFor(new URL(request.url).pathname));
    for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  };
