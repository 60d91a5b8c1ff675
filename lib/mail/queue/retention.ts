import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";

const DAY_MS = 86_400_000;
/** A month's summary may be queued again for as long as the month is the newest; its key must still be known then. */
const KEYS_KEPT_DAYS = 100;

/**
 * Empties mails that are done with and older than `days`, and deletes them when their keys are of no use any more. At
 * most `batch` of each. What waits to be sent is not done with, however long ago it was queued. Mails with an unknown
 * fate stay until somebody has looked at them.
 */
export async function forgetOldMails(
  tx: Db,
  now: Date,
  days: number,
  batch: number,
): Promise<{ emptied: number; deleted: number }> {
  const emptiedBefore = new Date(now.getTime() - days * DAY_MS);
  const deletedBefore = new Date(now.getTime() - (days + KEYS_KEPT_DAYS) * DAY_MS);
  const done = sql`(status in ('sent', 'skipped') or status = 'failed' and failure is distinct from 'unknown')`;
  const deleted = await rows(
    tx,
    sql`delete from email_queue where id in (select id from email_queue
      where created_at < ${at(deletedBefore)} and ${done} order by created_at limit ${batch}) returning id`,
  );
  const emptied = await rows(
    tx,
    sql`update email_queue set recipient = '', subject = '', text = '', html = '', unsubscribe_url = null, token_seed = null,
        calendar = null, inline_image = null, error = null
      where id in (select id from email_queue
        where created_at < ${at(emptiedBefore)} and ${done} and recipient <> '' order by created_at limit ${batch})
      returning id`,
  );
  return { emptied: emptied.length, deleted: deleted.length };
}
