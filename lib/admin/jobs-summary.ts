import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, rows, withInstants } from "../db/db.ts";
import { count, jsonValue, sentInstant } from "../http/responses/fields.ts";
import type { RunStatus } from "../jobs/schema.ts";
import { DAY_MS } from "../time/durations.ts";
import { runError, runStatus } from "./run-fields.ts";

const LISTED = 50;

export const jobStats = z
  .object({
    jobName: z.string(),
    status: runStatus,
    count,
    lastRun: sentInstant.nullable().meta({ description: "When the newest one started; null if none did." }),
    failedCount: count,
    missedCount: count.meta({ description: "Those that did not happen. They have the status `failed`." }),
    runningCount: count,
    completedCount: count,
  })
  .meta({ id: "JobStats", description: "The runs of a job in one status, over 30 days." });

const failedRun = z
  .object({
    id: z.uuid(),
    jobName: z.string(),
    scheduledFor: sentInstant,
    startedAt: sentInstant.nullable(),
    completedAt: sentInstant.nullable(),
    attempt: z.int(),
    retryAt: sentInstant.nullable().meta({ description: "When it is tried again at the earliest." }),
    error: runError.nullable(),
    cleanupReason: z.string().nullable().meta({ description: "Why the cleanup gave it up." }),
  })
  .meta({ id: "FailedRun", description: "A run that failed and has not succeeded since." });

const missedRun = z
  .object({ jobName: z.string(), scheduledFor: sentInstant, reason: z.string().nullable() })
  .meta({ id: "MissedRun", description: "A run that did not happen." });

const stuckRun = z
  .object({
    id: z.uuid(),
    jobName: z.string(),
    scheduledFor: sentInstant,
    startedAt: sentInstant.nullable(),
    heartbeatAt: sentInstant.nullable().meta({ description: "Its last sign of life." }),
    leaseUntil: sentInstant.nullable(),
    progress: z
      .object({ done: z.number(), total: z.number() })
      .catchall(jsonValue)
      .nullable()
      .meta({ description: "How far it is, and where it would continue." }),
  })
  .meta({ id: "StuckRun", description: "A run that the next cleanup will give up on." });

/** The lists of runs in monitoring, at most 50 runs each. */
export const runLists = {
  recentFailures: z.array(failedRun).meta({ description: "Of the last 7 days, the newest first." }),
  missed: z.array(missedRun).meta({ description: "Of the last 7 days, the newest first." }),
  stuckJobs: z.array(stuckRun),
};

const daysBefore = (now: Date, days: number) => at(new Date(now.getTime() - days * DAY_MS));

/** The figures of a job's runs in one status, over 30 days, with their durations. */
export interface JobStats {
  jobName: string;
  status: RunStatus;
  count: number;
  lastRun: Date | null;
  failedCount: number;
  /** Missed occurrences. They have the status `failed` but are not counted as failed. */
  missedCount: number;
  runningCount: number;
  completedCount: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

/** Per job and status, from one index alone. */
export async function readJobStats(db: Db, now: Date): Promise<JobStats[]> {
  const stats = await rows<Omit<JobStats, "lastRun"> & { lastRun: string | null }>(
    db,
    sql`select job_name as "jobName", status, count(*)::int as count, max(started_at) as "lastRun",
        count(*) filter (where status = 'failed' and not missed)::int as "failedCount",
        count(*) filter (where missed)::int as "missedCount",
        count(*) filter (where status = 'running')::int as "runningCount",
        count(*) filter (where status = 'completed')::int as "completedCount",
        (percentile_disc(0.5) within group (order by duration_ms))::float8 as "p50Ms",
        (percentile_disc(0.95) within group (order by duration_ms))::float8 as "p95Ms"
      from job_runs where scheduled_for > ${daysBefore(now, 30)}
      group by 1, 2 order by 1, 2`,
  );
  return withInstants(stats, "lastRun");
}

/** Runs that failed in the last 7 days and have not succeeded since, the newest first. */
export async function readFailures(db: Db, now: Date) {
  const runs = await rows<z.input<typeof failedRun>>(
    db,
    sql`select id, job_name as "jobName", scheduled_for as "scheduledFor", started_at as "startedAt",
        completed_at as "completedAt", attempt, retry_at as "retryAt", metadata->'error' as error,
        metadata->>'cleanup_reason' as "cleanupReason"
      from job_runs where status = 'failed' and not missed and scheduled_for > ${daysBefore(now, 7)}
      order by scheduled_for desc limit ${LISTED}`,
  );
  return withInstants(runs, "scheduledFor", "startedAt", "completedAt", "retryAt");
}

/** Reads the missed occurrences of the last 7 days with their reasons, newest first. */
export async function readMissed(db: Db, now: Date) {
  const runs = await rows<z.input<typeof missedRun>>(
    db,
    sql`select job_name as "jobName", scheduled_for as "scheduledFor", metadata->>'reason' as reason
      from job_runs where status = 'failed' and missed and scheduled_for > ${daysBefore(now, 7)}
      order by scheduled_for desc limit ${LISTED}`,
  );
  return withInstants(runs, "scheduledFor");
}

/** Runs that the next cleanup will give up on. */
export async function readStuck(db: Db, now: Date, stuckMs: number) {
  const runs = await rows<z.input<typeof stuckRun>>(
    db,
    sql`select id, job_name as "jobName", scheduled_for as "scheduledFor", started_at as "startedAt",
        heartbeat_at as "heartbeatAt", lease_until as "leaseUntil", metadata->'progress' as progress
      from job_runs
      where status = 'running'
        and (lease_until < ${at(now)} or started_at < ${at(new Date(now.getTime() - stuckMs))})
      order by scheduled_for limit ${LISTED}`,
  );
  return withInstants(runs, "scheduledFor", "startedAt", "heartbeatAt", "leaseUntil");
}
