import { sql } from "drizzle-orm";
import type * as z from "zod";
import { at, type Db, instantOf, json, row, rows, withInstants } from "../db/db.ts";
import { MAX_RETRY_DELAY_MS } from "../mail/queue/recover.ts";
import { MAIL_STATUSES } from "../mail/schema.ts";
import { DAY_MS } from "../time/durations.ts";
import type { failedMail, mailQueue, mailStats, recentMail } from "./mail-schema.ts";

const LISTED = 50;

/** Condition on mails of the last days. A mail that is scheduled for later has a date in the future. */
const written = (now: Date, days: number) => {
  const since = new Date(now.getTime() - days * DAY_MS);
  return sql`created_at > ${at(since)} and created_at <= ${at(now)}`;
};

/** Mails of the last 7 days per status, from one index alone. */
export function readMailStats(db: Db, now: Date) {
  return rows<z.input<typeof mailStats>>(
    db,
    sql`select status, count(*)::int as count,
        count(*) filter (where failed_after_retries)::int as "failedAfterRetries"
      from email_queue where ${written(now, 7)} group by 1 order by 1`,
  );
}

/** Of an address only as much as it takes to recognise it, as `recipient`. */
export const MASKED = sql`regexp_replace(recipient, '^(.).*@', '\\1…@') as recipient`;

/** The newest mails of the last 24 hours; their addresses masked. */
export async function readRecentMails(db: Db, now: Date) {
  const mails = await rows<z.input<typeof recentMail>>(
    db,
    sql`select id::text as id, user_id as "userId", ${MASKED}, subject, status, attempts, error,
        failed_after_retries as "failedAfterRetries", created_at as "createdAt", processed_at as "processedAt"
      from email_queue where ${written(now, 1)} order by created_at desc, email_queue.id desc limit ${LISTED}`,
  );
  return withInstants(mails, "createdAt", "processedAt");
}

/**
 * Mails of each day by what became of them, by when they were written; an empty day has zeros.
 * @param days Local days, none after `now` but the last, with the instants they lie between.
 */
export function readMailDays(db: Db, days: readonly MailDay[], now: Date) {
  const counts = sql.join(
    MAIL_STATUSES.map((status) => sql.raw(`(count(*) filter (where status = '${status}'))::int as ${status}`)),
    sql`, `,
  );
  return rows<{ date: string } & Record<(typeof MAIL_STATUSES)[number], number>>(
    db,
    // A look into the index for each day: to find the day of each mail takes many times as long.
    sql`select date, ${sql.raw(MAIL_STATUSES.join(", "))}
      from jsonb_to_recordset(${json(days)}) as day (date text, start timestamptz, "end" timestamptz)
        cross join lateral (select ${counts} from email_queue
          where created_at >= day.start and created_at < day."end" and created_at <= ${at(now)}) as counted
      order by date`,
  );
}

/** A local date, and its first instant and the first after it. */
export interface MailDay {
  date: string;
  start: Date;
  end: Date;
}

/** The sort key of failed mails: when they failed, and their id. */
type FailedMailKey = readonly [processedAt: Date, id: number];

/**
 * Reads the mails that failed last, whenever they were written: those that can be queued again, until they are forgotten.
 * @param after Only mails behind the one with this key.
 */
export async function readFailedMails(db: Db, limit: number, after: FailedMailKey | undefined) {
  const isAfter = after === undefined ? sql`true` : sql`(processed_at, id) < (${at(after[0])}, ${after[1]}::bigint)`;
  const mails = await rows<z.input<typeof failedMail>>(
    db,
    // The newest of each kind of failure, as the index has them, are more than enough.
    sql`select id::float8 as id, ${MASKED}, subject, error, failed_after_retries as "failedAfterRetries", attempts, mail.failure,
        created_at as "createdAt", processed_at as "processedAt"
      from (values ('connection'), ('transient'), ('permanent'), ('unknown')) as kind (failure)
        cross join lateral (select * from email_queue
          where status = 'failed' and failure = kind.failure and recipient <> '' and ${isAfter}
          order by processed_at desc, id desc limit ${limit}) as mail
      order by processed_at desc, mail.id desc limit ${limit}`,
  );
  return withInstants(mails, "createdAt", "processedAt");
}

/**
 * Reads how many mails wait, since when, how long sending them takes at `limit` mails every `intervalMs`, and how many are
 * scheduled.
 */
export async function readQueue(
  db: Db,
  now: Date,
  limit: number,
  intervalMs: number,
): Promise<z.input<typeof mailQueue>> {
  const queue = await row<{
    waiting: number;
    due: number;
    scheduled: number;
    oldestDue: string | null;
    failed: number;
    unknown: number;
  }>(
    db,
    // Of what is due, and of what is queued for later, only an index is read: each may be most of the table.
    sql`select due::int as due, (due + retrying_later)::int as waiting, (later - retrying_later)::int as scheduled, "oldestDue",
        (select count(*)::int from email_queue
          where status = 'failed' and failure is not null and recipient <> '') as failed,
        (select count(*)::int from email_queue where status = 'failed' and failure = 'unknown') as unknown
      from (select count(*) filter (where scheduled_at <= ${at(now)}) as due,
            count(*) filter (where scheduled_at > ${at(now)}) as later,
            min(scheduled_at) filter (where scheduled_at <= ${at(now)}) as "oldestDue"
          from email_queue where status in ('pending', 'retrying')) as queued,
        (select count(*) as retrying_later from email_queue
          where status in ('pending', 'retrying') and status = 'retrying' and scheduled_at > ${at(now)}
            and scheduled_at <= ${at(new Date(now.getTime() + MAX_RETRY_DELAY_MS))}) as retrying`,
  );
  const oldestDue = queue.oldestDue === null ? null : instantOf(queue.oldestDue);
  return {
    waiting: queue.waiting,
    due: queue.due,
    scheduled: queue.scheduled,
    oldestDueSeconds: oldestDue === null ? null : Math.round((Number(now) - Number(oldestDue)) / 1000),
    secondsToDrain: Math.ceil(queue.waiting / limit) * Math.round(intervalMs / 1000),
    failed: queue.failed,
    deliveryUnknown: queue.unknown,
  };
}
