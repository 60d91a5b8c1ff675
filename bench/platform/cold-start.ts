import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSite } from "../../lib/analytics/sites/sites.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startGoogle } from "../../test/fakes/google-server.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { settingsFor } from "../../test/support/attendance/tracking-run.ts";
import { builtFunctions } from "../../test/support/built/built-functions.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { startSink } from "../mail/sink.ts";
import { median, time, verdict } from "../support.ts";

const TIMES = 20;
const TOKEN = "a-secret-of-the-bench";
const KEYS = { writeKey: "twk_pub_of-the-bench", readKey: "twk_sec_of-the-bench" };
const SENDER = join(import.meta.dirname, "../../test/support/built/call-built.mjs");

const TEST_ALERT = "/api/admin/monitoring/test-alert";

/** Answer only after a talk with the mail server, whose pause before its greeting (for early talkers) is not ours. */
const WAIT_FOR_MAIL = new Set([TEST_ALERT, "/api/health"]);

/** Answers only after a talk with the error tracker. */
const TEST_ERROR = "/api/admin/monitoring/test-error";

/** Also measured with an error tracker that receives check-ins. */
const TRACKED = "/api/events/cleanup";

/** Bodies for those that only take a POST; what they write is written before the clock starts. */
const BODIES: Record<string, unknown> = {
  "/api/admin/emails/retry": { all: true },
  "/api/admin/jobs/run": { job: "cleanup" },
  "/api/admin/monitoring/cleanup-jobs": {},
  "/api/tracking/reclassify": {},
  [TEST_ALERT]: {},
  [TEST_ERROR]: {},
  "/api/v1/track": { event_type: "page_view", page_url: "https://shop.example/" },
  "/api/v1/track/async": { event_type: "page_view", page_url: "https://shop.example/" },
  "/api/admin/sites/[id]": { name: "Shop" },
  "/api/admin/sites/[id]/keys": { kind: "read" },
  "/api/bookings": { slotId: 7, name: "Ada", email: "ada@club.example" },
  "/api/bookings/[id]/reschedule": { slotId: 7 },
  "/api/slots/[id]/hold": {},
  "/api/sport/users": { users: [{ id: "ada" }] },
  "/api/sport/friendships": { friendships: [{ userId: "ada", friendId: "bob" }] },
  "/api/sport/workouts": {
    workouts: [
      {
        id: "w",
        userId: "ada",
        startTime: "2026-02-02T10:00:00Z",
        activities: [{ exerciseId: "pushups", quantity: 9 }],
      },
    ],
  },
};

/** Takes no POST. */
const CHANGES = "/api/admin/sites/[id]";

/** What belongs to a site is opened by the site's keys. */
const keyFor = (path: string): string =>
  /track(\/async)?$/.test(path) ? KEYS.writeKey : /track\/(status|dashboard)$/.test(path) ? KEYS.readKey : TOKEN;

/** Loads Google's client, signs in with it and reads a calendar before it answers. */
const READS_A_CALENDAR = "/api/events/tracking";

const QUERIES: readonly (readonly [RegExp, string])[] = [
  [/results|leaderboard|rankings|badges/, "?userId=ada"],
  [/^\/api\/slots$/, "?providerId=nobody"],
  [/^\/api\/tracking\/appointments$/, "?date=2026-02-02"],
];

/**
 * From the start of a process to a built function's first answer, which goes through authorisation and the database,
 * against an empty function in the same run. Wants `npm run build:platform` first.
 */
export async function coldStartBench(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-cold-"));
  const empty = join(home, "empty.mjs");
  writeFileSync(empty, "export async function GET() { return Response.json({ status: 'ok' }); }\n");
  const server = await startPostgres();
  const sink = await startSink();
  const google = await startGoogle();
  const tracker = await startTracker();
  try {
    const url = await createDatabase(server.url);
    await makeSite(url);
    const env = {
      DATABASE_URL: url,
      CRON_SECRET: TOKEN,
      ADMIN_TOKEN: TOKEN,
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(sink.port),
      EMAIL_FROM: "mail@club.example",
      ALERT_EMAIL: "operator@club.example",
      EMAIL_PREFERENCES_SECRET: TOKEN,
      ...settingsFor(google),
      VERCEL: "1",
    };
    const tracked = { ...env, SENTRY_DSN: tracker.dsn };
    const subjects = [
      { name: "empty", request: requestFor("/", empty), env },
      ...builtFunctions().flatMap(({ path, handler }) => {
        const request = requestFor(path, handler);
        const own = { name: path, request, env: path === TEST_ERROR ? tracked : env };
        return path === TRACKED ? [own, { name: `${path} with an error tracker`, request, env: tracked }] : [own];
      }),
    ];
    const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round <= TIMES; round++) {
      for (const { name, request, env } of subjects) {
        const ms = await answerTime(request, env);
        if (round > 0) times.get(name)?.push(ms); // the first round fills the disk's cache
      }
    }
    const base = median(times.get("empty") ?? []);
    console.log(`empty function: ${base.toFixed(0)} ms`);
    const pause = await time(() => greeting(sink.port));
    for (const [name, measured] of times) {
      if (name === "empty") continue;
      const own = median(measured) - base - (WAIT_FOR_MAIL.has(name) ? pause : 0);
      const atMost = name === READS_A_CALENDAR ? 250 : 150;
      verdict(`cold start of ${name} over an empty function`, own, { atMost }, " ms");
    }
  } finally {
    sink.process.kill();
    await google.close();
    tracker.close();
    await server.stop();
    rmSync(home, { recursive: true });
  }
}

/** An error tracker that takes everything. */
async function startTracker() {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end("{}"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { dsn: `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`, close: () => server.close() };
}

async function makeSite(url: string): Promise<void> {
  const { db, close } = openPostgres(url);
  await createSite(db, { customerId: "shop", name: "Shop", allowedOrigins: [], timezone: "UTC" }, new Date(), KEYS);
  await close();
}

async function greeting(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "data");
  socket.destroy();
}

function requestFor(path: string, handler: string): string {
  const body = BODIES[path];
  const query = QUERIES.find(([of]) => of.test(path))?.[1] ?? "";
  const headers = {
    authorization: `Bearer ${keyFor(path)}`,
    "content-type": "application/json",
    "idempotency-key": "a-key-of-the-bench",
  };
  const asked = path.replace("slots/[id]", "slots/7").replace("[id]", "00000000-0000-4000-8000-000000000000");
  const url = `https://taktwerk.example${asked}${query}`;
  const method = path === CHANGES ? "PATCH" : body ? "POST" : "GET";
  return JSON.stringify({ handler, method, url, headers, body: body && JSON.stringify(body) });
}

async function answerTime(request: string, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [SENDER, request], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [output] = (await once(child.stdout, "data")) as [Buffer];
  const ms = performance.now() - start;
  await once(child, "close");
  const { status } = JSON.parse(output.toString().trim().split("\n").at(-1) ?? "{}") as { status?: number };
  if (status === undefined || status === 401 || status >= 500) throw new Error(`${request} answered ${output}`);
  return ms;
}
