import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "../db/columns.ts";

/** The job ledger (domain, section 2): one row for each occurrence of each job, whoever triggered it. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    jobName: text("job_name").notNull(),
    scheduledFor: instant("scheduled_for").notNull(),
    status: text("status").notNull().default("pending"),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    metadata: jsonb("metadata").notNull().default({}),
    attempt: integer("attempt").notNull().default(1),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    heartbeatAt: instant("heartbeat_at"),
    /** A failed run is not taken up again by a cron before this instant (backoff). */
    retryAt: instant("retry_at"),
    trigger: text("trigger").notNull(),
    /** Recorded because it did not happen: nobody ran it, and the reason is in the metadata. */
    missed: boolean("missed").generatedAlwaysAs(sql`metadata ? 'missed'`),
    durationMs: bigint("duration_ms", { mode: "number" }).generatedAlwaysAs(sql`(metadata->>'durationMs')::bigint`),
  },
  (table) => [
    unique("job_runs_occurrence").on(table.jobName, table.scheduledFor),
    index("job_runs_recent").on(
      table.scheduledFor,
      table.jobName,
      table.status,
      table.missed,
      table.durationMs,
      table.startedAt,
    ),
    index("job_runs_unfinished").on(table.jobName, table.scheduledFor).where(sql`${table.status} <> 'completed'`),
    check("job_runs_status", sql`${table.status} in ('pending', 'running', 'completed', 'failed')`),
    check("job_runs_trigger", sql`${table.trigger} in ('cron', 'manual', 'catch-up', 'continuation')`),
  ],
);

/**
 * Periods whose input changed late and which their job has not taken in yet. Appended by writers in the transaction of
 * the change, consumed by the run's first step: whatever is visible there, the run will see the cause of.
 */
export const periodChanges = pgTable(
  "period_changes",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    jobName: text("job_name").notNull(),
    /** The period, named as the ledger names it: by its exclusive end. */
    scheduledFor: instant("scheduled_for").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [index("period_changes_occurrence").on(table.jobName, table.scheduledFor)],
);

/** Since when each cron of `vercel.json` is expected to fire, and up to when every occurrence of it is accounted for. */
export const cronWatches = pgTable("cron_watches", {
  /** Path and expression: a cron that changes is a new one. */
  cron: text("cron").primaryKey(),
  since: instant("since").notNull(),
  accountedUntil: instant("accounted_until").notNull(),
});

/** What is or was wrong (domain, section 2: one alert an incident, one recovery mail). */
export const incidents = pgTable(
  "incidents",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** What is wrong, for a machine: `failed:weekly-events`. One open incident for each. */
    key: text("key").notNull(),
    title: text("title").notNull(),
    details: jsonb("details").notNull(),
    openedAt: instant("opened_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    closedAt: instant("closed_at"),
    alertedAt: instant("alerted_at"),
    recoveryAlertedAt: instant("recovery_alerted_at"),
    /** Why the last attempt to mail about it failed. */
    alertError: text("alert_error"),
    /** Whoever mails about it holds it until then. */
    alertLeaseUntil: instant("alert_lease_until"),
  },
  (table) => [
    uniqueIndex("incidents_open").on(table.key).where(sql`${table.closedAt} is null`),
    index("incidents_alerted").on(table.key, table.alertedAt),
    index("incidents_opened").on(table.openedAt),
  ],
);
