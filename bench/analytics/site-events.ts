import { sql } from "drizzle-orm";
import { seededRandom } from "../../dev/demo-data/seeded-random.ts";
import { visitsOf } from "../../dev/demo-data/site-visits.ts";
import type { RequestContext } from "../../lib/analytics/events/validate-event.ts";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { findSitesWithWork, processNextBatch } from "../../lib/analytics/pipeline/pipeline.ts";
import { type Db, rows, transact } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addSite, SHOP } from "../../test/worlds/site.ts";
import { median, time, verdict } from "../support.ts";

const MIDNIGHT = new Date("2026-02-02T00:00:00Z");
const NOW = new Date("2026-02-03T00:00:00Z");
const EVENTS = 50_000;
const BATCH = 500;
const ROUNDS = 3;

/** Measures collecting events in batches of 500 and processing them, each compared with a bare copy of the same rows. */
export async function siteEventsBench(): Promise<void> {
  const server = await startPostgres();
  const { db, close } = openPostgres(await createDatabase(server.url));
  try {
    await addSite(db);
    const bodies = makeBodies();
    const into: number[] = [];
    const through: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await emptyLayers(db);
      into.push(await time(() => sendAll(db, bodies)));
      await rows(db, sql`analyze raw.events, raw.pending`);
      through.push(await time(() => processAll(db)));
      bare.push(await time(() => copyRows(db)));
    }
    const perSecond = (ms: number) => (EVENTS / ms) * 1000;
    const { business } = await countLoaded(db);
    if (business !== EVENTS) throw new Error(`expected ${EVENTS} events in business, got ${business}`);
    const insert = await time(() => insertBare(db, bodies));
    console.log(
      `bare insert of the same rows: ${perSecond(insert).toFixed(0)}/s; bare copy raw to business: ${perSecond(median(bare)).toFixed(0)}/s`,
    );
    console.log(
      `rounds: into ${into.map((ms) => perSecond(ms).toFixed(0))}, through ${through.map((ms) => perSecond(ms).toFixed(0))}`,
    );
    console.log(
      `ratio to the bare insert ${(median(into) / insert).toFixed(2)}, to the bare copy ${(median(through) / median(bare)).toFixed(2)}`,
    );
    verdict("events into raw", perSecond(median(into)), { atLeast: 20_000 }, "/s");
    verdict("events from raw to business", perSecond(median(through)), { atLeast: 20_000 }, "/s");
  } finally {
    await close();
    await server.stop();
  }
}

interface Body {
  text: string;
  context: RequestContext;
}

/** The JSON bodies of requests with 500 events each. */
function makeBodies(): Body[] {
  const random = seededRandom(7);
  const events: Record<string, unknown>[] = [];
  const contexts: RequestContext[] = [];
  while (events.length < EVENTS) {
    for (const visit of visitsOf(MIDNIGHT, 1000, "https://shop.example", random)) {
      for (const event of visit.events) events.push({ ...event, event_id: `${events.length}-${event.event_id}` });
      contexts.push(visit.context);
    }
  }
  const bodies: Body[] = [];
  for (let from = 0; from < EVENTS; from += BATCH) {
    const context = contexts[bodies.length % contexts.length] as RequestContext;
    bodies.push({ text: JSON.stringify({ events: events.slice(from, from + BATCH) }), context });
  }
  return bodies;
}

const SENDERS = 4;

async function sendAll(db: Db, bodies: Body[]): Promise<void> {
  const queue = [...bodies];
  const sender = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
      await collectEvents(db, SHOP.customerId, parseTrackRequest(JSON.parse(body.text)).events, body.context, NOW);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function processAll(db: Db): Promise<void> {
  const worker = async () => {
    for (let sites = await findSitesWithWork(db); sites.length > 0; sites = await findSitesWithWork(db)) {
      for (const site of sites) await processNextBatch((work) => transact(db, work), site, NOW);
    }
  };
  await Promise.all([worker(), worker()]);
}

async function emptyLayers(db: Db): Promise<void> {
  await rows(
    db,
    sql`truncate raw.events, raw.event_ids, raw.pending, raw.dead_letters, staging.events, staging.pending,
      business.events, business.sessions, business.visitors, business.pages, business.rollups`,
  );
}

/** What any way from raw to business has to do at least. */
async function copyRows(db: Db): Promise<void> {
  await rows(db, sql`drop table if exists bare`);
  await rows(db, sql`create table bare (like business.events including all)`);
  await rows(db, sql`insert into bare select * from business.events`);
}

async function insertBare(db: Db, bodies: Body[]): Promise<void> {
  await rows(db, sql`drop table if exists bare_raw`);
  await rows(db, sql`create table bare_raw (id bigint generated always as identity primary key, payload json)`);
  for (const { text } of bodies) {
    await rows(
      db,
      sql`insert into bare_raw (payload) select event from json_array_elements((${text}::json)->'events') as event`,
    );
  }
}

async function countLoaded(db: Db): Promise<{ business: number }> {
  const [counts] = await rows<{ business: number }>(db, sql`select count(*)::int as business from business.events`);
  return counts ?? { business: 0 };
}
