import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";

/** Which mails belong to the people in question. */
export interface MailSelection {
  userIds: readonly string[];
  /** In lower case. They select only mails without a user. */
  addresses: readonly string[];
  bookingIds: readonly string[];
}

/**
 * Empties the mails of erased people. The rows stay, because monitoring counts them, but nothing in them identifies a
 * person any more, neither their key nor the `Message-ID` made from it. Waiting mails become `skipped`. A dispatcher that
 * has claimed one loses it; if it is sending the mail at this moment, the outcome is not recorded.
 * @returns how many mails were emptied.
 */
export async function eraseMails(tx: Db, selection: MailSelection, now: Date): Promise<number> {
  const selected = matchMails(selection);
  if (selected === undefined) return 0;
  // A failure is cleared too, since these mails can no longer be sent.
  const erased = await rows(
    tx,
    sql`update email_queue set user_id = null, recipient = '', subject = '', text = '', html = '', unsubscribe_url = null, token_seed = null,
        calendar = null, inline_image = null, message_id = '', dedupe_key = 'erased:' || id, failure = null,
        error = case when status in ('pending', 'retrying') then 'erased' end,
        processed_at = case when status in ('pending', 'retrying') then ${at(now)} else processed_at end,
        status = case when status in ('pending', 'retrying') then 'skipped' else status end,
        lease_token = null, lease_until = null
      where ${selected} returning id`,
  );
  return erased.length;
}

/** The SQL condition for a selection, with only the parts that are needed: not all of them have an index. @returns undefined for an empty selection. */
export function matchMails({ userIds, addresses, bookingIds }: MailSelection): SQL | undefined {
  const conditions: SQL[] = [];
  if (userIds.length > 0) conditions.push(sql`user_id = any(${sql.param(userIds)}::text[])`);
  if (addresses.length > 0) {
    conditions.push(sql`user_id is null and lower(recipient) = any(${sql.param(addresses)}::text[])`);
  }
  if (bookingIds.length > 0) {
    conditions.push(sql`split_part(dedupe_key, ':', 1) = 'booking'
      and split_part(dedupe_key, ':', 2) = any(${sql.param(bookingIds)}::text[])`);
  }
  return conditions.length === 0 ? undefined : sql`((${sql.join(conditions, sql`) or (`)}))`;
}
