import type { Handler } from "../lib/http/handler.ts";
import { noEndpoint } from "../lib/http/respond.ts";
import { filesIn } from "../lib/server/files.ts";
import { type Listening, listen } from "../lib/server/listen.ts";
import { onlyLoopbackHosts } from "../lib/server/loopback-host.ts";
import { asPlatform } from "../lib/server/platform-headers.ts";
import { sitePage } from "./demo-site/site-pages.ts";
import { MAIL_DIRECTORY } from "./mailbox/mail-store.ts";
import { mailbox } from "./mailbox/mailbox.ts";

/** What is served beside the project itself. */
interface Surroundings {
  /** Where the mails are that `/dev/mailbox` shows. */
  mails?: string;
  /** Answers `/dev/calendar` and what Google Calendar would be asked; without it there are no such paths. */
  calendar?: Handler;
}

/** Serves every function of `api/`, the pages under `/dev`, and `web/pages/`, as the platform would, on loopback only. */
export function serve(port: number, surroundings: Surroundings = {}): Promise<Listening> {
  const handler = asPlatform((request) => {
    const { pathname } = new URL(request.url);
    return (pageAt(pathname, surroundings) ?? BUILT[pathname] ?? noEndpoint)(request);
  });
  return listen("127.0.0.1", port, handler, { before: [onlyLoopbackHosts, filesIn("web/pages")] });
}

/** The API answers at the root of its origin, wherever that is: Google's client cuts off a path below it. */
const CALENDAR_PATHS = /^(\/dev\/calendar|\/dev\/google\/token|\/calendar\/v3\/.*)$/;

const SITE_PATHS = /^\/dev\/site(\.js|\/.*)?$/;

function pageAt(pathname: string, { mails = MAIL_DIRECTORY, calendar }: Surroundings): Handler | undefined {
  if (pathname.startsWith("/dev/mailbox")) return (request) => mailbox(request, mails);
  if (SITE_PATHS.test(pathname)) return async (request) => sitePage(request);
  return CALENDAR_PATHS.test(pathname) ? calendar : undefined;
}

const text = (content: string, type: string): Response =>
  new Response(content, { headers: { "Content-Type": `${type}; charset=utf-8` } });

/** What the build writes into `public/`, made anew for each request. */
const BUILT: Readonly<Record<string, Handler>> = {
  "/tracker.js": async () => text((await (await tracker()).buildTracker()).script, "text/javascript"),
  "/tracker.mjs": async () => text((await (await tracker()).buildTracker()).module, "text/javascript"),
  "/api/openapi.json": async () => {
    const { openApiDocument } = await import("../scripts/openapi.ts");
    return Response.json(await openApiDocument());
  },
  "/dashboard.js": async () => text((await consoleFiles()).script, "text/javascript"),
  "/dashboard.css": async () => text((await consoleFiles()).style, "text/css"),
};

const tracker = () => import("../scripts/tracker.ts");

let building: Promise<{ script: string; style: string }> | undefined;

/** Built as it is now, once for the script and the style that a page asks for together. */
function consoleFiles(): Promise<{ script: string; style: string }> {
  building ??= import("../scripts/console.ts")
    .then(({ buildConsole }) => buildConsole())
    .finally(() => {
      building = undefined;
    });
  return building;
}
