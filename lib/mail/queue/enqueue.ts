import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { sha256 } from "../../hash.ts";
import type { TokenSeed } from "./link-token.ts";

/** A mail to be queued; for each key one mail is ever sent. */
export interface NewMail {
  dedupeKey: string;
  userId: string | null;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string | null;
  /** The seed of the token that replaces `TOKEN_PLACEHOLDER` in the links when the mail is sent (link-token.ts). */
  tokenSeed?: TokenSeed | null;
  /** An iCalendar object with its METHOD (RFC 5546), if the mail is about an appointment. */
  calendar?: string | null;
  /** A PNG in base64 that the HTML shows as `INLINE_IMAGE` (inline-image.ts). */
  inlineImage?: string | null;
  /** When the mail is due; by default now. It also counts as written then (its Date header, and how long it is kept). */
  scheduledAt?: Date;
  /** From this instant on the mail is not sent any more. */
  expiresAt?: Date;
}

/**
 * Queues mails. A known key does not create a second mail. If its mail still waits, untried and unclaimed, it gets the new
 * content and the new time, so that the reader gets the current state.
 * @param domain The right-hand side of the `Message-ID`, which stays the same for all attempts.
 * @returns the keys that were queued for the first time.
 */
export async function queueMails(tx: Db, mails: NewMail[], domain: string, now: Date): Promise<Set<string>> {
  if (mails.length === 0) return new Set();
  // One row for each key, always in the same order: two callers at once then wait for each other instead of deadlocking.
  const byKey = new Map(
    mails.map(({ scheduledAt, ...mail }) => {
      const due = new Date(Math.max(Number(scheduledAt ?? now), Number(now)));
      return [mail.dedupeKey, { ...mail, due, messageId: messageId(mail.dedupeKey, domain) }];
    }),
  );
  const sorted = [...byKey.values()].sort((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1));
  const written = await rows<{ key: string; isNew: boolean }>(
    tx,
    sql`insert into email_queue as old (dedupe_key, user_id, recipient, subject, text, html, unsubscribe_url, token_seed,
        calendar, inline_image, message_id, scheduled_at, created_at, expires_at)
      select "dedupeKey", "userId", recipient, subject, text, html, "unsubscribeUrl", "tokenSeed", calendar, "inlineImage",
        "messageId", due, due, "expiresAt"
      from json_to_recordset(${JSON.stringify(sorted)}::json) as mail ("dedupeKey" text, "userId" text, recipient text,
        subject text, text text, html text, "unsubscribeUrl" text, "tokenSeed" text, calendar text, "inlineImage" text, "messageId" text,
        due timestamptz, "expiresAt" timestamptz)
      on conflict (dedupe_key) do update set recipient = excluded.recipient, subject = excluded.subject,
        text = excluded.text, html = excluded.html, unsubscribe_url = excluded.unsubscribe_url,
        token_seed = excluded.token_seed,
        calendar = excluded.calendar, inline_image = excluded.inline_image, expires_at = excluded.expires_at,
        scheduled_at = ${keepPosition("scheduled_at", now)}, created_at = ${keepPosition("created_at", now)}
      where old.status = 'pending' and old.attempts = 0 and old.lease_token is null
        and (old.recipient, old.subject, old.text, old.html, old.unsubscribe_url, old.token_seed, old.calendar,
            old.inline_image, old.expires_at, old.scheduled_at)
          is distinct from (excluded.recipient, excluded.subject, excluded.text, excluded.html,
            excluded.unsubscribe_url, excluded.token_seed, excluded.calendar, excluded.inline_image, excluded.expires_at,
            ${keepPosition("scheduled_at", now)})
      returning dedupe_key as key, old.xmax = 0 as "isNew"`,
  );
  return new Set(written.filter(({ isNew }) => isNew).map(({ key }) => key));
}

/** A mail that is due now keeps its position in the queue. */
function keepPosition(name: "scheduled_at" | "created_at", now: Date): SQL {
  const column = sql.identifier(name);
  return sql`case when excluded.scheduled_at > ${at(now)} then excluded.${column}
    else least(old.${column}, excluded.${column}) end`;
}

function messageId(dedupeKey: string, domain: string): string {
  return `<${sha256(dedupeKey).slice(0, 40)}@${domain}>`;
}
