import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
import { median, verdict } from "../support.ts";

const ROUNDS = 12;
const TOKEN = "a-secret-of-the-bench";
const KEYS = { writeKey: "twk_pub_of-the-bench", readKey: "twk_sec_of-the-bench" };
const SENDER = join(import.meta.dirname, "../../test/support/built/call-built.mjs");
const BOOKING_ID = "00000000-0000-4000-8000-000000000000";

/** The function of everything that is no job. */
const APP = "/api";

/** A first request, and how long its answer may take at most, as a multiple of an empty function's. */
interface Subject {
  name: string;
  /** The function's path. */
  of: string;
  /** Path and query of the request. */
  url: string;
  body?: unknown;
  token?: string;
  atMost?: number;
  tracked?: boolean;
}

/** What pages wait for. */
const PUBLIC = 2.2;
/** Nobody waits for a job. Its endpoint loads the engine and reads the ledger. */
const JOB = 2.5;
/** Signs in to Google and reads a calendar before it answers. */
const TRACKING = 3;

const appSubject = (url: string, rest: Partial<Subject> = {}): Subject => ({
  name: `${rest.body ? "POST" : "GET"} ${url.split("?")[0]}`,
  of: APP,
  url,
  ...rest,
});

const jobSubject = (url: string, atMost = JOB): Subject => ({ name: url, of: url, url, atMost });

/** Each job, and of the app each operation that pages wait for, and one of each other group of operations. */
const SUBJECTS: readonly Subject[] = [
  appSubject("/api/services", { atMost: PUBLIC }),
  appSubject("/api/providers", { atMost: PUBLIC }),
  appSubject("/api/slots?providerId=nobody", { atMost: PUBLIC }),
  appSubject(`/api/bookings/${BOOKING_ID}`, { atMost: PUBLIC }),
  appSubject("/api/bookings", {
    body: { slotId: 7, name: "Ada", email: "ada@club.example" },
    atMost: PUBLIC,
  }),
  jobSubject("/api/events/weekly"),
  jobSubject("/api/events/monthly"),
  jobSubject("/api/events/emails/dispatch"),
  jobSubject("/api/events/cleanup"),
  { ...jobSubject("/api/events/cleanup"), name: "/api/events/cleanup with an error tracker", tracked: true },
  jobSubject("/api/events/slots"),
  jobSubject("/api/events/tracking", TRACKING),
  jobSubject("/api/v1/track/process"),
  appSubject("/api/admin/services"),
  appSubject("/api/admin/bookings"),
  appSubject("/api/sport/exercises"),
  appSubject("/api/sport/results?userId=ada"),
  appSubject("/api/tracking/metrics"),
  appSubject("/api/v1/track", {
    body: { event_type: "page_view", page_url: "https://shop.example/" },
    token: KEYS.writeKey,
  }),
  appSubject("/api/v1/track/status", { token: KEYS.readKey }),
  appSubject("/api/admin/sites"),
  appSubject("/api/admin/emails"),
  appSubject("/api/admin/runs"),
  appSubject("/api/admin/monitoring"),
];

/**
 * From the start of a process to the first answer of a built function, which passes authorisation and reads the database, as a
 * multiple of an empty function's in the same run. Needs `npm run build:platform` first.
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
    const handlers = new Map(builtFunctions().map(({ path, handler }) => [path, handler]));
    const requests = [
      {
        name: "empty",
        request: JSON.stringify({ handler: empty, method: "GET", url: "https://taktwerk.example/" }),
        env,
      },
      ...SUBJECTS.map((subject) => ({
        name: subject.name,
        request: requestFor(subject, handlers.get(subject.of)),
        env: subject.tracked ? { ...env, SENTRY_DSN: tracker.dsn } : env,
      })),
    ];
    const times = new Map(requests.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { name, request, env } of requests) {
        const ms = await answerTime(request, env);
        if (round > 0) times.get(name)?.push(ms); // the first round fills the disk's cache
      }
    }
    const base = median(times.get("empty") ?? []);
    console.log(`empty function: ${base.toFixed(0)} ms`);
    for (const { name, atMost } of SUBJECTS) {
      const ratio = median(times.get(name) ?? []) / base;
      if (atMost === undefined) console.log(`  first answer of ${name}: ${ratio.toFixed(2)} times an empty function's`);
      else verdict(`first answer of ${name} as a multiple of an empty function's`, ratio, { atMost });
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

function requestFor({ of, url, body, token = TOKEN }: Subject, handler: string | undefined): string {
  if (handler === undefined) throw new Error(`expected a built function ${of}, got none`);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "idempotency-key": "a-key-of-the-bench",
  };
  return JSON.stringify({
    handler,
    method: body ? "POST" : "GET",
    url: `https://taktwerk.example${url}`,
    headers,
    body: body && JSON.stringify(body),
  });
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
