import { globSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { cronRequest } from "../../../lib/jobs/endpoint/trigger.ts";
import { useClock } from "../../../lib/time/clock.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { everyOperation, sendTo } from "../../support/http/every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET, SETTINGS } from "../../support/http/requests.ts";
import { openIssuer, USER_SECRET } from "../../support/http/tokens.ts";
import { addUsers } from "../../worlds/club.ts";
import { addSite, processAll, READ_KEY, WRITE_KEY } from "../../worlds/site.ts";

/**
 * What this deployment calls: itself, a watchdog, Google, the issuer of tokens, the database and the mail server, each where
 * a setting says. Nothing that a request brings may choose a host.
 */
const CALLERS = [
  "lib/attendance/google/google-client.ts", // GOOGLE_CALENDAR_URL, and the key file's token_uri
  "lib/db/drivers/neon.ts", // DATABASE_URL
  "lib/db/admission/statement-limits.ts", // the host that a connection to the database has
  "lib/http/caller.ts", // AUTH_JWKS_URL
  "lib/jobs/endpoint/job-endpoint.ts", // EVENTS_BASE_URL
  "lib/supervision/watchdog.ts", // HEALTHCHECKS_PING_URL
  "lib/mail/delivery/smtp-connection.ts", // SMTP_HOST
  "lib/http/rate-limit/redis.ts", // REDIS_URL
  "lib/telemetry/sentry.ts", // SENTRY_DSN
  "lib/cli/doctor/settings.ts", // AUTH_JWKS_URL, which a command reads
  "lib/cli/smoke/deployment.ts", // the address that a command names
  "lib/network/proxy.ts", // HTTPS_PROXY, for calls of the others
  "lib/http/app/app.ts", // itself: Hono names what answers a request `fetch`
  "lib/server/crons.ts", // itself
  "lib/server/client-errors.ts", // it only answers on incoming connections
  "lib/server/listen.ts", // it only receives connections
];
const CALLS =
  /\bfetch\(|createRemoteJWKSet|redis\.createClient|googleapis\/build|new SMTPConnection|createTransport|new WebSocket|\b(https?|net|tls)\.(request|get|connect)\(|\b(connect|createConnection|Socket)\b.* from "(node:)?(net|tls)"|from "(node:)?(http|https|dgram|http2)"|from "(undici|axios|got)"/;

describe("the parts that call others", () => {
  it("are these and no more", () => {
    const local = /^lib\/(dev|cli)\//;
    const files = globSync("{lib,api}/**/*.ts").filter((file) => !local.test(file));
    const found = files.filter((file) => CALLS.test(readFileSync(file, "utf8")));
    const known = [...CALLERS, ...found.filter((file) => KNOWN_LIBRARIES.test(file))];
    expect(found.filter((file) => !known.includes(file))).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(["lib/jobs/endpoint/job-endpoint.ts", "lib/supervision/watchdog.ts"]));
  });
});

/** What opens the drivers' connections, to what a setting names. */
const KNOWN_LIBRARIES = /^lib\/(db|http)\/(redis|neon|postgres)[\w-]*\.ts$/;

/** A server that must not be called, and one of our own. */
async function listen(calls: { url: string | undefined; authorization: string | undefined }[]): Promise<Server> {
  const server = createServer((request, response) => {
    calls.push({ url: request.url, authorization: request.headers.authorization });
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe("a request", () => {
  const trapped: { url: string | undefined; authorization: string | undefined }[] = [];
  const called: typeof trapped = [];
  let trap: Server;
  let own: Server;
  let db: Db;
  ownDatabase((opened) => {
    db = opened;
  }, SETTINGS);
  beforeAll(async () => {
    [trap, own] = [await listen(trapped), await listen(called)];
  });
  afterAll(() => {
    trap.close();
    own.close();
  });
  beforeEach(() => {
    trapped.length = 0;
    called.length = 0;
    configure({ ...SETTINGS, EVENTS_BASE_URL: addressOf(own), AUTH_JWT_SECRET: USER_SECRET });
  });

  /** Everything by which a proxy or a client may name a host. */
  function forged(): Record<string, string> {
    const url = addressOf(trap);
    const { host } = new URL(url);
    return {
      host,
      "x-forwarded-host": host,
      "x-forwarded-proto": "http",
      "x-forwarded-server": host,
      "x-original-host": host,
      "x-original-url": url,
      "x-rewrite-url": url,
      forwarded: `host=${host};proto=http`,
      referer: `${url}/page`,
      "x-vercel-deployment-url": host,
      "x-callback-url": url,
      "x-customer-id": url,
    };
  }

  const tokens = () => [ADMIN_TOKEN, CRON_SECRET, READ_KEY, WRITE_KEY];

  it("reaches no host that its headers or its address name", async () => {
    await addSite(db);
    for (const request of await everyOperation()) {
      for (const token of tokens()) {
        const answer = await sendTo(request, { ...forged(), authorization: `Bearer ${token}` }, addressOf(trap));
        expect(await answer.text(), request.name).not.toContain(new URL(addressOf(trap)).host);
      }
    }
    await backgroundWork();
    expect(trapped).toEqual([]);
  });

  it("reaches no host that a parameter names", async () => {
    const url = addressOf(trap);
    const names = [
      "url",
      "callback",
      "redirect",
      "next",
      "baseUrl",
      "job",
      "customerId",
      "customer_id",
      "page_url",
      "path",
    ];
    for (const request of await everyOperation()) {
      for (const token of [ADMIN_TOKEN, CRON_SECRET]) {
        for (const name of names) {
          const query = `${request.path.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(url)}`;
          const json = request.json === undefined ? {} : { json: { ...(request.json as object), [name]: url } };
          await sendTo({ ...request, ...json, path: request.path + query }, { authorization: `Bearer ${token}` });
          if (request.json !== undefined) await sendTo({ ...request, ...json }, { authorization: `Bearer ${token}` });
        }
      }
    }
    await backgroundWork();
    expect(trapped).toEqual([]);
  }, 240_000);

  it("reaches no page that an event of a site names", async () => {
    await addSite(db);
    const url = addressOf(trap);
    const event = {
      event_type: "page_view",
      page_url: `${url}/page`,
      referrer: `${url}/from`,
      event_data: { url, image: `${url}/pixel.gif`, $ref: url },
    };
    for (const request of (await everyOperation()).filter(({ name }) => /^POST .*\/track(\/async)?$/.test(name))) {
      const answer = await sendTo({ ...request, json: event }, { authorization: `Bearer ${WRITE_KEY}` });
      expect(answer.status).toBeLessThan(300);
    }
    await backgroundWork();
    await processAll(db);
    expect(trapped).toEqual([]);
  });

  it("reaches no key set that a token names", async () => {
    const issuer = await openIssuer();
    configure({ ...SETTINGS, AUTH_JWKS_URL: issuer.url });
    const url = addressOf(trap);
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ sub: "ada", iss: url, iat: now, exp: now + 600 })
      .setProtectedHeader({ alg: "HS256", jku: `${url}/keys`, x5u: `${url}/cert`, kid: `${url}/kid` })
      .sign(new TextEncoder().encode(USER_SECRET));
    const answer = await GET(
      new Request("https://taktwerk.example/api/admin/sport/overview", {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    expect(answer.status).toBe(401);
    expect(trapped).toEqual([]);
    await issuer.close();
  });

  it("continues its run at EVENTS_BASE_URL with the secret, and ignores the host that it named", async () => {
    await addUsers(db, "ada");
    let time = Date.now();
    useClock(() => (time += 20_000)); // every look at the clock is 20 s later
    const fired = cronRequest(`${addressOf(trap)}/api/events/weekly`, CRON_SECRET, "5 0,6,12 * * 1");
    for (const [name, value] of Object.entries(forged())) fired.headers.set(name, value);
    expect((await GET(fired)).status).toBe(202);
    await backgroundWork();
    expect(trapped).toEqual([]);
    expect(called).toEqual([{ url: "/api/events/weekly", authorization: `Bearer ${CRON_SECRET}` }]);
  });
});
