import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";

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
  // One row for each key, and in one order for all, so that two at once wait for each other instead of deadlocking.
  const byKey = new Map(
    mails.map((mail) => [mail.dedupeKey, { ...mail, messageId: messageId(mail.dedupeKey, domain) }]),
  );
  const waiting = [...byKey.values()].sort((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1));
  const written = await rows<{ key: string; fresh: boolean }>(
    tx,
    sql`insert into email_queue as old (dedupe_key, user_id, recipient, subject, text, html, unsubscribe_url, message_id,
        scheduled_at, created_at)
      select "dedupeKey", "userId", recipient, subject, text, html, "unsubscribeUrl", "messageId", ${at(now)}, ${at(now)}
      from json_to_recordset(${JSON.stringify(waiting)}::json) as mail ("dedupeKey" text, "userId" text, recipient text,
        subject text, text text, html text, "unsubscribeUrl" text, "messageId" text)
      on conflict (dedupe_key) do update set recipient = excluded.recipient, subject = excluded.subject,
        text = excluded.text, html = excluded.html, unsubscribe_url = excluded.unsubscribe_url
      where old.status = 'pending' and old.attempts = 0 and old.lease_token is null
        and (old.recipient, old.subject, old.text, old.html, old.unsubscribe_url) is distinct from
          (excluded.recipient, excluded.subject, excluded.text, excluded.html, excluded.unsubscribe_url)
      returning dedupe_key as key, old.xmax = 0 as fresh`,
  );
  return new Set(written.filter(({ fresh }) => fresh).map(({ key }) => key));
}

function messageId(dedupeKey: string, domain: string): string {
  return `<${createHash("sha256").update(dedupeKey).digest("hex").slice(0, 40)}@${domain}>`;
}
