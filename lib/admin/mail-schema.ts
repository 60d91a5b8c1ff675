import * as z from "zod";
import { count, sentDate, sentInstant, sentTextId } from "../http/responses/fields.ts";
import { MAIL_STATUSES } from "../mail/schema.ts";

/** What operators read of the mail queue (docs/domain.md, section 4). */

const FAILURES = ["connection", "transient", "permanent", "unknown"] as const;

export const mailStatus = z.enum(MAIL_STATUSES).meta({
  id: "MailStatus",
  description:
    "`retrying`: waits for the next attempt. `skipped`: is not sent, for example because the user has no address.",
});

export const maskedRecipient = z
  .string()
  .meta({ description: "Of the address only as much as it takes to recognise it.", examples: ["b…@club.example"] });

const mailFields = {
  id: z.int(),
  recipient: maskedRecipient,
  subject: z.string(),
  attempts: z.int(),
  error: z.string().nullable().meta({ description: "What the mail server said last." }),
  failedAfterRetries: z.boolean(),
  createdAt: sentInstant.meta({ description: "When it was written, or is first due if it was queued for later." }),
};

export const mailStats = z
  .object({ status: mailStatus, count, failedAfterRetries: count })
  .meta({ id: "MailStats", description: "The mails in one status, of the last 7 days." });

export const recentMail = z
  .object({
    ...mailFields,
    id: sentTextId,
    userId: z.string().nullable().meta({ description: "Null if the recipient has no account." }),
    status: mailStatus,
    processedAt: sentInstant.nullable().meta({ description: "When it was sent, skipped or given up, or tried last." }),
  })
  .meta({ id: "RecentMail", description: "A mail of the last 24 hours." });

export const failedMail = z
  .object({
    ...mailFields,
    failure: z.enum(FAILURES).meta({
      id: "MailFailure",
      description: "`connection`: our mail server could not be reached. `unknown`: the mail may have been delivered.",
    }),
    processedAt: sentInstant.meta({ description: "When it failed." }),
  })
  .meta({ id: "FailedMail", description: "A mail that failed and can be queued again." });

export const mailDay = z
  .object({ date: sentDate, sent: count, failed: count, skipped: count, pending: count, retrying: count })
  .meta({ id: "MailDay", description: "The mails that were written on a local date, by what became of them." });

export const mailQueue = z
  .object({
    waiting: count.meta({ description: "The mails that are due or wait for the next attempt." }),
    due: count,
    scheduled: count.meta({ description: "The mails that are due later." }),
    oldestDueSeconds: z.int().nullable().meta({ description: "How long the oldest due mail has waited, in seconds." }),
    secondsToDrain: count.meta({ description: "How long sending what waits takes at today's limit, in seconds." }),
    failed: count.meta({ description: "The failed mails that can be queued again." }),
    deliveryUnknown: count.meta({ description: "The failed mails that may have been delivered." }),
  })
  .meta({ id: "MailQueue", description: "What waits in the mail queue." });
