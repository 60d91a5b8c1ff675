import serveStatic from "serve-static";
import { headersFor } from "./headers.ts";
import type { Middleware } from "./listen.ts";

/**
 * Files of one directory and those below it, with weak ETags and the headers of `vercel.json`. Leaves to the next step what is
 * no file there: also directories, names that begin with a dot, and paths that would lead out.
 */
export function filesIn(directory: string): Middleware {
  return serveStatic(directory, {
    // Not in parts: they would be parts of the file, and a cache may hold it compressed under the same weak ETag.
    acceptRanges: false,
    cacheControl: false,
    redirect: false,
    setHeaders: (outgoing) => {
      outgoing.setHeader("Cache-Control", "public, max-age=0, must-revalidate"); // as the platform by itself
      const path = new URL(outgoing.req.url ?? "/", "http://any").pathname;
      for (const [name, value] of Object.entries(headersFor(path))) outgoing.setHeader(name, value);
    },
  }) as unknown as Middleware;
}
