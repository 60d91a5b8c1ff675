import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows, withInstants } from "../../db/db.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { mailStatus, maskedRecipient } from "../mail-schema.ts";
import { MASKED } from "../mail-summary.ts";
import { anyContains, best, type SearchText } from "./search-text.ts";

export const mailHit = z
  .object({ id: z.int(), recipient: maskedRecipient, subject: z.string(), status: mailStatus, createdAt: sentInstant })
  .meta({ id: "MailHit", description: "A mail whose recipient, subject or message id has the text." });

type MailHit = z.output<typeof mailHit>;

/** The newest mails among which the text is looked for; a mail's number, and the mails of a found member, are found among all. */
const MOST_READ = 20_000;
/** The largest number of a mail: 2^53 - 1 has 16 digits. */
const NUMBER = /^\d{1,15}$/;

/** Finds mails, the newest first. @param memberIds The members who were found: their mails belong to the hits. */
export async function searchMails(db: Db, text: SearchText, memberIds: readonly string[], limit: number) {
  const found = await rows<Omit<MailHit, "createdAt"> & { createdAt: string; address: string; messageId: string }>(
    db,
    sql`with hits as materialized (
        (select id from (select id, recipient, subject, message_id from email_queue
            where recipient <> '' order by id desc limit ${MOST_READ}) as newest
          where ${anyContains([sql`recipient`, sql`subject`, sql`message_id`], text)} order by id desc limit ${2 * limit})
        union (select id from email_queue where id = ${NUMBER.test(text.text) ? text.text : null}::bigint)
        union (select mail.id from jsonb_array_elements_text(${json(memberIds)}) as member
          cross join lateral (select id from email_queue where user_id = member and recipient <> ''
            order by id desc limit ${limit}) as mail))
      select id::float8 as id, ${MASKED}, recipient as address, message_id as "messageId", subject, status,
        created_at as "createdAt"
      from email_queue where id in (select id from hits) order by email_queue.id desc`,
  );
  const listed = best(
    found,
    ({ id, address, subject, messageId }) => [address, subject, messageId, String(id)],
    text,
    limit,
  );
  return withInstants(
    listed.map(({ address: _, messageId: __, ...hit }) => hit),
    "createdAt",
  );
}
