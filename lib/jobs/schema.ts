import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
  },
  (table) => [
    unique("job_runs_occurrence").on(table.jobName, table.scheduledFor),
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
