import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../db/db.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";
import type { Column } from "./output/print-rows.ts";

/** A job with its schedules, last and next runs. Instants are ISO 8601 in UTC. */
export interface ListedJob {
  command: string;
  job: string;
  /** Cron expressions in UTC. */
  schedules: string[];
  lastRun: { at: string | null; status: string; scheduledFor: string } | null;
  nextRun: string | null;
}

export const JOB_COLUMNS: readonly Column<ListedJob>[] = [
  ["command", ({ command }) => command],
  ["job", ({ job }) => job],
  ["schedule (UTC)", ({ schedules }) => schedules.join(" | ")],
  ["last run", ({ lastRun }) => (lastRun === null ? "never" : lastRunText(lastRun))],
  ["next run", ({ nextRun }) => (nextRun === null ? "never" : minute(nextRun))],
];

/** Reads all jobs of the registry with their newest runs. */
export async function loadJobList(db: Db, jobs: JobRegistry, now: Date): Promise<ListedJob[]> {
  const lastRuns = await rows<{ jobName: string; scheduledFor: string; status: string; at: string | null }>(
    db,
    sql`select distinct on (job_name) job_name as "jobName", scheduled_for as "scheduledFor", status,
        coalesce(completed_at, heartbeat_at) as at
      from job_runs order by job_name, scheduled_for desc`,
  );
  return Object.entries(jobs).map(([command, { name, path }]) => {
    const schedules = schedulesOf(path);
    const last = lastRuns.find(({ jobName }) => jobName === name);
    return {
      command,
      job: name,
      schedules: schedules.map(({ expression }) => expression),
      lastRun: last === undefined ? null : { ...instants(last), status: last.status },
      nextRun: nextFiring(schedules, now)?.toISOString() ?? null,
    };
  });
}

const instants = ({ at, scheduledFor }: { at: string | null; scheduledFor: string }) => ({
  at: at === null ? null : instantOf(at).toISOString(),
  scheduledFor: instantOf(scheduledFor).toISOString(),
});

const lastRunText = ({ at, status, scheduledFor }: NonNullable<ListedJob["lastRun"]>): string =>
  `${at === null ? "-" : minute(at)} ${status} (for ${minute(scheduledFor)})`;

const minute = (instant: string): string => `${instant.slice(0, 16)}Z`;
