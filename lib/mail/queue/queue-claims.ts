import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../../db/db.ts";
import { isTransient, withRetry } from "../../db/failures/retry.ts";
import { type SharedRate, settleWith, takeFrom } from "../../db/rate-grants.ts";
import type { Settlement } from "../delivery/outcome.ts";

/** Taking mails out of the queue and putting their fate on record: one statement each, whatever the batch's size. */

/** `EMAIL_RATE_PER_MINUTE`: a mail counts from when it is taken until a minute after its fate is known. */
const emailRate = (perMinute: number): SharedRate => ({ table: "email_rate", perMinute });

/** Longer than any mail may take (lane.ts), so that a live dispatcher never loses one. */
export const MAIL_LEASE_MS = 120_000;

/** A mail this dispatcher holds until its lease runs out. */
export interface ClaimedMail {
  id: number;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string | null;
  tokenSeed: string | null;
  /** An iCalendar object, where the mail is about an appointment. */
  calendar: string | null;
  /** A PNG in base64, where its HTML shows one. */
  inlineImage: string | null;
  messageId: string;
  createdAt: Date;
  /** With this one. */
  attempts: number;
  /** Why it is not to be sent, as of now. */
  skip: "email-notifications-disabled" | "address-suppressed" | "expired" | null;
}

export interface Claims {
  mails: ClaimedMail[];
  /** When the shared rate allows the next one; undefined where it is not the rate that there were no more. */
  nextAt: Date | undefined;
}

/**
 * Takes up to `size` due mails, the oldest first. Several at once take different ones: a row somebody is taking is
 * skipped, not waited for. A mail that was handed over is never taken again, however old its lease.
 */
export async function claimMails(
  db: Db,
  token: string,
  size: number,
  ratePerMinute: number | undefined,
  now: Date,
): Promise<Claims> {
  const leaseUntil = new Date(now.getTime() + MAIL_LEASE_MS);
  const permit =
    ratePerMinute === undefined
      ? sql`select ${size}::int as allowed, null::timestamptz as next_at`
      : takeFrom(emailRate(ratePerMinute), token, size, now, leaseUntil);
  const claimed = await rows<Omit<ClaimedMail, "createdAt"> & { createdAt: string | null; nextAt: string | null }>(
    db,
    sql`with permit as (${permit}),
      due as (
        -- the inner limit is for the planner, which must not think of the whole queue
        select id from (
          select id from email_queue
          where status in ('pending', 'retrying') and scheduled_at <= ${at(now)} and handed_over_at is null
            and (lease_until is null or lease_until < ${at(now)})
          order by scheduled_at, id limit ${size}
          for update skip locked) as next
        limit (select allowed from permit, ${unhurried})
      ), taken as (
        update email_queue as mail set lease_token = ${token}::uuid, lease_until = ${at(leaseUntil)}, attempts = attempts + 1
        from due where mail.id = due.id
        returning mail.id, mail.user_id, recipient, subject, text, html, unsubscribe_url, token_seed, calendar, inline_image,
          message_id, created_at, expires_at, attempts
      )
      select taken.id, recipient, subject, text, html, unsubscribe_url as "unsubscribeUrl",
        token_seed as "tokenSeed", calendar,
        inline_image as "inlineImage", message_id as "messageId", taken.created_at as "createdAt", attempts,
        permit.next_at as "nextAt",
        case when unsubscribe_url is not null and preferences->'notifications'->>'email' = 'false'
            then 'email-notifications-disabled'
          when suppressed.address_hash is not null then 'address-suppressed'
          when expires_at <= ${at(now)} then 'expired' end as skip
      from permit left join taken on true
      left join users on users.id = taken.user_id
      left join email_suppressions as suppressed on suppressed.address_hash = ${hashOf(sql`recipient`)}
      order by taken.id`,
  );
  const nextAt = claimed[0]?.nextAt ?? undefined;
  const mails = claimed.flatMap(({ nextAt: _, createdAt, ...mail }) =>
    createdAt === null ? [] : [{ ...mail, id: Number(mail.id), createdAt: instantOf(createdAt) }],
  );
  // A grant that nothing was taken for is given back; one that was used in part is settled with its mails.
  if (mails.length === 0 && nextAt === undefined && ratePerMinute !== undefined)
    await settleMails(db, token, [], ratePerMinute, now);
  return { mails, nextAt: nextAt === undefined ? undefined : instantOf(nextAt) };
}

/**
 * Spares a claim the wait for the disk. One that is lost, because the database went down in that moment, was never
 * acted on: the mails are handed over only after a statement of their dispatcher's finds its token on them.
 */
const unhurried = sql`set_config('synchronous_commit', 'off', true) as _`;

/** How a suppressed address is known: by its hash. */
export const hashOf = (address: ReturnType<typeof sql>) =>
  sql`encode(sha256(convert_to(lower(${address}), 'UTF8')), 'hex')`;

/**
 * Puts on record that mails are about to be handed to the server; doing it twice does no harm.
 * @returns those that are still this dispatcher's.
 */
export async function markHandedOver(db: Db, token: string, ids: number[], now: Date): Promise<Set<number>> {
  const work = () =>
    rows<{ id: string }>(
      db,
      sql`update email_queue set handed_over_at = ${at(now)}
        where id = any (${idList(ids)}) and lease_token = ${token}::uuid and lease_until >= ${at(now)} returning id`,
    );
  const marked = await withRetry(work, isTransient);
  return new Set(marked.map(({ id }) => Number(id)));
}

/**
 * Puts the fate of a batch on record, with what the shared rate was really used for. Doing it twice does nothing, so a
 * fault on the way is met by trying again.
 */
export function settleMails(
  db: Db,
  token: string,
  settled: Settlement[],
  ratePerMinute: number | undefined,
  now: Date,
): Promise<number> {
  const tried = settled.filter(({ status }) => status !== "skipped").length;
  const work = async () => {
    const done = await rows(
      db,
      sql`with fate as (
          select * from jsonb_to_recordset(${json(settled)}) as fate (id bigint, status text, error text, failure text,
            "failedAfterRetries" boolean, "retryAt" timestamptz, suppress text)
        ), written as (
          update email_queue as mail set status = fate.status, error = fate.error, failure = fate.failure,
            failed_after_retries = fate."failedAfterRetries",
            scheduled_at = coalesce(fate."retryAt", mail.scheduled_at), processed_at = ${at(now)},
            handed_over_at = case when fate.status = 'sent' or fate.failure = 'unknown' then mail.handed_over_at end,
            lease_token = null, lease_until = null
          from fate where mail.id = fate.id and mail.lease_token = ${token}::uuid
          returning mail.id, mail.recipient, fate.suppress
        )${settled.some(({ suppress }) => suppress !== null) ? suppressing(now) : sql``}${ratePerMinute === undefined ? sql`` : sql`, used as (${settleWith(emailRate(ratePerMinute), token, tried, now)})`}
        select id from written`,
    );
    return done.length;
  };
  return withRetry(work, isTransient);
}

/** Part of a settling statement: keeps addresses that turned out to be nobody's from being written to again. */
const suppressing = (now: Date) => sql`, suppressed as (
  insert into email_suppressions (address_hash, reason, created_at)
  select distinct on (1) ${hashOf(sql`recipient`)}, suppress, ${at(now)} from written where suppress is not null
  on conflict (address_hash) do nothing
)`;

/**
 * Settles mails whose dispatcher is gone: one that was handed over has an unknown fate and waits for a person; one that
 * took its process with it on every attempt is given up. All others are simply due again.
 * @returns how many were settled.
 */
export async function settleAbandoned(db: Db, maxAttempts: number, now: Date): Promise<number> {
  const settled = await rows(
    db,
    sql`update email_queue set status = 'failed', processed_at = ${at(now)}, lease_token = null, lease_until = null,
        error = case when handed_over_at is null then 'abandoned on every attempt' else 'delivery-unknown' end,
        failure = case when handed_over_at is null then 'transient' else 'unknown' end,
        failed_after_retries = handed_over_at is null
      where status in ('pending', 'retrying') and lease_until < ${at(now)}
        and (handed_over_at is not null or attempts >= ${maxAttempts})
      returning id`,
  );
  return settled.length;
}

/**
 * Puts mails that failed because the server could not be reached back into the queue: nothing was ever handed over, and
 * now the server is there again. With `most` 1 a probe, where there is nothing else to find that out with.
 * @param failedBefore What failed since then did so while the server was there for others.
 */
export async function reviveUnreached(db: Db, now: Date, most: number, failedBefore: Date): Promise<number> {
  const revived = await rows(
    db,
    sql`update email_queue set status = 'retrying', attempts = 0, failed_after_retries = false, scheduled_at = ${at(now)}
      where id in (select id from email_queue
        where status = 'failed' and failure = 'connection' and failed_after_retries
          and processed_at < ${at(failedBefore)} and recipient <> '' -- what is emptied (retention.ts) is past sending
        order by processed_at, id limit ${most} for update skip locked)
      returning id`,
  );
  return revived.length;
}

/** A retry is never further ahead (verdict.ts), so that what waits is found at the beginning of the queue. */
export const LONGEST_RETRY_MS = 25 * 3_600_000;

/** How many mails wait because they could not be sent yet. What was queued for later, and is not due, does not. */
export async function countWaiting(db: Db, now: Date): Promise<number> {
  const [waiting] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from email_queue
      where status in ('pending', 'retrying') and scheduled_at <= ${at(new Date(now.getTime() + LONGEST_RETRY_MS))}
        and (status = 'retrying' or scheduled_at <= ${at(now)})`,
  );
  return waiting?.n ?? 0;
}

const idList = (ids: number[]) => sql`${`{${ids.join(",")}}`}::bigint[]`;
