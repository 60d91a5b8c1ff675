import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, json, row } from "../../db/db.ts";
import { staff } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { count } from "../../http/responses/fields.ts";
import { addressHash } from "./suppressions.ts";

const mailId = z
  .number({ error: "the id of a mail" })
  .int({ error: "the id of a mail" })
  .min(1, { error: "the id of a mail" });

const retryBody = z
  .strictObject({
    ids: z
      .array(mailId, { error: "a list of 1 to 1000 ids" })
      .min(1, { error: "a list of 1 to 1000 ids" })
      .max(1000, { error: "a list of 1 to 1000 ids" })
      .optional(),
    all: z.literal(true, { error: "true, or the ids of mails" }).optional(),
    includeUnknown: z.boolean({ error: "true or false" }).default(false).meta({
      description:
        "With `all`: also mails that may have been delivered already. Mails named by id are always included.",
    }),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), {
    error: "either ids or all: true",
    path: ["ids"],
  })
  .meta({ id: "RetryMailsRequest", description: "Either `ids` or `all`." });

const mailsRetried = z
  .object({
    requeued: count.meta({ description: "Mails that are queued again." }),
    leftUnknown: count.meta({ description: "Mails that may have been delivered and were not named by id." }),
    leftSuppressed: count.meta({ description: "Mails whose address is suppressed and that were not named by id." }),
    notFailed: count.meta({ description: "Ids of mails that have not failed, or do not exist." }),
  })
  .meta({ id: "MailsRetried", description: "How many mails were queued again, and how many were left as they are." });

/** Queues failed mails again. */
export const retryMails = operation({
  id: "retryMails",
  method: "POST",
  path: "/api/admin/emails/retry",
  access: staff,
  summary: "Queues failed mails again, by id or all of them.",
  description:
    "A mail named by id is queued even if it may have been delivered or if its address is suppressed; the suppression is then lifted.",
  example: { all: true },
  body: retryBody,
  responses: { 200: { description: "What became of the mails.", schema: mailsRetried } },
  handle: ({ db, body, now }) => requeueFailed(db, body, now),
});

/** What operators do with the queue. */
export const operations = [retryMails];

/** @returns how many mails were queued, and how many were left as they are, by reason. */
function requeueFailed(
  db: Db,
  { ids, includeUnknown }: z.output<typeof retryBody>,
  now: Date,
): Promise<z.output<typeof mailsRetried>> {
  const byId = ids !== undefined;
  const isRequested = byId
    ? sql`id in (select value::bigint from jsonb_array_elements_text(${json([...new Set(ids)])}))`
    : sql`true`;
  return row(
    db,
    sql`with chosen as materialized (
        select id, failure = 'unknown' and not ${byId || includeUnknown} as unknown,
          not ${byId} and exists (select from email_suppressions where address_hash = ${addressHash(sql`recipient`)})
            as suppressed,
          ${addressHash(sql`recipient`)} as address_hash
        from email_queue where status = 'failed' and recipient <> '' and ${isRequested}
        for update skip locked
      ), lifted as (
        delete from email_suppressions where ${byId} and address_hash in (select address_hash from chosen)
      ), queued as (
        update email_queue as mail set status = 'pending', attempts = 0, error = null, failure = null,
          failed_after_retries = false, handed_over_at = null, processed_at = null, scheduled_at = ${at(now)}
        from chosen where mail.id = chosen.id and chosen.unknown is not true and not chosen.suppressed
        returning mail.id
      )
      select (select count(*)::int from queued) as requeued,
        (select count(*)::int from chosen where unknown) as "leftUnknown",
        (select count(*)::int from chosen where suppressed and unknown is not true) as "leftSuppressed",
        ${ids === undefined ? 0 : new Set(ids).size}::int - case when ${byId} then (select count(*)::int from chosen)
          else 0 end as "notFailed"`,
  );
}
