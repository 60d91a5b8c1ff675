import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { findSitesWithWork, processEvents, processNextBatch } from "../../lib/analytics/pipeline/pipeline.ts";
import { type Db, row, rows, transact } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { expectRecomputed } from "../support/analytics/site-reference.ts";
import { counts, SHOP, send } from "./site.ts";
import { CONTEXT, NOW } from "./site-request.ts";
import { GOOGLEBOT } from "./site-visits.ts";

/** Many events of few visits, for tests that send and process them concurrently, and what must be true afterwards. */

type Event = Record<string, unknown>;

const PAGES = ["/", "/cart", "/help", "/?utm_source=news&utm_campaign=winter"];
const DAY_S = 86_400;

/**
 * Creates events of one day, not in order of time: neighbours belong to different visits, and visits span the whole day.
 * @param bad Every `bad`th event has no type.
 */
export const traffic = (amount: number, { name = "e", visits = 40, bad = 97 } = {}): Event[] =>
  Array.from({ length: amount }, (_, n) => ({
    event_id: `${name}-${n}`,
    event_type: n % bad === bad - 1 ? "" : n % 5 === 0 ? "click" : "page_view",
    page_url: `https://shop.example${PAGES[n % 3]}`,
    session_id: `session-${n % visits}`,
    visitor_id: `visitor-${n % 17}`,
    occurred_at: new Date(NOW.getTime() - ((n * 7919) % DAY_S) * 1000).toISOString(),
  }));

/** Splits a list into chunks. */
export const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

/** Collects the events of one request; every ninth request comes from a bot. @returns the raw ids of new events. */
export async function deliver(db: Db, events: Event[], customerId = "shop", nth = 0): Promise<string[]> {
  const context = nth % 9 === 8 ? { ...CONTEXT, userAgent: GOOGLEBOT } : CONTEXT;
  return (await send(db, events, { context, customerId })).rawIds;
}

/** Collects and processes the events of one call. @returns how many were new. */
export async function deliverAndProcess(db: Db, events: Event[], site = SHOP): Promise<number> {
  const rawIds = await deliver(db, events, site.customerId);
  await processEvents(db, site, rawIds, NOW);
  return rawIds.length;
}

/** Processes pending events until there are none and no more arrive. */
export async function processWhile(db: Db, mayArrive: () => boolean): Promise<void> {
  let sites = await findSitesWithWork(db);
  while (sites.length > 0 || mayArrive()) {
    for (const site of sites) await processNextBatch((work) => transact(db, work), site, NOW);
    sites = await findSitesWithWork(db);
  }
}

/** Expects that each event of a site counts once or is a dead letter, that none is pending, and that all sums are right. */
export async function expectOnce(db: Db, { sent, dead = 0 }: { sent: number; dead?: number }, site = SHOP) {
  const { staging, ...others } = await counts(db, site.customerId);
  expect(others).toEqual({ raw: sent, waiting: 0, staged: 0, dead, business: sent - dead });
  expect(staging).toBe(sent - dead);
  const twice = await rows(
    db,
    sql`select event_id from business.events where customer_id = ${site.customerId} group by event_id having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  await expectRecomputed(db, site);
}

/** How often the database had to break a deadlock. Close the connections under test first: only then is it known. */
export async function deadlocks(url: string): Promise<number> {
  const { db, close } = openPostgres(url);
  const { n } = await row<{ n: number }>(
    db,
    sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
  );
  await close();
  return n;
}

/** Makes the database refuse events of a type in a layer. @returns a function that undoes it. */
export async function poison(db: Db, layer: "staging" | "business", type: string): Promise<() => Promise<void>> {
  const name = sql.raw(`${layer}.refuse_${type}`);
  await db.execute(
    sql`create function ${name}() returns trigger language plpgsql as ${sql.raw(
      `$$begin if new.event_type = '${type}' then raise exception 'no ${type} here'; end if; return new; end$$`,
    )}`,
  );
  await db.execute(
    sql`create trigger refuse before insert on ${sql.raw(layer)}.events for each row execute function ${name}()`,
  );
  return async () => void (await db.execute(sql`drop function ${name}() cascade`));
}
