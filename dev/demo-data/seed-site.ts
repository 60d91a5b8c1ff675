import { sql } from "drizzle-orm";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { findSitesWithWork, processNextBatch } from "../../lib/analytics/pipeline/pipeline.ts";
import { sites } from "../../lib/analytics/sites/schema.ts";
import { createSite } from "../../lib/analytics/sites/sites.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { seededRandom } from "./random.ts";
import { type Visit, visitsOf } from "./site-visits.ts";

const DAY_MS = 86_400_000;
const DAYS = 14;
const VISITS_A_DAY = 80;

/** Keys of the demo site, which only the local run has. */
export const DEMO_SITE = {
  customerId: "demo",
  writeKey: "twk_pub_local-demo-site",
  readKey: "twk_sec_local-demo-site",
};

/**
 * Fills a database without sites with the demo club's and its traffic of the last two weeks, through the door and the
 * pipeline as any other.
 * @returns how many; undefined where there were sites already.
 */
export async function seedSite(
  db: Db,
  now: Date,
  timezone: string,
): Promise<{ visits: number; events: number } | undefined> {
  if ((await db.$count(sites)) > 0) return undefined;
  const { customerId, ...keys } = DEMO_SITE;
  const origin = "https://www.club.example";
  await createSite(db, { customerId, name: "Demo club", allowedOrigins: [origin], timezone }, now, keys);
  const random = seededRandom(23);
  const today = Math.floor(Number(now) / DAY_MS) * DAY_MS;
  let visits = 0;
  let events = 0;
  for (let day = today - (DAYS - 1) * DAY_MS; day <= today; day += DAY_MS) {
    const made = visitsOf(new Date(day), VISITS_A_DAY, origin, random).map((visit) => upTo(visit, now));
    const received = new Date(Math.min(day + DAY_MS - 1, Number(now)));
    for (const alike of byContext(made)) {
      const sent = alike.flatMap((visit) => visit.events);
      if (sent.length > 0) await sendAll(db, customerId, sent, alike[0] as Visit, received);
      events += sent.length;
    }
    visits += made.filter((visit) => visit.events.length > 0).length;
  }
  await processAll(db, now);
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze business.events, business.sessions, business.rollups, raw.events, staging.events`);
  return { visits, events };
}

/** What has happened by now. */
const upTo = ({ context, events }: Visit, now: Date): Visit => ({
  context,
  events: events.filter(({ occurred_at }) => Date.parse(String(occurred_at)) <= Number(now)),
});

/** Requests bring events of one browser; in the demo many visitors have the same. */
const byContext = (visits: Visit[]): Visit[][] => [
  ...Map.groupBy(visits, ({ context }) => JSON.stringify(context)).values(),
];

async function sendAll(
  db: Db,
  customerId: string,
  events: Record<string, unknown>[],
  { context }: Visit,
  received: Date,
): Promise<void> {
  await collectEvents(db, customerId, parseTrackRequest({ events }).events, context, received);
}

async function processAll(db: Db, now: Date): Promise<void> {
  for (const site of await findSitesWithWork(db)) {
    while (await processNextBatch((work) => transact(db, work), site, now));
  }
}
