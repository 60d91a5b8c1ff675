import { sql } from "drizzle-orm";
import { at, type Db, instantOf, row, rows, withInstants } from "../db/db.ts";

const DAY_MS = 86_400_000;
const LISTED = 50;

const daysBefore = (now: Date, days: number) => at(new Date(now.getTime() - days * DAY_MS));

/** Mails of the last 7 days per status, from one index alone. */
export function readMailStats(db: Db, now: Date) {
  return rows(
    db,
    sql`select status, count(*)::int as count,
        count(*) filter (where failed_after_retries)::int as "failedAfterRetries"
      from email_queue where created_at > ${daysBefore(now, 7)} group by 1 order by 1`,
  );
}

/** The newest mails of the last 24 hours; of the address only as much as it takes to recognise it. */
export async function readRecentMails(db: Db, now: Date) {
  const found = await rows<Record<string, unknown>>(
    db,
    sql`select id, user_id as "userId", regexp_replace(recipient, '^(.).*@', '\\1…@') as recipient, subject, status,
        attempts, error, failed_after_retries as "failedAfterRetries", created_at as "createdAt",
        processed_at as "processedAt"
      from email_queue where created_at > ${daysBefore(now, 1)} order by created_at desc, id desc limit ${LISTED}`,
  );
  return withInstants(found, "createdAt", "processedAt");
}

/** What waits, since when, and how long it will take at `limit` mails every `intervalMs`. */
export async function readQueue(db: Db, now: Date, limit: number, intervalMs: number) {
  const queue = await row<{ waiting: number; due: number; oldestDue: string | null; unknown: number }>(
    db,
    sql`select count(*)::int as waiting, count(*) filter (where scheduled_at <= ${at(now)})::int as due,
        min(scheduled_at) filter (where scheduled_at <= ${at(now)}) as "oldestDue",
        (select count(*)::int from email_queue where status = 'failed' and failure = 'unknown') as unknown
      from email_queue where status in ('pending', 'retrying')`,
  );
  const oldestDue = queue.oldestDue === null ? null : instantOf(queue.oldestDue);
  return {
    waiting: queue.waiting,
    due: queue.due,
    oldestDueSeconds: oldestDue === null ? null : Math.round((Number(now) - Number(oldestDue)) / 1000),
    secondsToDrain: Math.ceil(queue.waiting / limit) * Math.round(intervalMs / 1000),
    deliveryUnknown: queue.unknown,
  };
}
