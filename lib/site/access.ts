import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { config } from "../config.ts";
import { at, type Db, row, rows } from "../db/db.ts";
import { AppError } from "../errors.ts";
import { bearerToken, unauthorized } from "../http/bearer.ts";
import { limitRefusals } from "../ops/rate-limit.ts";
import { dayOf } from "./day.ts";
import type { Said } from "./incoming.ts";
import { hashOf, type KeyKind } from "./keys.ts";

/** The site that a key belongs to; everything a request does is confined to it. */
export interface Site {
  customerId: string;
  timezone: string;
}

/** A site as one that sends to it needs it. */
export interface SendingSite extends Site {
  /** What visitors without an id are hashed with today. */
  salt: Buffer;
}

interface Found extends Site {
  kind: KeyKind;
  allowedOrigins: string[];
  salt: string | null;
}

/**
 * The site whose write key a request carries, as a bearer or in its body.
 * @throws AppError `unauthorized` (401) for no key, or one that is wrong, of the other kind, rotated or revoked;
 * `forbidden` (403) for an origin that the site does not allow, or another customer's id.
 */
export async function writerOf(db: Db, request: Request, said: Said, now: Date): Promise<SendingSite> {
  const { salt, ...site } = await limitRefusals(request, () => admitted(db, request, "write", said, now));
  return { ...site, salt: salt === null ? await newSalt(db, now) : Buffer.from(salt, "hex") };
}

/** The same for the read key. @throws AppError as above. */
export async function readerOf(db: Db, request: Request, now: Date): Promise<Site> {
  return limitRefusals(request, () => admitted(db, request, "read", {}, now));
}

async function admitted(db: Db, request: Request, kind: KeyKind, said: Said, now: Date): Promise<Found> {
  const expected = `Authorization: Bearer <the site's ${kind} key>`;
  const key = bearerToken(request) ?? said.key;
  const found = key === undefined ? undefined : await siteOf(db, key, now);
  if (found?.kind !== kind) throw unauthorized(expected);
  for (const customerId of [request.headers.get("x-customer-id"), said.customerId]) {
    if (customerId === null || customerId === undefined || customerId === found.customerId) continue;
    throw new AppError("forbidden", "X-Customer-ID: expected the customer whose key this is, got another one");
  }
  requireOrigin(request, found);
  return found;
}

/** Found by its hash, which tells nothing about the key to whoever measures how long that takes. */
async function siteOf(db: Db, key: string, now: Date): Promise<Found | undefined> {
  const [found] = await rows<Found>(
    db,
    sql`select customer_id as "customerId", timezone, kind, allowed_origins as "allowedOrigins",
        (select encode(salt, 'hex') from site_salts where day = ${dayOf(now)}::date) as salt
      from site_keys join sites using (customer_id)
      where hash = ${hashOf(key)} and active and (expires_at is null or expires_at > ${at(now)})`,
  );
  return found;
}

/** Requests without an origin come from no page. */
function requireOrigin(request: Request, { allowedOrigins }: Found): void {
  const origin = request.headers.get("origin");
  if (origin === null || allowedOrigins.includes(origin) || isOwn(origin, request)) return;
  throw new AppError("forbidden", `origin: expected one that this site allows, got ${JSON.stringify(origin)}`);
}

/** Pages of this deployment itself. */
export function isOwn(origin: string, request: Request): boolean {
  const { baseUrl } = config();
  return origin === new URL(request.url).origin || (baseUrl !== undefined && origin === new URL(baseUrl).origin);
}

/** Of two that begin the day at once, both go on with what the first has put down. */
async function newSalt(db: Db, now: Date): Promise<Buffer> {
  const { salt } = await row<{ salt: string }>(
    db,
    sql`insert into site_salts as today (day, salt)
      values (${dayOf(now)}::date, decode(${randomBytes(32).toString("hex")}, 'hex'))
      on conflict (day) do update set salt = today.salt returning encode(salt, 'hex') as salt`,
  );
  return Buffer.from(salt, "hex");
}
