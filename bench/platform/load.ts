import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { smtpSink } from "../../test/fakes/smtp-sink.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite } from "../../test/worlds/site.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../test/worlds/slots.ts";
import { percentile, verdict } from "../support.ts";
import { type BuiltServer, startBuiltServer } from "./built-server.ts";

const CRON_SECRET = "a-cron-secret-for-loads";
const ADMIN_TOKEN = "an-admin-token-for-loads";
const AT_ONCE = 50;
const ROUNDS = 10;
const READS = 300;

/** The built functions as a server, with many at once before it: bookings, rate limits, and an hour that takes minutes. */
export async function loadBench(): Promise<void> {
  const postgres = await startPostgres();
  const url = await createDatabase(postgres.url);
  const { db, close } = openPostgres(url);
  const sink = await smtpSink();
  const settings = {
    DATABASE_URL: url,
    CRON_SECRET,
    ADMIN_TOKEN,
    RATE_LIMIT_READS: String(READS),
    EMAIL_FROM: "taktwerk@club.example",
    ALERT_EMAIL: "operator@club.example",
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(sink.port),
    SMTP_SECURE: "false",
  };
  const servers = [await startBuiltServer(settings), await startBuiltServer(settings)] as const;
  try {
    await addProvider(db);
    await addService(db);
    const { writeKey, readKey } = await addSite(db);
    await bookings(db, servers[0]);
    await limits(servers);
    await soak(db, servers[0], writeKey, readKey);
    const faults = servers.flatMap((server) => server.faults);
    for (const fault of faults.slice(0, 5)) console.log(fault);
    verdict("faults in the log", faults.length, { atMost: 0 });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await close();
    await sink.close();
    await postgres.stop();
  }
}

/** The hour that begins so many hours from now. */
const inHours = (hours: number) => new Date((Math.floor(Date.now() / HOUR_MS) + hours) * HOUR_MS);

/** Everybody comes from somewhere else, so that none of them is limited. */
let callers = 0;
const elsewhere = () => {
  callers += 1;
  return `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`;
};

function book(url: string, slotId: number): Promise<Response> {
  return fetch(`${url}/api/bookings`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID(), "X-Forwarded-For": elsewhere() },
    body: JSON.stringify({ slotId, name: "Ada", email: "ada@club.example" }),
  });
}

/** As many at once for slots of their own, and for one place. */
async function bookings(db: Db, { url }: BuiltServer): Promise<void> {
  for (const places of [AT_ONCE, 1]) {
    const taken: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const first = 30 + (places === 1 ? 1_000 : 0) + round * places;
      const starts = Array.from({ length: places }, (_, n) => ({ startsAt: inHours(first + n) }));
      const slots = await addSlots(db, ...starts);
      const ask = async (_: unknown, n: number) => {
        const start = performance.now();
        const { status } = await book(url, slots[n % places] ?? 0);
        if (round > 0) taken.push(performance.now() - start); // the first warms up
        return status;
      };
      const statuses = await Promise.all(Array.from({ length: AT_ONCE }, ask));
      const won = statuses.filter((status) => status === 201).length;
      const lost = statuses.filter((status) => status === 409).length;
      if (won !== places || lost !== AT_ONCE - places) throw new Error(`expected ${places} bookings, got ${statuses}`);
    }
    const name = places === 1 ? "one place" : `${places} slots of one provider`;
    verdict(`${AT_ONCE} bookings at once, ${name}, p95`, percentile(taken, 0.95), { atMost: 500 }, " ms");
  }
}

/** More reads than are allowed, from one address, to both at once; and one from another. */
async function limits(servers: readonly BuiltServer[]): Promise<void> {
  const read = (n: number, address: string) =>
    fetch(`${servers[n % servers.length]?.url}/api/services`, { headers: { "X-Forwarded-For": address } });
  const [one, other] = [elsewhere(), elsewhere()];
  const answers = await Promise.all(Array.from({ length: READS + 100 }, (_, n) => read(n, one)));
  const refused = answers.filter(({ status }) => status === 429);
  const told = refused.filter(({ headers }) => Number(headers.get("retry-after")) > 0);
  verdict(`of ${READS + 100} reads in a minute, let through`, answers.length - refused.length, {
    atLeast: READS,
    atMost: READS,
  });
  verdict("of the others, told when to come again", told.length, { atLeast: 100, atMost: 100 });
  verdict("another caller meanwhile", (await read(0, other)).status, { atLeast: 200, atMost: 200 });
}

const MINUTES = 60;
const A_MINUTE = 100;
const WARM_MINUTES = 12;

/** An hour of sixty short minutes: requests of all kinds, and jobs as their crons would come. */
async function soak(db: Db, server: BuiltServer, writeKey: string, readKey: string): Promise<void> {
  const { url } = server;
  const statuses = new Map<number, number>();
  const slots = await addSlots(db, ...Array.from({ length: 400 }, (_, n) => ({ startsAt: inHours(1_200 + n) })));
  const count = async (asked: Promise<Response>) => {
    const response = await asked;
    await response.arrayBuffer();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  };
  const ask = (path: string, token?: string, method = "GET", json?: unknown) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        "X-Forwarded-For": elsewhere(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  const event = () => ({ event_type: "page_view", page_url: "https://shop.example/a", session_id: randomUUID() });
  const KINDS = [
    () => ask("/api/slots?serviceId=massage"),
    () => ask("/api/services"),
    () => ask("/api/v1/track", writeKey, "POST", event()),
    () => ask("/api/v1/track/async", writeKey, "POST", { events: Array.from({ length: 20 }, event) }),
    () => ask("/api/v1/track/dashboard", readKey),
    () => ask("/api/admin/monitoring", ADMIN_TOKEN),
    () => ask("/api/admin/runs", ADMIN_TOKEN),
    () => ask("/api/health"),
    () => ask("/api/slots?serviceId=nobody's"), // refused
    () => ask("/api/admin/monitoring", "not-the-token-of-anybody"), // refused
  ];
  let warm = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    if (minute === WARM_MINUTES) warm = await settled(server);
    if (minute % 15 === 0) await count(ask("/api/events/emails/dispatch", CRON_SECRET));
    if (minute % 15 === 5) await count(ask("/api/v1/track/process", CRON_SECRET));
    if (minute % 30 === 2) await count(ask("/api/events/cleanup", CRON_SECRET));
    const asked = Array.from({ length: A_MINUTE }, (_, n) => KINDS[n % KINDS.length] ?? (() => ask("/api/health")));
    asked.push(
      () => book(url, slots[minute] ?? 0),
      () => book(url, slots[minute] ?? 0),
    );
    for (let from = 0; from < asked.length; from += 20) {
      await Promise.all(asked.slice(from, from + 20).map((one) => count(one())));
    }
  }
  console.log("an hour in miniature, answers by status:", Object.fromEntries(statuses));
  const wrong = [...statuses].filter(([status]) => status >= 500).reduce((sum, [, times]) => sum + times, 0);
  verdict("answers of 5xx", wrong, { atMost: 0 });
  verdict("memory at its end against that after a fifth", (await settled(server)) / warm, { atMost: 1.2 });
}

/** What it holds when what goes on after answers is done. */
async function settled(server: BuiltServer): Promise<number> {
  await sleep(2_000);
  return server.heap();
}
