import { eq, sql } from "drizzle-orm";
import { at, type Db, instantOf, rows, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import type { Site } from "./access.ts";
import { hashOf, hintOf, type KeyKind, newKey } from "./keys.ts";
import { siteKeys, sites } from "./schema.ts";

/** What a site begins with. */
export type NewSite = Pick<typeof sites.$inferInsert, "customerId" | "name" | "allowedOrigins" | "timezone">;

/** Keys in full: here and never again. */
export interface Keys {
  writeKey: string;
  readKey: string;
}

/** Makes a site and its two keys. @param keys Only the local run has some of its own. @throws AppError `conflict` (409) where the site exists. */
export async function createSite(
  db: Db,
  site: NewSite,
  now: Date,
  keys: Keys = { writeKey: newKey("write"), readKey: newKey("read") },
): Promise<Keys> {
  await transact(db, async (tx) => {
    const made = await tx
      .insert(sites)
      .values({ ...site, createdAt: now })
      .onConflictDoNothing()
      .returning({ customerId: sites.customerId });
    if (made.length === 0) throw new AppError("conflict", `customerId: expected a new one, got ${site.customerId}`);
    await addKey(tx, site.customerId, "write", keys.writeKey, now);
    await addKey(tx, site.customerId, "read", keys.readKey, now);
  });
  return keys;
}

async function addKey(tx: Db, customerId: string, kind: KeyKind, key: string, now: Date): Promise<void> {
  await tx.insert(siteKeys).values({ customerId, kind, hash: hashOf(key), hint: hintOf(key), createdAt: now });
}

/** Changes what may change of a site: not its zone, since its sums are of days in it. @throws AppError `not-found`. */
export async function changeSite(
  db: Db,
  customerId: string,
  change: { name?: string | undefined; allowedOrigins?: string[] | undefined; active?: boolean | undefined },
): Promise<void> {
  const changed = await db
    .update(sites)
    .set(change)
    .where(eq(sites.customerId, customerId))
    .returning({ id: sites.customerId });
  if (changed.length === 0) throw noSite(customerId);
}

/**
 * Makes a new key and lets those of its kind go.
 * @param expiresAt From when on the old ones open nothing any more.
 * @returns the key, here and never again. @throws AppError `not-found`.
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
    if (site === undefined) throw noSite(customerId);
    await expireKeys(tx, customerId, kind, expiresAt);
    await addKey(tx, customerId, kind, key, now);
  });
  return key;
}

/** Revokes all keys of a kind. @returns how many. @throws AppError `not-found`. */
export async function revokeKeys(db: Db, customerId: string, kind: KeyKind, now: Date): Promise<number> {
  if ((await db.$count(sites, eq(sites.customerId, customerId))) === 0) throw noSite(customerId);
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

const noSite = (customerId: string): AppError => new AppError("not-found", `expected a site, got ${customerId}`);

/** A site by its id, also one that takes nothing at present. @throws AppError `not-found`. */
export async function findSite(db: Db, customerId: string): Promise<Site> {
  const [site] = await rows<Site>(
    db,
    sql`select customer_id as "customerId", timezone from sites where customer_id = ${customerId}`,
  );
  if (site === undefined) throw noSite(customerId);
  return site;
}

interface Listed {
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

/** Every site, what is known of its keys, and how it stands with its events. */
export async function listSites(db: Db): Promise<Listed[]> {
  const found = await rows<Listed>(
    db,
    sql`select customer_id as "customerId", name, allowed_origins as "allowedOrigins", timezone, active,
        created_at as "createdAt",
        (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'hint', hint, 'createdAt', created_at,
          'expiresAt', expires_at) order by kind, created_at), '[]')
          from site_keys where site_keys.customer_id = sites.customer_id) as keys,
        ((select count(*) from raw.pending where pending.customer_id = sites.customer_id)
          + (select count(*) from staging.pending where pending.customer_id = sites.customer_id))::int as pending,
        (select count(*)::int from raw.dead_letters where dead_letters.customer_id = sites.customer_id) as "deadLetters"
      from sites order by customer_id`,
  );
  const iso = (value: string) => instantOf(value).toISOString();
  return found.map((site) => ({
    ...site,
    createdAt: iso(site.createdAt),
    keys: site.keys.map((key) => ({
      ...key,
      createdAt: iso(key.createdAt),
      expiresAt: key.expiresAt && iso(key.expiresAt),
    })),
  }));
}
