import { randomBytes, randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows, type WithInstants, withInstants } from "../db/db.ts";
import { sha256 } from "../hash.ts";
import { MINUTE_MS } from "../time/durations.ts";
import type { Role } from "./roles.ts";

/** How API tokens begin, so that people and scanners of secrets recognise them. */
export const API_TOKEN_PREFIX = "twk_api_";

/**
 * Finds a valid API token and records its use, at most once a minute.
 * @returns undefined if it does not exist, has expired or was revoked.
 */
export async function findApiToken(
  db: Db,
  token: string,
  now: Date,
): Promise<{ id: string; name: string; role: Role } | undefined> {
  const [found] = await rows<{ id: string; name: string; role: Role; isUsedRecently: boolean }>(
    db,
    sql`select id, name, role, coalesce(last_used_at > ${at(new Date(now.getTime() - MINUTE_MS))}, false) as "isUsedRecently"
      from api_tokens
      where token_hash = ${sha256(token)} and revoked_at is null and (expires_at is null or expires_at > ${at(now)})`,
  );
  if (found === undefined) return undefined;
  const { isUsedRecently, ...holder } = found;
  if (!isUsedRecently) {
    await rows(db, sql`update api_tokens set last_used_at = greatest(last_used_at, ${at(now)}) where id = ${found.id}`);
  }
  return holder;
}

/** A new token. Its 32 random bytes need no slow hash. */
export const newToken = (): string => API_TOKEN_PREFIX + randomBytes(32).toString("base64url");

interface StoredToken {
  id: string;
  name: string;
  role: Role;
  hint: string;
  createdBy: string | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export type ApiToken = WithInstants<StoredToken, "createdAt" | "expiresAt" | "lastUsedAt" | "revokedAt">;

interface NewApiToken {
  name: string;
  role: Role;
  expiresAt: Date | null;
  /** The id of the operator who creates it. */
  createdBy: string | null;
}

/** Stores a token as its hash. */
export async function createToken(
  db: Db,
  { name, role, expiresAt, createdBy }: NewApiToken,
  token: string,
  now: Date,
): Promise<ApiToken> {
  const id = randomUUID();
  await rows(
    db,
    sql`insert into api_tokens (id, name, role, token_hash, hint, created_by, created_at, expires_at)
      values (${id}, ${name}, ${role}, ${sha256(token)}, ${token.slice(-4)}, ${createdBy}, ${at(now)},
        ${expiresAt === null ? null : at(expiresAt)})`,
  );
  const [stored] = await readTokens(db, sql`token.id = ${id}`);
  if (stored === undefined) throw new Error("expected the token that was just written, got none");
  return stored;
}

/** All tokens, the latest first. */
export const listTokens = (db: Db): Promise<ApiToken[]> => readTokens(db, sql`true`);

/** @returns false if there is no such token. One that is revoked already stays revoked since then. */
export async function revokeToken(db: Db, id: string, now: Date): Promise<boolean> {
  const revoked = await rows(
    db,
    sql`update api_tokens set revoked_at = coalesce(revoked_at, ${at(now)}) where id = ${id}::uuid returning id`,
  );
  return revoked.length > 0;
}

async function readTokens(db: Db, which: SQL): Promise<ApiToken[]> {
  const found = await rows<StoredToken>(
    db,
    sql`select token.id, token.name, token.role, token.hint, creator.name as "createdBy", token.created_at as "createdAt",
        token.expires_at as "expiresAt", token.last_used_at as "lastUsedAt", token.revoked_at as "revokedAt"
      from api_tokens as token left join operators as creator on creator.id = token.created_by
      where ${which} order by token.created_at desc, token.id`,
  );
  return withInstants(found, "createdAt", "expiresAt", "lastUsedAt", "revokedAt");
}
