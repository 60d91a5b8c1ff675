import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { bearerToken, unauthorized } from "../../http/bearer.ts";
import { isSuspect, limitByAddress, limitRefusals, refuseSpent } from "../../http/rate-limit/rate-limit.ts";
import { dayOf } from "../day.ts";
import { isOwn } from "../ingest/origins.ts";
import { lookUpSuspectKey, rememberValidKey } from "../ingest/suspects.ts";
import { hashOf, type KeyKind, kindOf } from "./keys.ts";

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
 * The site whose write key a request carries.
 * @param key As a bearer, or from a body that can have no headers (beacon.ts).
 * @throws AppError `unauthorized` (401) for no key, or one that is wrong, of the other kind, rotated or revoked;
 * `forbidden` (403) for an origin that the site does not allow, or another customer's id; `rate-limited` (429).
 */
export async function authorizeWrite(
  db: Db,
  request: Request,
  key: string | undefined,
  now: Date,
): Promise<SendingSite> {
  const { salt, ...site } = await admitted(db, request, "write", key, now);
  return { ...site, salt: salt === null ? await newSalt(db, now) : Buffer.from(salt, "hex") };
}

/** The same for the read key, as a bearer. @throws AppError as above. */
export async function authorizeRead(db: Db, request: Request, now: Date): Promise<Site> {
  return admitted(db, request, "read", bearerToken(request), now);
}

/** By header alone. Only who comes with a right key uses up an address's requests, so that wrong ones take none from it. */
async function admitted(db: Db, request: Request, kind: KeyKind, key: string | undefined, now: Date): Promise<Found> {
  refuseSpent(POLICY[kind], request);
  const found = await limitRefusals(request, `site-${kind}`, () => siteOf(db, request, kind, key, now));
  await limitByAddress(POLICY[kind], request);
  requireCustomer(request.headers.get("x-customer-id") ?? undefined, found);
  requireOrigin(request, found);
  return found;
}

const POLICY = { write: "events", read: "reads" } as const;

/** Found by its hash, which tells nothing about the key to whoever measures how long that takes. */
async function siteOf(db: Db, request: Request, kind: KeyKind, key: string | undefined, now: Date): Promise<Found> {
  if (key === undefined || kindOf(key) !== kind) throw wrongKey(kind);
  const hash = hashOf(key);
  const look = () =>
    rows<Found>(
      db,
      sql`select customer_id as "customerId", timezone, kind, allowed_origins as "allowedOrigins",
        (select encode(salt, 'hex') from site_salts where day = ${dayOf(now)}::date) as salt
      from site_keys join sites using (customer_id)
      where hash = ${hash} and active and (expires_at is null or expires_at > ${at(now)})`,
    );
  const [found] = isSuspect(request, `site-${kind}`) ? await lookUpSuspectKey(hash, look) : await look();
  if (found?.kind !== kind) throw wrongKey(kind);
  rememberValidKey(hash);
  return found;
}

const wrongKey = (kind: KeyKind): AppError => unauthorized(`Authorization: Bearer <the site's ${kind} key>`);

/** @throws AppError `forbidden` (403) where a request names a customer, and it is not the key's. */
export function requireCustomer(named: string | undefined, { customerId }: Site): void {
  if (named === undefined || named === customerId) return;
  throw new AppError("forbidden", "X-Customer-ID: expected the customer whose key this is, got another one");
}

/** Requests without an origin come from no page. */
function requireOrigin(request: Request, { allowedOrigins }: Found): void {
  const origin = request.headers.get("origin");
  if (origin === null || allowedOrigins.includes(origin) || isOwn(origin, request)) return;
  throw new AppError("forbidden", `origin: expected one that this site allows, got ${JSON.stringify(origin)}`);
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
