import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, json, row } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
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
    /** With `all`: also mails that may have been delivered already. Mails named by id are always included. */
    includeUnknown: z.boolean({ error: "true or false" }).default(false),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), {
    error: "either ids or all: true",
    path: ["ids"],
  });

/**
 * `POST /api/admin/emails/retry`: queues failed mails again, by id or all of them. A mail named by id is queued even if it
 * may have been delivered or if its address is suppressed; the suppression is then lifted.
 */
export const retryRoute = defineRoute({
  POST: method({
    summary: "Queues failed mails again, by id or all of them.",
    example: { all: true },
    body: retryBody,
    handle: async ({ db, body, now }) => {
      return { status: "ok", ...(await requeueFailed(db, body, now)) };
    },
  }),
});

/** @returns how many mails were queued, and how many were left as they are, by reason. */
function requeueFailed(
  db: Db,
  { ids, includeUnknown }: z.output<typeof retryBody>,
  now: Date,
): Promise<{ requeued: number; leftUnknown: number; leftSuppressed: number; notFailed: number }> {
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
