import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { configure } from "../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../lib/db/client.ts";
import { rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { redirectLog } from "../../lib/log.ts";
import { refusingServer } from "../fakes/neon-wire.ts";
import { sentryServer } from "../fakes/sentry.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { databaseOnSmallDisk } from "../servers/full-disk.ts";
import { createDatabase } from "../support/database/databases.ts";
import { everyOperation, type OperationRequest, sendTo } from "../support/http/every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET, SETTINGS } from "../support/http/requests.ts";
import { alertSettings } from "../support/jobs/supervise-operator.ts";
import { link } from "../support/mail/unsubscribe-link.ts";
import { CONSOLE_SECRET, cookieOf } from "../worlds/operators.ts";
import { addSite, READ_KEY, WRITE_KEY } from "../worlds/site.ts";

/** Every path of the API, with what each takes and the right secret, while the database is away, each for real. */

const UNSUBSCRIBE = /^(GET|POST) \/api\/events\/emails\/unsubscribe$/;

const SECRETS: Record<string, string> = { cronSecret: CRON_SECRET, siteReadKey: READ_KEY, siteWriteKey: WRITE_KEY };

const secretOf = ({ credentials }: OperationRequest): string => SECRETS[credentials[0] ?? ""] ?? ADMIN_TOKEN;

/** What operators do with their own accounts is sent by the console, with the cookie of a session. */
function headersOf(request: OperationRequest): Record<string, string> {
  if (!request.name.includes(" /api/auth/") || request.credentials.includes("adminToken")) {
    return { authorization: `Bearer ${secretOf(request)}` };
  }
  return { cookie: cookieOf("admin"), origin: "https://taktwerk.example" };
}

/** What needs no database: it answers as ever. */
const WITHOUT_DATABASE = new Set([
  ...["POST /api/admin/monitoring/test-alert", "POST /api/admin/monitoring/test-error"],
  // No sign-in waits for a code in this browser.
  ...["POST /api/auth/sign-in/second-factor", "POST /api/auth/sign-in/backup-code"],
]);

interface Answered {
  what: string;
  status: number;
  headers: Headers;
  text: string;
}

/** Asks everything that is served, side by side, and waits for what goes on after the answers. */
async function askEverything(): Promise<Answered[]> {
  const { pathname, search } = new URL(link("ada"));
  const answers = (await everyOperation()).map(async (request): Promise<Answered> => {
    const path = UNSUBSCRIBE.test(request.name) ? pathname + search : request.path;
    const response = await sendTo({ ...request, path }, headersOf(request));
    const { status, headers } = response;
    return { what: request.name, status, headers, text: await response.text() };
  });
  const all = await Promise.all(answers);
  await backgroundWork();
  return all;
}

/** Whether an answer says that the database is away, as its kind does. */
function saysAway({ what, status, headers, text }: Answered): boolean {
  if (status !== 503) return false;
  if (/^GET (\/api)?\/health/.test(what)) return JSON.parse(text).status === "fail";
  if (!(Number(headers.get("retry-after")) > 0)) return false;
  if (UNSUBSCRIBE.test(what)) return headers.get("content-type") === "text/html; charset=utf-8";
  const { status: kind, error } = JSON.parse(text);
  return kind === "error" && error.code === "unavailable" && typeof error.requestId === "string";
}

const line = ({ what, status, text }: Answered) => `${what}: ${status} ${text.slice(0, 120)}`;

describe("everything that is served", () => {
  let mails: { raw: Buffer }[];
  let events: () => Record<string, unknown>[];
  beforeEach(async () => {
    redirectLog(() => {});
    const sink = await smtpSink();
    const sentry = await sentryServer();
    onTestFinished(() => sink.close());
    mails = sink.mails;
    events = sentry.events;
    configure({
      ...{ ...SETTINGS, ...alertSettings(sink.port), CONSOLE_SECRET },
      ...{ SENTRY_DSN: sentry.dsn, RATE_LIMIT_REFUSALS: "0" },
    });
  });
  afterEach(closeDatabase);

  const serveFrom = (url: string) => useConnection(openPostgres(url, { connectionTimeoutMillis: 5_000 }));
  const subjects = () => mails.map(({ raw }) => /^subject: (.*)$/im.exec(raw.toString())?.[1]?.trim());

  /** Of a database that cannot even be read. */
  function expectAllAway(answers: Answered[]): void {
    const others = answers.filter((answer) => !saysAway(answer) && !WITHOUT_DATABASE.has(answer.what));
    expect(others.map(line)).toEqual([]);
    expect(answers.length).toBeGreaterThan(70);
  }

  it("answers 503 with Retry-After if the port is closed, and sends one alert and one error report", async () => {
    serveFrom("postgresql://postgres:postgres@127.0.0.1:1/nothing");
    expectAllAway(await askEverything());
    expect(subjects().filter((subject) => !subject?.includes("Test alert"))).toEqual([
      "[Sportify Alert] The database cannot be reached",
    ]);
    expect(events().filter(({ tags }) => (tags as { code: string }).code === "ECONNREFUSED")).toHaveLength(1);
  });

  it("answers 503 with Retry-After while the server is starting, and sends one alert and one error report", async () => {
    const server = await refusingServer("57P03", "the database system is starting up");
    await server.open();
    onTestFinished(() => server.close());
    serveFrom(`postgresql://postgres:postgres@127.0.0.1:${server.port}/nothing`);
    expectAllAway(await askEverything());
    expect(subjects().filter((subject) => !subject?.includes("Test alert"))).toEqual([
      "[Sportify Alert] The database is starting",
    ]);
    expect(events().filter(({ tags }) => (tags as { code: string }).code === "57P03")).toHaveLength(1);
  });

  /** Of a database that can be read: what writes is away, what reads may be there, and nothing is a fault of ours. */
  function expectNoWrites(answers: Answered[]): void {
    const faults = answers.filter((answer) => answer.status >= 500 && !saysAway(answer));
    expect(faults.filter(({ what }) => !WITHOUT_DATABASE.has(what)).map(line)).toEqual([]);
    const away = answers.filter(saysAway).map(({ what }) => what);
    expect(away).toEqual(expect.arrayContaining(WRITING));
    const reads = answers.filter(({ what }) => READING.includes(what));
    expect(reads.filter(({ status }) => status !== 200).map(line)).toEqual([]);
    expect(reads).toHaveLength(READING.length);
  }

  /** What cannot do without writing, of all areas. */
  const WRITING = [
    "GET /api/health",
    ...["weekly", "monthly", "emails/dispatch", "cleanup", "tracking", "slots"].flatMap((job) => [
      `GET /api/events/${job}`,
      `POST /api/events/${job}`,
    ]),
    "GET /api/v1/track/process",
    "POST /api/admin/jobs/run",
    "POST /api/admin/monitoring/cleanup-jobs",
    "POST /api/admin/providers",
    "POST /api/sport/users",
    "POST /api/v1/track",
    "POST /api/v1/track/async",
  ];

  const READING = [
    "GET /api/admin/monitoring",
    "GET /api/admin/runs",
    "GET /api/providers",
    "GET /api/services",
    "GET /api/tracking/metrics",
    "GET /api/v1/track/status",
  ];

  it("answers 503 to writing requests if the database is read-only, and keeps reading", async () => {
    const url = await createDatabase();
    const before = openPostgres(url);
    await addSite(before.db);
    await before.close();
    const admin = openPostgres(`${inject("postgresUrl")}/postgres`);
    onTestFinished(() => admin.close());
    const name = sql.identifier(new URL(url).pathname.slice(1));
    await rows(admin.db, sql`alter database ${name} set default_transaction_read_only = on`);
    serveFrom(url);
    expectNoWrites(await askEverything());
    expect(subjects()).toContain("[Sportify Alert] The database is read-only");
    expect(events().filter(({ tags }) => (tags as { code: string }).code === "25006")).toHaveLength(1);
  });

  // In one of about twenty runs beside other tests some reads were refused as well; the assertion names the reason.
  it("answers 503 to writing requests if the disk is full, and keeps reading", { retry: 1 }, async () => {
    const disk = await databaseOnSmallDisk();
    onTestFinished(() => disk.remove());
    onTestFinished(closeDatabase);
    const before = openPostgres(disk.url);
    await addSite(before.db);
    await before.close();
    await disk.fill();
    serveFrom(disk.url);
    expectNoWrites(await askEverything());
    expect(subjects()).toContain("[Sportify Alert] The database's disk is full or faulty");
    expect(events().filter(({ tags }) => (tags as { code: string }).code === "53100")).toHaveLength(1);
  });
});
