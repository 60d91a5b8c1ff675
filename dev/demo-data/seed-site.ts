import { sql } from "drizzle-orm";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { findSitesWithWork, processNextBatch } from "../../lib/analytics/pipeline/pipeline.ts";
import { sites } from "../../lib/analytics/sites/schema.ts";
import { createSite } from "../../lib/analytics/sites/sites.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { seededRandom } from "./seeded-random.ts";
import { type Visit, visitsOf } from "./site-visits.ts";

const DAY_MS = 86_400_000;
const DAYS = 14;
const VISITS_A_DAY = 80;
const MIN_VISITS_A_DAY = 24;

/** The keys of the demo site. Only the local run has them. */
export const DEMO_SITE = {
  customerId: "demo",
  writeKey: "twk_pub_local-demo-site",
  readKey: "twk_sec_local-demo-site",
};

/**
 * Fills a database without sites with the site of the demo club and its visits of the last days, which become more. They go through the
 * same pipeline as all events.
 * @param show Is told how many days are done. @param days How many days have visits.
 * @returns how many visits and events there are; undefined if the database had sites already.
 */
export async function seedSite(
  db: Db,
  now: Date,
  timezone: string,
  show: (done: number, total: number) => void = () => {},
  days = DAYS,
): Promise<{ visits: number; events: number } | undefined> {
  if ((await db.$count(sites)) > 0) return undefined;
  const { customerId, ...keys } = DEMO_SITE;
  const origin = "https://www.club.example";
  await createSite(db, { customerId, name: "Demo club", allowedOrigins: [origin], timezone }, now, keys);
  const random = seededRandom(23);
  const today = Math.floor(Number(now) / DAY_MS) * DAY_MS;
  let visits = 0;
  let events = 0;
  for (let daysAgo = days - 1; daysAgo >= 0; daysAgo -= 1) {
    const day = today - daysAgo * DAY_MS;
    const visitsUntilNow = visitsOf(new Date(day), visitsADay(daysAgo), origin, random).map((visit) =>
      cutAt(visit, now),
    );
    const receivedAt = new Date(Math.min(day + DAY_MS - 1, Number(now)));
    for (const [first, ...others] of groupByBrowser(visitsUntilNow)) {
      const sent = [first, ...others].flatMap((visit) => visit?.events ?? []);
      if (first === undefined || sent.length === 0) continue;
      await collectEvents(db, customerId, parseTrackRequest({ events: sent }).events, first.context, receivedAt);
      events += sent.length;
    }
    visits += visitsUntilNow.filter((visit) => visit.events.length > 0).length;
    show(days - daysAgo, days + 1);
  }
  await processAll(db, now);
  // The embedded database has no background process that would do this.
  await db.execute(sql`analyze business.events, business.sessions, business.rollups, raw.events, staging.events`);
  return { visits, events };
}

/** A site that becomes known: two visits a day less for each day before. */
const visitsADay = (daysAgo: number): number => Math.max(MIN_VISITS_A_DAY, VISITS_A_DAY - 2 * daysAgo);

/** Removes the events of a visit that lie in the future. */
const cutAt = ({ context, events }: Visit, now: Date): Visit => ({
  context,
  events: events.filter(({ occurred_at }) => Date.parse(String(occurred_at)) <= Number(now)),
});

/** A request contains events of one browser; in the demo, many visitors have the same one. */
const groupByBrowser = (visits: Visit[]): Visit[][] => [
  ...Map.groupBy(visits, ({ context }) => JSON.stringify(context)).values(),
];

async function processAll(db: Db, now: Date): Promise<void> {
  for (const site of await findSitesWithWork(db)) {
    while (await processNextBatch((work) => transact(db, work), site, now));
  }
}
