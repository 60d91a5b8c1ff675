import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../../db/db.ts";
import { isTransient, withRetry } from "../../db/failures/retry.ts";
import { type SharedRate, settleWith, takeFrom } from "../../db/rate-grants.ts";
import { addressHash, suppressCte } from "./suppressions.ts";

/**
 * The three statements of a batch: claim mails with a lease, mark them as handed over, record their outcomes. Each is one
 * statement for batches of any size. The lease token makes sure that only the dispatcher that claimed a mail
 * sends it and records what happened.
 */

/** `EMAIL_RATE_PER_MINUTE`: a mail counts from its claim until a minute after its outcome is known. */
const emailRate = (perMinute: number): SharedRate => ({ table: "email_rate", perMinute });

/** Longer than the sending of any mail may take (smtp-connection.ts), so a living dispatcher never loses a mail. */
export const MAIL_LEASE_MS = 120_000;

/** A mail that a dispatcher has claimed until its lease ends. */
export interface ClaimedMail {
  id: number;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string | null;
  tokenSeed: string | null;
  /** An iCalendar object, if the mail is about an appointment. */
  calendar: string | null;
  /** A PNG in base64, if the HTML shows one. */
  inlineImage: string | null;
  messageId: string;
  createdAt: Date;
  /** Including this attempt. */
  attempts: number;
  /** Why the mail must not be sent, decided at the claim. */
  skip: "email-notifications-disabled" | "address-suppressed" | "expired" | null;
}

export interface ClaimResult {
  mails: ClaimedMail[];
  /** When the shared rate allows the next mail; undefined if the rate was not the limit. */
  nextAt: Date | undefined;
}

/**
 * Claims up to `size` due mails, oldest first. Dispatchers that claim at the same time get different mails: locked rows are
 * skipped. A mail that was handed over is never claimed again, even when its lease has ended.
 * @param dedupeKey Claims only the mail with this key.
 */
export async function claimMails(
  db: Db,
  token: string,
  size: number,
  ratePerMinute: number | undefined,
  now: Date,
  dedupeKey?: string,
): Promise<ClaimResult> {
  const leaseUntil = new Date(now.getTime() + MAIL_LEASE_MS);
  const onlyOne = dedupeKey === undefined ? sql`` : sql`and dedupe_key = ${dedupeKey}`;
  const permit =
    ratePerMinute === undefined
      ? sql`select ${size}::int as allowed, null::timestamptz as next_at`
      : takeFrom(emailRate(ratePerMinute), token, size, now, leaseUntil);
  const claimed = await rows<Omit<ClaimedMail, "createdAt"> & { createdAt: string | null; nextAt: string | null }>(
    db,
    sql`with permit as (${permit}),
      due as (
        -- the inner limit keeps the planner from planning for the whole queue
        select id from (
          select id from email_queue
          where status in ('pending', 'retrying') and scheduled_at <= ${at(now)} and handed_over_at is null
            and (lease_until is null or lease_until < ${at(now)}) ${onlyOne}
          order by scheduled_at, id limit ${size}
          for update skip locked) as next
        limit (select allowed from permit, ${asynchronousCommit})
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
      left join email_suppressions as suppressed on suppressed.address_hash = ${addressHash(sql`recipient`)}
      order by taken.id`,
  );
  const nextAt = claimed[0]?.nextAt ?? undefined;
  const mails = claimed.flatMap(({ nextAt: _, createdAt, ...mail }) =>
    createdAt === null ? [] : [{ ...mail, id: Number(mail.id), createdAt: instantOf(createdAt) }],
  );
  // An unused grant is returned here; a partly used one is settled with its mails.
  if (mails.length === 0 && nextAt === undefined && ratePerMinute !== undefined)
    await recordOutcomes(db, token, [], ratePerMinute, now);
  return { mails, nextAt: nextAt === undefined ? undefined : instantOf(nextAt) };
}

/**
 * A claim need not wait for the disk. If the database crashes and loses the claim, nothing was sent: mails are handed over
 * only after `markHandedOver` finds the token on them.
 */
const asynchronousCommit = sql`set_config('synchronous_commit', 'off', true) as _`;

/**
 * Marks mails as about to be handed to the server. Only mails under this token with a live lease are marked: another
 * dispatcher may have claimed the others meanwhile. Repeating the call is harmless.
 * @returns the ids of the marked mails; no other mail may be sent.
 */
export async function markHandedOver(db: Db, token: string, ids: number[], now: Date): Promise<Set<number>> {
  const mark = () =>
    rows<{ id: string }>(
      db,
      sql`update email_queue set handed_over_at = ${at(now)}
        where id = any (${idList(ids)}) and lease_token = ${token}::uuid and lease_until >= ${at(now)} returning id`,
    );
  const marked = await withRetry(mark, isTransient);
  return new Set(marked.map(({ id }) => Number(id)));
}

const idList = (ids: number[]) => sql`${`{${ids.join(",")}}`}::bigint[]`;

/** What the queue records about a claimed mail (docs/domain.md, section 4). */
export interface Outcome {
  id: number;
  status: "sent" | "retrying" | "failed" | "skipped";
  error: string | null;
  failure: "connection" | "transient" | "permanent" | "unknown" | null;
  failedAfterRetries: boolean;
  retryAt: Date | null;
  /** If set, the reason why the address gets no more mail. */
  suppress: string | null;
}

/**
 * Records the outcomes of a batch and how much of the shared rate was used. A mail that another dispatcher has claimed
 * meanwhile carries another token and is left alone. Recording twice changes nothing, so a failed call is retried.
 * @returns how many outcomes were recorded.
 */
export function recordOutcomes(
  db: Db,
  token: string,
  outcomes: Outcome[],
  ratePerMinute: number | undefined,
  now: Date,
): Promise<number> {
  const attempted = outcomes.filter(({ status }) => status !== "skipped").length;
  const record = async () => {
    const recorded = await rows(
      db,
      sql`with outcome as (
          select * from jsonb_to_recordset(${json(outcomes)}) as outcome (id bigint, status text, error text, failure text,
            "failedAfterRetries" boolean, "retryAt" timestamptz, suppress text)
        ), written as (
          update email_queue as mail set status = outcome.status, error = outcome.error, failure = outcome.failure,
            failed_after_retries = outcome."failedAfterRetries",
            scheduled_at = coalesce(outcome."retryAt", mail.scheduled_at), processed_at = ${at(now)},
            handed_over_at = case when outcome.status = 'sent' or outcome.failure = 'unknown' then mail.handed_over_at end,
            lease_token = null, lease_until = null
          from outcome where mail.id = outcome.id and mail.lease_token = ${token}::uuid
          returning mail.id, mail.recipient, outcome.suppress
        )${outcomes.some(({ suppress }) => suppress !== null) ? suppressCte(now) : sql``}${ratePerMinute === undefined ? sql`` : sql`, used as (${settleWith(emailRate(ratePerMinute), token, attempted, now)})`}
        select id from written`,
    );
    return recorded.length;
  };
  return withRetry(record, isTransient);
}
