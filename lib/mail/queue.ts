import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, json, row } from "../db/db.ts";

/** A mail to be sent once for its key, ever. */
export interface NewMail {
  dedupeKey: string;
  userId: string | null;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string | null;
}

/**
 * Queues mails. A key that is there already makes no second mail; one that still waits, untried and unclaimed, takes
 * the new content, so that what goes out is what holds now.
 * @param domain Right-hand side of the `Message-ID`, which is fixed here for all attempts.
 * @returns the keys that were queued for the first time.
 */
export async function queueMails(tx: Db, mails: NewMail[], domain: string, now: Date): Promise<Set<string>> {
  if (mails.length === 0) return new Set();
  const waiting = mails.map((mail) => ({ ...mail, messageId: messageId(mail.dedupeKey, domain) }));
  const { queued } = await row<{ queued: string[] }>(
    tx,
    sql`with mails as (
        select * from jsonb_to_recordset(${json(waiting)}) as mail ("dedupeKey" text, "userId" text, recipient text,
          subject text, text text, html text, "unsubscribeUrl" text, "messageId" text)
      ), refreshed as (
        update email_queue as old set recipient = mails.recipient, subject = mails.subject, text = mails.text,
          html = mails.html, unsubscribe_url = mails."unsubscribeUrl"
        from mails
        where old.dedupe_key = mails."dedupeKey" and old.status = 'pending' and old.attempts = 0
          and old.lease_token is null
          and (old.recipient, old.subject, old.text, old.html, old.unsubscribe_url)
            is distinct from (mails.recipient, mails.subject, mails.text, mails.html, mails."unsubscribeUrl")
      ), queued as (
        insert into email_queue (dedupe_key, user_id, recipient, subject, text, html, unsubscribe_url, message_id,
          scheduled_at, created_at)
        select "dedupeKey", "userId", recipient, subject, text, html, "unsubscribeUrl", "messageId", ${at(now)}, ${at(now)}
        from mails
        on conflict (dedupe_key) do nothing
        returning dedupe_key
      )
      select coalesce(json_agg(dedupe_key), '[]') as queued from queued`,
  );
  return new Set(queued);
}

function messageId(dedupeKey: string, domain: string): string {
  return `<${createHash("sha256").update(dedupeKey).digest("hex").slice(0, 40)}@${domain}>`;
}
