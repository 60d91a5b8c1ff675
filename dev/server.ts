import { globSync, statSync } from "node:fs";
import type { Handler } from "../lib/http/handler.ts";
import { filesIn } from "../lib/server/files.ts";
import { type Listening, listen } from "../lib/server/listen.ts";
import { onlyLoopbackHosts } from "../lib/server/loopback-host.ts";
import { pagePaths } from "../lib/server/page-paths.ts";
import { asPlatform, withHeaders } from "../lib/server/platform-headers.ts";
import type { ConsoleFiles } from "../scripts/console.ts";
import { accountsPage } from "./accounts/accounts-page.ts";
import { sitePage } from "./demo-site/site-pages.ts";
import { MAIL_DIRECTORY } from "./mailbox/mail-store.ts";
import { mailbox } from "./mailbox/mailbox.ts";

/** What the local run serves in addition to the project. */
interface LocalPages {
  /** The folder of the mails that `/dev/mailbox` shows. */
  mails?: string;
  /** Answers `/dev/calendar` and the requests to Google Calendar; without it these paths do not exist. */
  calendar?: Handler;
  /** Answers everything else; by default the functions, as the platform would. */
  platform?: Handler;
}

/** Serves all functions of `api/`, the pages under `/dev` and `web/pages/` as the platform does, on loopback only. */
export function serve(port: number, pages: LocalPages = {}): Promise<Listening> {
  const { platform = asPlatform() } = pages;
  const handler = withHeaders((request) => {
    const { pathname } = new URL(request.url);
    return (pageAt(pathname, pages) ?? BUILT[pathname] ?? platform)(request);
  });
  return listen("127.0.0.1", port, handler, { before: [onlyLoopbackHosts, pagePaths, filesIn("web/pages")] });
}

/** The stand-in for Google answers at the root of the origin, because Google's client removes a path from its address. */
const CALENDAR_PATHS = /^(\/dev\/calendar|\/dev\/google\/token|\/calendar\/v3\/.*)$/;

const SITE_PATHS = /^\/dev\/site(\.js|\/.*)?$/;

function pageAt(pathname: string, { mails = MAIL_DIRECTORY, calendar }: LocalPages): Handler | undefined {
  if (/^\/dev\/accounts(\/|$)/.test(pathname)) return accountsPage;
  if (pathname.startsWith("/dev/mailbox")) return (request) => mailbox(request, mails);
  if (SITE_PATHS.test(pathname)) return async (request) => sitePage(request);
  if (pathname.startsWith("/assets/")) return () => consoleFile(pathname.slice("/assets/".length));
  return CALENDAR_PATHS.test(pathname) ? calendar : undefined;
}

const text = (content: string, type: string): Response =>
  new Response(content, { headers: { "Content-Type": `${type}; charset=utf-8` } });

/** Files that the build writes to `public/`. Here they are built for each request. */
const BUILT: Readonly<Record<string, Handler>> = {
  "/tracker.js": async () => text((await (await tracker()).buildTracker()).script, "text/javascript"),
  "/tracker.mjs": async () => text((await (await tracker()).buildTracker()).module, "text/javascript"),
  "/client.js": async () => {
    const { buildClient } = await import("../scripts/client.ts");
    return text(await buildClient(), "text/javascript");
  },
  "/client.d.ts": async () => {
    const { clientDeclarations } = await import("../scripts/client.ts");
    return text(await clientDeclarations(), "text/plain");
  },
  "/api/openapi.json": async () => {
    const { openApiDocument } = await import("../scripts/openapi.ts");
    return Response.json(await openApiDocument());
  },
  "/console.js": async () => consoleFile((await consoleFiles()).script),
  "/console.css": async () => consoleFile((await consoleFiles()).style),
};

const tracker = () => import("../scripts/tracker.ts");

let built: { since: number; files: Promise<ConsoleFiles> } | undefined;

/** Builds the console, and again when one of its sources has changed. */
function consoleFiles(): Promise<ConsoleFiles> {
  const since = newestSource();
  if (built?.since !== since) {
    const files = import("../scripts/console.ts").then(({ buildConsole }) => buildConsole());
    built = { since, files };
    files.catch(() => {
      built = undefined; // the next request tries again
    });
  }
  return built.files;
}

/** When the newest source of the console was changed, in milliseconds since the epoch. */
function newestSource(): number {
  const sources = globSync("web/{console,client}/**/*.{ts,tsx,css}");
  return Math.max(...sources.map((source) => statSync(source).mtimeMs));
}

/** A file of the console that loads later. Its name changes with its content, so the last build has it or a page is out of date. */
async function consoleFile(name: string): Promise<Response> {
  const { files } = await (built?.files ?? consoleFiles());
  const file = files.get(name);
  if (file === undefined) return new Response("Not found", { status: 404 });
  const type = TYPES[name.slice(name.lastIndexOf("."))] ?? "application/octet-stream";
  return new Response(file.contents as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": type } });
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};
