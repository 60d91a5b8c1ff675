import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Handler } from "../http/respond.ts";
import { asPlatform, withHeaders } from "../serve/answer.ts";
import { typeOf } from "../serve/files.ts";
import { type Listening, listen } from "../serve/listen.ts";
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
export function serve(port: number, surroundings: Surroundings = {}): Promise<Listening> {
  const platform = asPlatform((request) => staticFile(new URL(request.url).pathname));
  return listen("127.0.0.1", port, async (request) => {
    const { pathname } = new URL(request.url);
    const page = pageAt(pathname, surroundings);
    return page === undefined ? platform(request) : withHeaders(await page(request), pathname);
  });
}

/** The API answers at the root of its origin, wherever that is: Google's client cuts off a path below it. */
const CALENDAR_PATHS = /^(\/dev\/calendar|\/dev\/google\/token|\/calendar\/v3\/.*)$/;

const SITE_PATHS = /^\/dev\/site(\.js|\/.*)?$/;

function pageAt(pathname: string, { mails = MAIL_DIRECTORY, calendar }: Surroundings): Handler | undefined {
  if (pathname.startsWith("/dev/mailbox")) return (request) => mailbox(request, mails);
  if (SITE_PATHS.test(pathname)) return async (request) => sitePage(request);
  return CALENDAR_PATHS.test(pathname) ? calendar : undefined;
}

async function staticFile(pathname: string): Promise<Response> {
  if (pathname === "/tracker.js") {
    const { buildTracker } = await import("../../scripts/tracker.ts");
    return new Response((await buildTracker()).script, { headers: { "Content-Type": "text/javascript" } });
  }
  if (pathname === "/api/openapi.json") {
    const { openApiDocument } = await import("../../scripts/openapi.ts");
    return Response.json(await openApiDocument());
  }
  if (pathname === "/dashboard.js" || pathname === "/dashboard.css") {
    const { script, style } = await dashboard();
    const text = pathname.endsWith(".js") ? script : style;
    return new Response(text, { headers: { "Content-Type": typeOf(pathname) } });
  }
  const name = pathname === "/" ? "/index.html" : pathname;
  const file = join(process.cwd(), "web", name);
  if (!/^(\/[\w-]+)+\.\w+$/.test(name) || !existsSync(file)) return new Response("not found\n", { status: 404 });
  return new Response(await readFile(file), {
    headers: { "Content-Type": typeOf(name) },
  });
}

let building: Promise<{ script: string; style: string }> | undefined;

/** Built as it is now, once for the script and the style that a page asks for together. */
function dashboard(): Promise<{ script: string; style: string }> {
  building ??= import("../../scripts/dashboard.ts")
    .then(({ buildDashboard }) => buildDashboard())
    .finally(() => {
      building = undefined;
    });
  return building;
}
