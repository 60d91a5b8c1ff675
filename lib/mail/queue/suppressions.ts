import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";

/** Addresses that get no more mail, because a mail server said that they do not exist. Only their hashes are stored. */

/** The hash of an address, as an SQL expression: SHA-256 in hex of the address in lower case. */
export const addressHash = (address: SQL) => sql`encode(sha256(convert_to(lower(${address}), 'UTF8')), 'hex')`;

/** A part of the statement that records outcomes (queue-claims.ts): suppresses the addresses that do not exist. */
export const suppressCte = (now: Date): SQL => sql`, suppressed as (
  insert into email_suppressions (address_hash, reason, created_at)
  select distinct on (1) ${addressHash(sql`recipient`)}, suppress, ${at(now)} from written where suppress is not null
  on conflict (address_hash) do nothing
)`;

/**
 * Deletes the suppressions of these addresses, because a hash identifies an address. The suppression stays if a user has
 * the address. If a mail goes there again, the server's refusal suppresses it anew.
 * @param addresses In lower case.
 * @returns how many were deleted.
 */
export async function forgetSuppressions(tx: Db, addresses: readonly string[]): Promise<number> {
  const deleted = await rows(
    tx,
    sql`delete from email_suppressions using jsonb_array_elements_text(${json(addresses)}) as address
      where address_hash = ${addressHash(sql`address`)} and not exists (select from users where lower(email) = address)
      returning address_hash`,
  );
  return deleted.length;
}
