import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { Hono } from "hono/quick";
import type { Endpoint } from "../handler.ts";
import type { Operation } from "../operation.ts";
import { READABLE_HEADERS } from "./cors.ts";
import { dispatch, noEndpoint, pathEndpoint } from "./path-endpoint.ts";
import { parametersIn } from "./segments.ts";

/** Operations that belong together. They are loaded with the first request to one of their paths. */
export interface OperationGroup {
  /** The group's name in the document. */
  tag: string;
  /** The beginnings of the paths of its operations, such as `/api/slots`. */
  paths: readonly string[];
  load(): Promise<readonly Operation[]>;
}

/** The API of all groups as one function. A path of no group gets a 404 response. */
export function createApp(groups: readonly OperationGroup[]): Endpoint {
  const app = new Hono({ getPath: pathOf });
  const entrances = groups.flatMap(({ paths, load }) => {
    let loaded: Promise<Hono> | undefined;
    const enter = async ({ req }: { req: { raw: Request } }) => {
      loaded ??= load().then(groupApp);
      loaded.catch(() => {
        loaded = undefined; // the next request tries again
      });
      return (await loaded).fetch(req.raw);
    };
    return paths.map((path) => ({ path, enter }));
  });
  // The first pattern that fits answers, so a path comes before its beginnings.
  for (const { path, enter } of entrances.sort((a, b) => b.path.length - a.path.length)) {
    app.all(path, enter).all(`${path}/*`, enter);
  }
  app.notFound(({ req }) => noEndpoint(req.raw));
  const handle = async (request: Request) => app.fetch(request);
  const head = async ({ url, headers, signal }: Request) => {
    // From its parts, because servers may pass an object of their own, which the class `Request` does not copy.
    const response = await handle(new Request(url, { method: "GET", headers, signal }));
    await response.body?.cancel();
    return new Response(null, response);
  };
  return { GET: handle, HEAD: head, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
}

function groupApp(operations: readonly Operation[]): Hono {
  const app = new Hono({ getPath: pathOf });
  // The first pattern that fits answers, so names come before parameters.
  const paths = [...new Set(operations.map(({ path }) => path))].sort((a, b) => parametersIn(a) - parametersIn(b));
  for (const path of paths) {
    const own = operations.filter((operation) => operation.path === path);
    const pattern = path.replace(/\{(\w+)\}/g, ":$1");
    if (own.some(({ revalidates }) => revalidates)) app.get(pattern, etag({ weak: true, retainedHeaders: RETAINED }));
    const endpoint = pathEndpoint(own);
    app.all(pattern, ({ req }) => dispatch(endpoint, req.raw));
  }
  app.notFound(({ req }) => noEndpoint(req.raw));
  return app;
}

/**
 * The path of a request, without a slash at its end. Hono would decode it, and then a path would have many spellings; what counts
 * or divides work by its path (admission, log) would take them for different ones.
 */
const pathOf = ({ url }: Request): string => new URL(url).pathname.replace(/(?<=.)\/$/, "");

/** Headers of an answer that a 304 response keeps. */
const RETAINED = [
  ...RETAINED_304_HEADERS,
  ...READABLE_HEADERS,
  "server-timing",
  "access-control-allow-origin",
  "access-control-expose-headers",
];
