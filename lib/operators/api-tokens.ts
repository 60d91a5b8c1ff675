import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
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
