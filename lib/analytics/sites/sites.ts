import { eq, sql } from "drizzle-orm";
import { at, type Db, instantOf, rows, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import type { Site } from "./access.ts";
import { hashKey, type KeyKind, keyHint, newKey } from "./keys.ts";
import { siteKeys, sites } from "./schema.ts";

/** The settings of a new site. */
export type NewSite = Pick<typeof sites.$inferInsert, "customerId" | "name" | "allowedOrigins" | "timezone">;

/** The full keys of a new site. They are shown once and stored only as hashes. */
export interface SiteKeys {
  writeKey: string;
  readKey: string;
}

/**
 * Creates a site with a write and a read key.
 * @param keys Fixed keys for local runs; by default new ones.
 * @throws AppError `conflict` (409) if the site exists.
 */
export async function createSite(
  db: Db,
  site: NewSite,
  now: Date,
  keys: SiteKeys = { writeKey: newKey("write"), readKey: newKey("read") },
): Promise<SiteKeys> {
  await transact(db, async (tx) => {
    const created = await tx
      .insert(sites)
      .values({ ...site, createdAt: now })
      .onConflictDoNothing()
      .returning({ customerId: sites.customerId });
    if (created.length === 0) throw new AppError("conflict", `customerId: expected a new one, got ${site.customerId}`);
    await addKey(tx, site.customerId, "write", keys.writeKey, now);
    await addKey(tx, site.customerId, "read", keys.readKey, now);
  });
  return keys;
}

async function addKey(tx: Db, customerId: string, kind: KeyKind, key: string, now: Date): Promise<void> {
  await tx.insert(siteKeys).values({ customerId, kind, hash: hashKey(key), hint: keyHint(key), createdAt: now });
}

/** Changes a site. Its zone cannot change, because its sums belong to days in that zone. @throws AppError `not-found`. */
export async function changeSite(
  db: Db,
  customerId: string,
  change: { name?: string | undefined; allowedOrigins?: string[] | undefined; active?: boolean | undefined },
): Promise<typeof sites.$inferSelect> {
  const [changed] = await db.update(sites).set(change).where(eq(sites.customerId, customerId)).returning();
  if (changed === undefined) throw siteNotFound(customerId);
  return changed;
}

/**
 * Creates a key; the old keys of its kind expire.
 * @param expiresAt When the old keys expire.
 * @returns the full key, which is not stored. @throws AppError `not-found`.
 */
export async function rotateKey(
  db: Db,
  customerId: string,
  kind: KeyKind,
  now: Date,
  expiresAt: Date,
): Promise<string> {
  const key = newKey(kind);
  await transact(db, async (tx) => {
    const [site] = await rows(tx, sql`select from sites where customer_id = ${customerId} for update`);
    if (site === undefined) throw siteNotFound(customerId);
    await expireKeys(tx, customerId, kind, expiresAt);
    await addKey(tx, customerId, kind, key, now);
  });
  return key;
}

/** Revokes all keys of a kind. @returns how many. @throws AppError `not-found`. */
export async function revokeKeys(db: Db, customerId: string, kind: KeyKind, now: Date): Promise<number> {
  if ((await db.$count(sites, eq(sites.customerId, customerId))) === 0) throw siteNotFound(customerId);
  return expireKeys(db, customerId, kind, now);
}

async function expireKeys(db: Db, customerId: string, kind: KeyKind, expiresAt: Date): Promise<number> {
  const expired = await rows(
    db,
    sql`update site_keys set expires_at = ${at(expiresAt)} where customer_id = ${customerId} and kind = ${kind}
      and (expires_at is null or expires_at > ${at(expiresAt)}) returning id`,
  );
  return expired.length;
}

const siteNotFound = (customerId: string): AppError => new AppError("not-found", `expected a site, got ${customerId}`);

/** Reads a site by its id, even a closed one. @throws AppError `not-found`. */
export async function findSite(db: Db, customerId: string): Promise<Site> {
  const [site] = await rows<Site>(
    db,
    sql`select customer_id as "customerId", timezone from sites where customer_id = ${customerId}`,
  );
  if (site === undefined) throw siteNotFound(customerId);
  return site;
}

interface SiteSummary {
  customerId: string;
  name: string;
  allowedOrigins: string[];
  timezone: string;
  active: boolean;
  createdAt: string;
  keys: { kind: KeyKind; hint: string; createdAt: string; expiresAt: string | null }[];
  pending: number;
  deadLetters: number;
}

/**
 * Lists the sites by id, with the hints of their keys, and the numbers of pending events and dead letters.
 * @param page Only `limit` sites, after the one with the id `after`.
 */
export async function listSites(
  db: Db,
  { after, limit }: { after?: string | undefined; limit?: number } = {},
): Promise<SiteSummary[]> {
  const summaries = await rows<SiteSummary>(
    db,
    sql`select customer_id as "customerId", name, allowed_origins as "allowedOrigins", timezone, active,
        created_at as "createdAt",
        (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'hint', hint, 'createdAt', created_at,
          'expiresAt', expires_at) order by kind, created_at), '[]')
          from site_keys where site_keys.customer_id = sites.customer_id) as keys,
        ((select count(*) from raw.pending where pending.customer_id = sites.customer_id)
          + (select count(*) from staging.pending where pending.customer_id = sites.customer_id))::int as pending,
        (select count(*)::int from raw.dead_letters where dead_letters.customer_id = sites.customer_id) as "deadLetters"
      from sites where ${after === undefined ? sql`true` : sql`customer_id > ${after}`}
      order by customer_id limit ${limit ?? null}`,
  );
  const iso = (value: string) => instantOf(value).toISOString();
  return summaries.map((site) => ({
    ...site,
    createdAt: iso(site.createdAt),
    keys: site.keys.map((key) => ({
      ...key,
      createdAt: iso(key.createdAt),
      expiresAt: key.expiresAt && iso(key.expiresAt),
    })),
  }));
}
