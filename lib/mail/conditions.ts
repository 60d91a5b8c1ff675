import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import type { Condition } from "../supervision/job-conditions.ts";
import { DAY_MS, HOUR_MS } from "../time/durations.ts";

interface MailHealth {
  /** Mails that may or may not have been delivered. */
  unknown: number;
  unknownIds: number[];
  /** Mails of the last day that failed after all retries. */
  givenUp: number;
  lastError: string | null;
  /** The oldest mail that has been due for more than an hour. */
  oldestDue: string | null;
  /** Whether a mail was sent within the last hour. */
  sentLately: boolean;
  /** The error of the last run, if it could not reach the mail server. */
  unreachable: string | null;
}

/** Finds what is wrong with mail: unknown deliveries, mails given up, an unreachable server, a queue that stands still. */
export async function mailConditions(db: Db, now: Date): Promise<Condition[]> {
  const health = await readHealth(db, now);
  const conditions: Condition[] = [];
  if (health.unknown > 0) {
    conditions.push({
      key: "mail:delivery-unknown",
      title: `${health.unknown} mails may or may not have been delivered`,
      details: {
        mails: health.unknownIds.map((id) => `email_queue ${id}`),
        remedy: "look into the mail server's log; POST /api/admin/emails/retry with their ids sends them again",
      },
    });
  }
  if (health.givenUp > 0) {
    conditions.push({
      key: "mail:given-up",
      title: `${health.givenUp} mails were given up after retries`,
      details: { lastError: health.lastError, remedy: "POST /api/admin/emails/retry queues them again" },
    });
  }
  if (health.unreachable !== null) {
    conditions.push({
      key: "mail:unreachable",
      title: "the mail server cannot be reached",
      details: { error: health.unreachable },
    });
  }
  if (health.oldestDue !== null && !health.sentLately) {
    conditions.push({
      key: "mail:stalled",
      title: "mail is due, and none has been sent for an hour",
      details: { oldestDue: health.oldestDue },
      waitsFor: "email-dispatch",
    });
  }
  return conditions;
}

function readHealth(db: Db, now: Date): Promise<MailHealth> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const dayAgo = new Date(now.getTime() - DAY_MS);
  return row(
    db,
    sql`select
        (select count(*)::int from email_queue where status = 'failed' and failure = 'unknown') as unknown,
        (select coalesce(jsonb_agg(id), '[]') from (select id from email_queue
          where status = 'failed' and failure = 'unknown' order by processed_at desc limit 20) as ids) as "unknownIds",
        given_up.n as "givenUp", given_up.error as "lastError",
        (select to_char(min(scheduled_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from email_queue
          where status in ('pending', 'retrying') and scheduled_at < ${at(hourAgo)}) as "oldestDue",
        exists (select from job_runs where job_name = 'email-dispatch' and scheduled_for > ${at(hourAgo)}
          and (metadata->>'processed')::int > 0) as "sentLately",
        (select metadata->>'unreachable' from job_runs where job_name = 'email-dispatch' and status = 'completed'
          order by scheduled_for desc limit 1) as unreachable
      from (select count(*)::int as n, (array_agg(error order by processed_at desc))[1] as error from email_queue
        where status = 'failed' and failure in ('connection', 'transient') and processed_at > ${at(dayAgo)}) as given_up`,
  );
}
