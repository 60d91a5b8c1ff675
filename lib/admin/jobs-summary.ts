import { sql } from "drizzle-orm";
import { at, type Db, instantOf, rows, withInstants } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";

const LISTED = 50;

const daysBefore = (now: Date, days: number) => at(new Date(now.getTime() - days * DAY_MS));

/** Figures of a job's runs in one status, over 30 days. */
export interface JobStats {
  jobName: string;
  status: string;
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
  return stats.map((row) => ({ ...row, lastRun: row.lastRun === null ? null : instantOf(row.lastRun) }));
}

/** Runs that failed in the last 7 days and have not succeeded since, the newest first. */
export async function readFailures(db: Db, now: Date) {
  const runs = await rows<Record<string, unknown>>(
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
  const runs = await rows<Record<string, unknown>>(
    db,
    sql`select job_name as "jobName", scheduled_for as "scheduledFor", metadata->>'reason' as reason
      from job_runs where status = 'failed' and missed and scheduled_for > ${daysBefore(now, 7)}
      order by scheduled_for desc limit ${LISTED}`,
  );
  return withInstants(runs, "scheduledFor");
}

/** Runs that the next cleanup will give up on. */
export async function readStuck(db: Db, now: Date, stuckMs: number) {
  const runs = await rows<Record<string, unknown>>(
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
