import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";
import { hashOf } from "./queue-claims.ts";

/** Whose mails. */
export interface MailsOf {
  userIds: readonly string[];
  /** In lower case; of mails that belong to no user. */
  addresses: readonly string[];
  bookingIds: readonly string[];
}

/**
 * Empties the mails of people who are erased. Their rows stay, as what monitoring counts: that on a day so many were
 * sent, and so many failed. Nothing in them says to whom any more, neither their key nor their `Message-ID`, which is made
 * of it. What waited is skipped and not sent; a dispatcher that holds one has lost it, and should it be handing it over in
 * this moment, its fate is not put on record. No fault is left of those that failed: nobody could send them again.
 * @returns how many.
 */
export async function emptyMailsOf(tx: Db, of: MailsOf, now: Date): Promise<number> {
  const theirs = mailsOf(of);
  if (theirs === undefined) return 0;
  const emptied = await rows(
    tx,
    sql`update email_queue set user_id = null, recipient = '', subject = '', text = '', html = '', unsubscribe_url = null, token_seed = null,
        calendar = null, inline_image = null, message_id = '', dedupe_key = 'erased:' || id, failure = null,
        error = case when status in ('pending', 'retrying') then 'erased' end,
        processed_at = case when status in ('pending', 'retrying') then ${at(now)} else processed_at end,
        status = case when status in ('pending', 'retrying') then 'skipped' else status end,
        lease_token = null, lease_until = null
      where ${theirs} returning id`,
  );
  return emptied.length;
}

/** Condition: whose mail it is. Only what is asked for, since not all of it has an index. Undefined for nobody's. */
export function mailsOf({ userIds, addresses, bookingIds }: MailsOf): SQL | undefined {
  const any: SQL[] = [];
  if (userIds.length > 0) any.push(sql`user_id = any(${sql.param(userIds)}::text[])`);
  if (addresses.length > 0) any.push(sql`user_id is null and lower(recipient) = any(${sql.param(addresses)}::text[])`);
  if (bookingIds.length > 0) {
    any.push(sql`split_part(dedupe_key, ':', 1) = 'booking'
      and split_part(dedupe_key, ':', 2) = any(${sql.param(bookingIds)}::text[])`);
  }
  return any.length === 0 ? undefined : sql`((${sql.join(any, sql`) or (`)}))`;
}

/**
 * Forgets that mail to these addresses is suppressed, unless another user has one of them: its hash recognises an address.
 * Should anybody be written to there again, the server's refusal suppresses it anew. @returns how many.
 */
export async function forgetSuppressions(tx: Db, addresses: readonly string[]): Promise<number> {
  const gone = await rows(
    tx,
    sql`delete from email_suppressions using jsonb_array_elements_text(${json(addresses)}) as address
      where address_hash = ${hashOf(sql`address`)} and not exists (select from users where lower(email) = address)
      returning address_hash`,
  );
  return gone.length;
}
