import { type SQL, sql } from "drizzle-orm";
import type { Person } from "../privacy/person.ts";
import { matchMails } from "./queue/erase.ts";
import { addressHash } from "./queue/suppressions.ts";

/** Mails contain links, and the token in a link is a secret. */
const WITHOUT_TOKENS = sql`regexp_replace(regexp_replace(text, '([?&]token=)[^[:space:]"&>]+', '\\1…', 'g'),
  '(booking\\.html#[0-9a-f-]+\\.)[A-Za-z0-9_-]+', '\\1…', 'g')`;

/** What an export contains of a person's mails. */
export function mailSections({ userId, addresses }: Person): Record<string, SQL> {
  const theirs = sql.param(addresses);
  const mails = matchMails({ userIds: userId === undefined ? [] : [userId], addresses, bookingIds: [] }) ?? sql`false`;
  return {
    mails: sql`select recipient, subject, ${WITHOUT_TOKENS} as text, status, attempts, error, scheduled_at, processed_at,
        created_at from email_queue where ${mails} order by id`,
    suppressed_addresses: sql`select address, reason, created_at as since
      from unnest(${theirs}::text[]) as address join email_suppressions on address_hash = ${addressHash(sql`address`)} order by 1`,
  };
}
