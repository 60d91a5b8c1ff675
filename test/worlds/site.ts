import { sql } from "drizzle-orm";
import { collectEvents } from "../../lib/analytics/ingest/collect.ts";
import { parseTrackRequest } from "../../lib/analytics/ingest/parse-request.ts";
import { findSitesWithWork, processNextBatch } from "../../lib/analytics/pipeline/pipeline.ts";
import { hashKey, keyHint } from "../../lib/analytics/sites/keys.ts";
import { type Db, row, rows, transact } from "../../lib/db/db.ts";
import { CONTEXT, NOW } from "./site-request.ts";

export const WRITE_KEY = "twk_pub_write-key-of-shop";
export const READ_KEY = "twk_sec_read-key-of-shop";

export const SHOP = { customerId: "shop", timezone: "Europe/Berlin" };

/** Adds a site with a write and a read key made from its id. */
export async function addSite(
  db: Db,
  { customerId = "shop", timezone = "Europe/Berlin", origins = ["https://shop.example"] } = {},
): Promise<{ writeKey: string; readKey: string }> {
  await db.execute(sql`insert into sites (customer_id, name, allowed_origins, timezone, created_at)
    values (${customerId}, ${customerId}, ${sql.param(origins)}::text[], ${timezone}, ${NOW.toISOString()})`);
  const keys = { writeKey: `twk_pub_write-key-of-${customerId}`, readKey: `twk_sec_read-key-of-${customerId}` };
  for (const [kind, key] of [
    ["write", keys.writeKey],
    ["read", keys.readKey],
  ] as const) {
    await db.execute(sql`insert into site_keys (customer_id, kind, hash, hint, created_at)
      values (${customerId}, ${kind}, ${hashKey(key)}, ${keyHint(key)}, ${NOW.toISOString()})`);
  }
  return keys;
}

/** Collects events without processing them. */
export function send(
  db: Db,
  events: Record<string, unknown>[],
  { now = NOW, context = CONTEXT, customerId = "shop" } = {},
) {
  return collectEvents(db, customerId, parseTrackRequest({ events }).events, context, now);
}

/** Processes all pending events of all sites. */
export async function processAll(db: Db, now = NOW): Promise<void> {
  for (let sites = await findSitesWithWork(db); sites.length > 0; sites = await findSitesWithWork(db)) {
    for (const site of sites) await processNextBatch((work) => transact(db, work), site, now);
  }
}

/** Counts the events of a site by table. */
export function counts(db: Db, customerId = "shop") {
  return row<Record<"raw" | "waiting" | "staging" | "staged" | "dead" | "business", number>>(
    db,
    sql`select (select count(*)::int from raw.events where customer_id = ${customerId}) as raw,
      (select count(*)::int from raw.pending where customer_id = ${customerId}) as waiting,
      (select count(*)::int from staging.events where customer_id = ${customerId}) as staging,
      (select count(*)::int from staging.pending where customer_id = ${customerId}) as staged,
      (select count(*)::int from raw.dead_letters where customer_id = ${customerId}) as dead,
      (select count(*)::int from business.events where customer_id = ${customerId}) as business`,
  );
}

export const all = (db: Db, table: string) => rows<Record<string, unknown>>(db, sql.raw(`select * from ${table}`));
