import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, instantOf, row } from "../../db/db.ts";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { DAY_MS } from "../../time/durations.ts";
import { dispatchIntervalMs } from "../dispatch-interval.ts";
import { lastDays } from "../get-mail-overview.ts";
import { mailQueue } from "../mail-schema.ts";
import { readMailDays, readQueue } from "../mail-summary.ts";

const DAYS = 14;

export const refusedMails = z
  .object({
    since: sentInstant.nullable().meta({ description: "When the first of them was refused." }),
    refused: count.meta({ description: "Mails that the mail server refused for good." }),
    unknownMailbox: count.meta({ description: "Those of them whose mailbox does not exist." }),
    attempted: count.meta({ description: "The mails that were delivered or failed." }),
  })
  .meta({ id: "RefusedMails", description: "Of the mails that were written in the last 24 hours." });

export const mailFigures = z
  .object({
    delivered: count,
    refused: count.meta({ description: "The mails that failed for good." }),
    days: z.array(
      z
        .object({ date: sentDate, delivered: count, refused: count })
        .meta({ id: "MailFigureDay", description: "The mails that were written on a date." }),
    ),
    queue: mailQueue,
    last24Hours: refusedMails,
  })
  .meta({ id: "MailFigures", description: "The mails of 14 days by day, and what waits." });

/** Reads the mails of 14 days by what became of them, the queue, and what was refused in the last 24 hours. */
export async function readMailFigures(db: Db, jobs: JobRegistry, now: Date): Promise<z.input<typeof mailFigures>> {
  const { mail, timeZone } = config();
  const [days, queue, last24Hours] = await Promise.all([
    readMailDays(db, lastDays(DAYS, now, timeZone), now),
    readQueue(db, now, mail.dispatchLimit, dispatchIntervalMs(jobs, now)),
    readRefused(db, now),
  ]);
  return {
    delivered: days.reduce((sum, { sent }) => sum + sent, 0),
    refused: days.reduce((sum, { failed }) => sum + failed, 0),
    days: days.map(({ date, sent, failed }) => ({ date, delivered: sent, refused: failed })),
    queue,
    last24Hours,
  };
}

/** The enhanced status codes (RFC 3463) that say that a mailbox or its domain does not exist (mail/delivery/smtp-errors.ts). */
const UNKNOWN_MAILBOX = "5\\.1\\.(1|2|3|6|10)\\M";

async function readRefused(db: Db, now: Date): Promise<z.input<typeof refusedMails>> {
  const dayAgo = at(new Date(now.getTime() - DAY_MS));
  const refused = await row<Omit<z.input<typeof refusedMails>, "since"> & { since: string | null }>(
    db,
    // What was delivered is counted from an index alone; it may be a hundred thousand mails.
    sql`select count(*)::int as refused, (count(*) filter (where error ~ ${UNKNOWN_MAILBOX}))::int as "unknownMailbox",
        min(processed_at) as since,
        (select count(*)::int from email_queue where created_at > ${dayAgo} and created_at <= ${at(now)}
          and status in ('sent', 'failed')) as attempted
      from email_queue
      where status = 'failed' and failure = 'permanent' and processed_at > ${dayAgo} and created_at > ${dayAgo}`,
  );
  return { ...refused, since: refused.since === null ? null : instantOf(refused.since) };
}
