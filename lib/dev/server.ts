import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { extname, join } from "node:path";
import { serve as listen } from "@hono/node-server";
import vercel from "../../vercel.json" with { type: "json" };
import type { Handler } from "../http/respond.ts";
import { functionAt } from "./functions.ts";
import { MAIL_DIRECTORY } from "./mail-store.ts";
import { mailbox } from "./mailbox.ts";
import { sitePage } from "./site-pages.ts";

/** What is served beside the project itself. */
interface Surroundings {
  /** Where the mails are that `/dev/mailbox` shows. */
  mails?: string;
  /** Answers `/dev/calendar` and what Google Calendar would be asked; without it there are no such paths. */
  calendar?: Handler;
}

/** Serves every function of `api/`, the pages under `/dev`, and `web/`, as the platform would, on loopback only. */
export async function serve(
  port: number,
  surroundings: Surroundings = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  await requireFree(port);
  const server = await new Promise<Server>((resolve) => {
    const fetch = (request: Request) => answer(request, surroundings);
    const started = listen({ fetch, port, hostname: "127.0.0.1" }, () => resolve(started as unknown as Server));
  });
  const { port: bound } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${bound}`, close };
}

async function answer(request: Request, surroundings: Surroundings): Promise<Response> {
  const { pathname } = new URL(request.url);
  const response = await route(request, pathname, surroundings);
  for (const { source, headers } of vercel.headers) {
    if (!new RegExp(`^${source}$`).test(pathname)) continue;
    for (const { key, value } of headers) if (!response.headers.has(key)) response.headers.set(key, value);
  }
  return response;
}

/** The API answers at the root of its origin, wherever that is: Google's client cuts off a path below it. */
const CALENDAR_PATHS = /^(\/dev\/calendar|\/dev\/google\/token|\/calendar\/v3\/.*)$/;

const SITE_PATHS = /^\/dev\/site(\.js|\/.*)?$/;

async function route(
  request: Request,
  pathname: string,
  { mails = MAIL_DIRECTORY, calendar }: Surroundings,
): Promise<Response> {
  if (pathname.startsWith("/dev/mailbox")) return mailbox(request, mails);
  if (SITE_PATHS.test(pathname)) return sitePage(request);
  if (calendar !== undefined && CALENDAR_PATHS.test(pathname)) return calendar(request);
  const endpoint = await functionAt(pathname);
  if (endpoint !== undefined) {
    const handler: Handler | undefined = endpoint[request.method as keyof typeof endpoint];
    return handler === undefined ? new Response(null, { status: 405 }) : handler(request);
  }
  return staticFile(pathname);
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

async function staticFile(pathname: string): Promise<Response> {
  if (pathname === "/tracker.js") {
    const { buildTracker } = await import("../../scripts/tracker.ts");
    return new Response((await buildTracker()).script, { headers: { "Content-Type": "text/javascript" } });
  }
  const name = pathname === "/" ? "/index.html" : pathname;
  const file = join(process.cwd(), "web", name);
  if (!/^(\/[\w-]+)+\.\w+$/.test(name) || !existsSync(file)) return new Response("not found\n", { status: 404 });
  return new Response(await readFile(file), {
    headers: { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" },
  });
}

/** @throws Error with a sentence, where the port is taken. */
function requireFree(port: number): Promise<void> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", () => reject(new Error(`PORT: expected a free port, got ${port}, which is taken`)));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
