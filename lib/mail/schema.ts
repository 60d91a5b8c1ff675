import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
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
    /** Fixed when queued, the same on each attempt. */
    messageId: text("message_id").notNull(),
    status: text("status").notNull().default("pending"),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    failedAfterRetries: boolean("failed_after_retries").notNull().default(false),
    scheduledAt: instant("scheduled_at").notNull(),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    processedAt: instant("processed_at"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("email_queue_due").on(table.scheduledAt, table.id).where(sql`${table.status} in ('pending', 'retrying')`),
    index("email_queue_user").on(table.userId),
    check("email_queue_status", sql`${table.status} in ('pending', 'retrying', 'sent', 'failed', 'skipped')`),
  ],
);
