import vercel from "../../vercel.json" with { type: "json" };
import type { Handler } from "../http/respond.ts";
import { functionAt } from "./functions.ts";

/** Answers as the platform would: the functions under `api/` first, files otherwise, with the headers of `vercel.json`. */
export function asPlatform(files: Handler): Handler {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const endpoint = await functionAt(pathname);
    const handler: Handler | undefined = endpoint?.[request.method as keyof typeof endpoint];
    const refused = () => new Response(null, { status: 405 });
    const response = await (endpoint === undefined ? files(request) : (handler?.(request) ?? refused()));
    return withHeaders(response, pathname);
  };
}

/** Adds what `vercel.json` says of a path, unless the answer says otherwise itself. */
export function withHeaders(response: Response, pathname: string): Response {
  for (const { source, headers } of vercel.headers) {
    if (!new RegExp(`^${source}$`).test(pathname)) continue;
    for (const { key, value } of headers) if (!response.headers.has(key)) response.headers.set(key, value);
  }
  return response;
}
