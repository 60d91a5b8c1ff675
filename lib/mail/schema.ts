import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../db/columns.ts";
import { users } from "../users/schema.ts";

export const MAIL_STATUSES = ["pending", "retrying", "sent", "failed", "skipped"] as const;

/** Mails to be sent, and what happened to them (docs/domain.md, section 4). */
export const emailQueue = pgTable(
  "email_queue",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** For each key one mail is ever sent: `weekly-summary:2026-02-02:<user>`. */
    dedupeKey: text("dedupe_key").notNull().unique(),
    /** The user whose preferences apply when the mail is sent; null if the recipient has no account. */
    userId: identifier("user_id").references(() => users.id, { onDelete: "cascade" }),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    unsubscribeUrl: text("unsubscribe_url"),
    /** What the token in the links is made from when the mail is sent (link-token.ts); tokens are not stored. */
    tokenSeed: text("token_seed"),
    /** An iCalendar object with its METHOD (RFC 5546), if the mail is about an appointment. */
    calendar: text("calendar"),
    /** A PNG that the HTML shows (inline-image.ts), in base64 because it is passed as JSON. */
    inlineImage: text("inline_image"),
    /** Set when the mail is queued; the same on each attempt. */
    messageId: text("message_id").notNull(),
    status: text("status").notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    /** The kind of the last failure (smtp-errors.ts). */
    failure: text("failure"),
    failedAfterRetries: boolean("failed_after_retries").notNull().default(false),
    scheduledAt: instant("scheduled_at").notNull(),
    /** From this instant on the mail is not sent, such as a reminder of an appointment that has begun. */
    expiresAt: instant("expires_at"),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    /** When the content was about to be sent. Until `processed_at` is set, the delivery may be unknown. */
    handedOverAt: instant("handed_over_at"),
    processedAt: instant("processed_at"),
    /** When the mail was written, or when it is first due if it was queued for later. The Date header on each attempt. */
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

/** Addresses that get no more mail (suppressions.ts). */
export const emailSuppressions = pgTable("email_suppressions", {
  /** SHA-256, hex, of the address in lower case. */
  addressHash: text("address_hash").primaryKey(),
  reason: text("reason").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** The shared rate limit, in one row: a dispatcher that takes from it locks it for the others. */
export const emailRate = pgTable(
  "email_rate",
  {
    id: integer("id").primaryKey(),
    /** `[{token, count, until}]`: `count` mails count against the limit until `until` (ISO instant). */
    grants: jsonb("grants").notNull().default([]),
  },
  (table) => [check("email_rate_single", sql`${table.id} = 1`)],
);
