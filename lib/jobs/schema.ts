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
import { TRIGGERS } from "./job.ts";

export const RUN_STATUSES = ["pending", "running", "completed", "failed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** The job ledger (docs/domain.md, section 2): one row for each occurrence of each job, for all triggers. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    jobName: text("job_name").notNull(),
    scheduledFor: instant("scheduled_for").notNull(),
    status: text("status", { enum: RUN_STATUSES }).notNull().default("pending"),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    metadata: jsonb("metadata").notNull().default({}),
    attempt: integer("attempt").notNull().default(1),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    heartbeatAt: instant("heartbeat_at"),
    /** Crons do not retry a failed run before this instant. */
    retryAt: instant("retry_at"),
    trigger: text("trigger", { enum: TRIGGERS }).notNull(),
    /** The run did not happen; the metadata hold the reason. */
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
 * Evaluated periods whose input changed and which were not evaluated again yet. Writers add rows in the transaction of the change.
 * The first step of a run deletes them, so the run sees every change that it deletes.
 */
export const periodChanges = pgTable(
  "period_changes",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    jobName: text("job_name").notNull(),
    /** The exclusive end of the period, as in the ledger. */
    scheduledFor: instant("scheduled_for").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [index("period_changes_occurrence").on(table.jobName, table.scheduledFor)],
);

/** When the watch over each cron of `vercel.json` began, and up to when its occurrences were checked. */
export const cronWatches = pgTable("cron_watches", {
  /** Path and expression: a cron that changes is a new one. */
  cron: text("cron").primaryKey(),
  since: instant("since").notNull(),
  accountedUntil: instant("accounted_until").notNull(),
});

/** Faults, open or closed. Each incident has one alert and one recovery mail (docs/domain.md, section 2). */
export const incidents = pgTable(
  "incidents",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The kind of fault, such as `failed:weekly-events`. Each key has at most one open incident. */
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
    /** Until then, one process has the right to mail about the incident. */
    alertLeaseUntil: instant("alert_lease_until"),
  },
  (table) => [
    uniqueIndex("incidents_open").on(table.key).where(sql`${table.closedAt} is null`),
    index("incidents_alerted").on(table.key, table.alertedAt),
    index("incidents_opened").on(table.openedAt),
  ],
);
