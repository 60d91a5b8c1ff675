import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../db/columns.ts";
import { users } from "../users/schema.ts";

/** Mail waiting to be sent and its fate (domain, section 4). */
export const emailQueue = pgTable(
  "email_queue",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** One mail for each key, ever: `weekly-summary:2026-02-02:<user>`. */
    dedupeKey: text("dedupe_key").notNull().unique(),
    /** Whose preferences decide at the moment of sending; null for mail to nobody's account. */
    userId: identifier("user_id").references(() => users.id, { onDelete: "cascade" }),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    unsubscribeUrl: text("unsubscribe_url"),
    /** What the token in its links is made of when it is sent (link-token.ts): tokens themselves are not stored. */
    tokenSeed: text("token_seed"),
    /** An iCalendar object with its METHOD (RFC 5546), where the mail is about an appointment. */
    calendar: text("calendar"),
    /** A PNG that the HTML shows (inline-image.ts), in base64: it goes through JSON like the rest. */
    inlineImage: text("inline_image"),
    /** Fixed when queued, the same on each attempt. */
    messageId: text("message_id").notNull(),
    status: text("status").notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    /** Whose fault the last failure was: the way to the server's, this moment's, the mail's own, or nobody can tell. */
    failure: text("failure"),
    failedAfterRetries: boolean("failed_after_retries").notNull().default(false),
    scheduledAt: instant("scheduled_at").notNull(),
    /** From when on nobody wants it any more, such as a reminder of what has begun. */
    expiresAt: instant("expires_at"),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    /** When the server was about to get the message: from here to `processed_at` its fate may be unknown. */
    handedOverAt: instant("handed_over_at"),
    processedAt: instant("processed_at"),
    /** When it was written; of a mail for later, when it is due first. Its Date on each attempt. */
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("email_queue_due").on(table.scheduledAt, table.id).where(sql`${table.status} in ('pending', 'retrying')`),
    index("email_queue_recent").on(table.createdAt, table.status, table.failedAfterRetries),
    index("email_queue_failed").on(table.failure, table.processedAt).where(sql`${table.status} = 'failed'`),
    index("email_queue_user").on(table.userId),
    check("email_queue_failure", sql`${table.failure} in ('connection', 'transient', 'permanent', 'unknown')`),
    check("email_queue_status", sql`${table.status} in ('pending', 'retrying', 'sent', 'failed', 'skipped')`),
  ],
);

/** Addresses that no mail goes to any more. Only their hash is kept: enough to recognise one, useless to write to. */
export const emailSuppressions = pgTable("email_suppressions", {
  /** SHA-256, hex, of the address in lower case. */
  addressHash: text("address_hash").primaryKey(),
  reason: text("reason").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** The shared rate limit: one row, so that whoever takes from it waits for whoever is taking. */
export const emailRate = pgTable(
  "email_rate",
  {
    id: integer("id").primaryKey(),
    /** `[{token, count, until}]`: so many mails count against the limit until then (ISO instant). */
    grants: jsonb("grants").notNull().default([]),
  },
  (table) => [check("email_rate_single", sql`${table.id} = 1`)],
);
