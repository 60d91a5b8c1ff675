import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { HOUR_MS } from "../../time/durations.ts";

/** What a run does with mails that an earlier run left behind, and how it counts what waits. */

/**
 * Fails mails whose dispatcher died. A mail that was handed over has an unknown delivery and waits for an operator. A mail
 * whose dispatcher died on every attempt is given up. All other mails become due again when their lease ends.
 * @returns how many failed.
 */
export async function failAbandonedMails(db: Db, maxAttempts: number, now: Date): Promise<number> {
  const failed = await rows(
    db,
    sql`update email_queue set status = 'failed', processed_at = ${at(now)}, lease_token = null, lease_until = null,
        error = case when handed_over_at is null then 'abandoned on every attempt' else 'delivery-unknown' end,
        failure = case when handed_over_at is null then 'transient' else 'unknown' end,
        failed_after_retries = handed_over_at is null
      where status in ('pending', 'retrying') and lease_until < ${at(now)}
        and (handed_over_at is not null or attempts >= ${maxAttempts})
      returning id`,
  );
  return failed.length;
}

/**
 * Queues mails again that failed only because the server could not be reached. None of them was ever handed over.
 * @param max How many at most; 1 to test whether the server is back.
 * @param failedBefore Later failures stay failed: the server served other mails then.
 * @returns how many were queued.
 */
export async function requeueUnreachedMails(db: Db, now: Date, max: number, failedBefore: Date): Promise<number> {
  const requeued = await rows(
    db,
    sql`update email_queue set status = 'retrying', attempts = 0, failed_after_retries = false, scheduled_at = ${at(now)}
      where id in (select id from email_queue
        where status = 'failed' and failure = 'connection' and failed_after_retries
          and processed_at < ${at(failedBefore)} and recipient <> '' -- an emptied mail (retention.ts) cannot be sent
        order by processed_at, id limit ${max} for update skip locked)
      returning id`,
  );
  return requeued.length;
}

/** No retry is scheduled further ahead (smtp-errors.ts), so waiting mails are found at the start of the queue's index. */
export const MAX_RETRY_DELAY_MS = 25 * HOUR_MS;

/** Counts the mails that are due or wait for a retry. Mails queued for later that are not due yet do not count. */
export async function countWaitingMails(db: Db, now: Date): Promise<number> {
  const [waiting] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from email_queue
      where status in ('pending', 'retrying') and scheduled_at <= ${at(new Date(now.getTime() + MAX_RETRY_DELAY_MS))}
        and (status = 'retrying' or scheduled_at <= ${at(now)})`,
  );
  return waiting?.n ?? 0;
}
