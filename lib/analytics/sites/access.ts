import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { bearerToken, unauthorized } from "../../http/bearer.ts";
import { isOwnOrigin } from "../../http/origin.ts";
import { isSuspect, limitByAddress, limitRefusals, refuseIfExhausted } from "../../http/rate-limit/rate-limit.ts";
import { dayOf } from "../day.ts";
import { hashKey, type KeyKind, keyKindOf } from "./keys.ts";
import { lookUpSuspectKey, rememberValidKey } from "./suspect-keys.ts";

/** The site of a key. Everything that a request does is limited to it. */
export interface Site {
  customerId: string;
  timezone: string;
}

/** The site of a write key. */
export interface WritableSite extends Site {
  /** Today's salt for the hashes of visitors without an id. */
  salt: Buffer;
}

interface KeyRow extends Site {
  kind: KeyKind;
  allowedOrigins: string[];
  salt: string | null;
}

/**
 * Authorizes a request that sends events, and finds its site.
 * @param key From the Authorization header, or from the body if the sender cannot set headers (beacon.ts).
 * @throws AppError `unauthorized` (401) for a missing, wrong, rotated or revoked key or a key of the other kind; `forbidden`
 * (403) for an origin that the site does not allow, or another customer's id; `rate-limited` (429).
 */
export async function authorizeWrite(
  db: Db,
  request: Request,
  key: string | undefined,
  now: Date,
): Promise<WritableSite> {
  const { salt, ...site } = await authorize(db, request, "write", key, now);
  return { ...site, salt: salt === null ? await createSalt(db, now) : Buffer.from(salt, "hex") };
}

/** Authorizes a request with a read key in its header, and finds its site. @throws AppError as `authorizeWrite`. */
export async function authorizeRead(db: Db, request: Request, now: Date): Promise<Site> {
  return authorize(db, request, "read", bearerToken(request), now);
}

/** Only requests with a valid key count against the limit of their address, so that wrong keys cannot use it up. */
async function authorize(db: Db, request: Request, kind: KeyKind, key: string | undefined, now: Date): Promise<KeyRow> {
  refuseIfExhausted(POLICY[kind], request);
  const site = await limitRefusals(request, `site-${kind}`, () => findByKey(db, request, kind, key, now));
  await limitByAddress(POLICY[kind], request);
  requireCustomer(request.headers.get("x-customer-id") ?? undefined, site);
  requireOrigin(request, site);
  return site;
}

const POLICY = { write: "events", read: "reads" } as const;

/** Looks a key up by its hash, so that the time this takes reveals nothing about the key. */
async function findByKey(db: Db, request: Request, kind: KeyKind, key: string | undefined, now: Date): Promise<KeyRow> {
  if (key === undefined || keyKindOf(key) !== kind) throw wrongKey(kind);
  const hash = hashKey(key);
  const lookUp = () =>
    rows<KeyRow>(
      db,
      sql`select customer_id as "customerId", timezone, kind, allowed_origins as "allowedOrigins",
        (select encode(salt, 'hex') from site_salts where day = ${dayOf(now)}::date) as salt
      from site_keys join sites using (customer_id)
      where hash = ${hash} and active and (expires_at is null or expires_at > ${at(now)})`,
    );
  const [site] = isSuspect(request, `site-${kind}`) ? await lookUpSuspectKey(hash, lookUp) : await lookUp();
  if (site?.kind !== kind) throw wrongKey(kind);
  rememberValidKey(hash);
  return site;
}

const wrongKey = (kind: KeyKind): AppError => unauthorized(`Authorization: Bearer <the site's ${kind} key>`);

/** @throws AppError `forbidden` (403) if a request names a customer other than the key's. */
export function requireCustomer(named: string | undefined, { customerId }: Site): void {
  if (named === undefined || named === customerId) return;
  throw new AppError("forbidden", "X-Customer-ID: expected the customer of this key, got another one");
}

/** A request without an origin does not come from a page. */
function requireOrigin(request: Request, { allowedOrigins }: KeyRow): void {
  const origin = request.headers.get("origin");
  if (origin === null || allowedOrigins.includes(origin) || isOwnOrigin(origin, request)) return;
  throw new AppError("forbidden", `origin: expected one that this site allows, got ${JSON.stringify(origin)}`);
}

/** Creates today's salt. If two requests do so at the same time, both get the one that was inserted first. */
async function createSalt(db: Db, now: Date): Promise<Buffer> {
  const { salt } = await row<{ salt: string }>(
    db,
    sql`insert into site_salts as today (day, salt)
      values (${dayOf(now)}::date, decode(${randomBytes(32).toString("hex")}, 'hex'))
      on conflict (day) do update set salt = today.salt returning encode(salt, 'hex') as salt`,
  );
  return Buffer.from(salt, "hex");
}
