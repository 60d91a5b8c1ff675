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
import { ACTOR_KINDS } from "../audit/actor.ts";
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

/** What starts an execution: what starts runs, and `settlement`, the re-run of a period after late entries. */
export const EXECUTION_TRIGGERS = [...TRIGGERS, "settlement"] as const;

/** `lost`: the process stopped, or another invocation took the run over. */
export const EXECUTION_OUTCOMES = ["running", "completed", "failed", "partial", "lost"] as const;

/** One row for every time anything ran (docs/domain.md, section 2). Later executions never change earlier ones. */
export const jobExecutions = pgTable(
  "job_executions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The run it worked on; empty for a dry run, which has none, and after the run is deleted. */
    runId: uuid("run_id").references(() => jobRuns.id, { onDelete: "set null" }),
    jobName: text("job_name").notNull(),
    scheduledFor: instant("scheduled_for"),
    trigger: text("trigger", { enum: EXECUTION_TRIGGERS }).notNull(),
    /** Who started it; empty for crons and ticks. */
    actorKind: text("actor_kind", { enum: ACTOR_KINDS }),
    actorId: text("actor_id"),
    actorName: text("actor_name"),
    parameters: jsonb("parameters").notNull().default({}),
    dryRun: boolean("dry_run").notNull().default(false),
    attempt: integer("attempt").notNull().default(1),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    outcome: text("outcome", { enum: EXECUTION_OUTCOMES }).notNull().default("running"),
    counts: jsonb("counts"),
    error: jsonb("error"),
    steps: jsonb("steps").notNull().default([]),
    log: jsonb("log").notNull().default([]),
  },
  (table) => [
    index("job_executions_started").on(table.startedAt, table.id),
    index("job_executions_job").on(table.jobName, table.startedAt),
    index("job_executions_run").on(table.runId),
    index("job_executions_running").on(table.jobName).where(sql`${table.outcome} = 'running'`),
    check(
      "job_executions_trigger",
      sql`${table.trigger} in ('cron', 'manual', 'catch-up', 'continuation', 'settlement')`,
    ),
    check("job_executions_outcome", sql`${table.outcome} in ('running', 'completed', 'failed', 'partial', 'lost')`),
  ],
);

/** Jobs that neither crons nor ticks start until an operator resumes them, or until the pause ends. */
export const jobPauses = pgTable("job_pauses", {
  jobName: text("job_name").primaryKey(),
  pausedAt: instant("paused_at").notNull(),
  until: instant("until"),
  reason: text("reason").notNull(),
  actorKind: text("actor_kind", { enum: ACTOR_KINDS }).notNull(),
  actorId: text("actor_id"),
  actorName: text("actor_name").notNull(),
});

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
    acknowledgedAt: instant("acknowledged_at"),
    /** The name of the operator or token at that time. */
    acknowledgedBy: text("acknowledged_by"),
    /** The note of the operator. */
    acknowledgement: text("acknowledgement"),
    /** Until then, one process has the right to mail about the incident. */
    alertLeaseUntil: instant("alert_lease_until"),
  },
  (table) => [
    uniqueIndex("incidents_open").on(table.key).where(sql`${table.closedAt} is null`),
    index("incidents_alerted").on(table.key, table.alertedAt),
    index("incidents_opened").on(table.openedAt),
  ],
);
