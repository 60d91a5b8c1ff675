import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { DAY_MS } from "../../time/durations.ts";

/** A monthly summary can be queued again while its month is the latest one, so its key must still be known until then. */
const KEYS_KEPT_DAYS = 100;

/**
 * Empties finished mails older than `days` and deletes them 100 days later, when their keys are no longer needed. Mails
 * that still wait are kept, however old they are. Mails with an unknown delivery are kept until an operator has decided.
 * @param batch How many mails are emptied, and how many are deleted, at most.
 */
export async function forgetOldMails(
  tx: Db,
  now: Date,
  days: number,
  batch: number,
): Promise<{ emptied: number; deleted: number }> {
  const emptiedBefore = new Date(now.getTime() - days * DAY_MS);
  const deletedBefore = new Date(now.getTime() - (days + KEYS_KEPT_DAYS) * DAY_MS);
  const finished = sql`(status in ('sent', 'skipped') or status = 'failed' and failure is distinct from 'unknown')`;
  const deleted = await rows(
    tx,
    sql`delete from email_queue where id in (select id from email_queue
      where created_at < ${at(deletedBefore)} and ${finished} order by created_at limit ${batch}) returning id`,
  );
  const emptied = await rows(
    tx,
    sql`update email_queue set recipient = '', subject = '', text = '', html = '', unsubscribe_url = null, token_seed = null,
        calendar = null, inline_image = null, error = null
      where id in (select id from email_queue
        where created_at < ${at(emptiedBefore)} and ${finished} and recipient <> '' order by created_at limit ${batch})
      returning id`,
  );
  return { emptied: emptied.length, deleted: deleted.length };
}
