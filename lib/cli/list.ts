import { sql } from "drizzle-orm";
import { JOBS } from "../app/registry.ts";
import { type Db, instantOf, rows } from "../db/db.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";
import { table } from "../text-table.ts";

interface LastRun {
  jobName: string;
  scheduledFor: string;
  status: string;
  at: string | null;
}

/** All jobs with their schedules, last and next runs (UTC), as a table. */
export async function listJobs(db: Db, now: Date): Promise<string> {
  const lastRuns = await rows<LastRun>(
    db,
    sql`select distinct on (job_name) job_name as "jobName", scheduled_for as "scheduledFor", status,
        coalesce(completed_at, heartbeat_at) as at
      from job_runs order by job_name, scheduled_for desc`,
  );
  const lines = Object.entries(JOBS).map(([command, job]) => {
    const schedules = schedulesOf(job.path);
    const last = lastRuns.find(({ jobName }) => jobName === job.name);
    const next = nextFiring(schedules, now);
    return [
      command,
      job.name,
      schedules.map(({ expression }) => expression).join(" | "),
      last === undefined ? "never" : `${minute(last.at)} ${last.status} (for ${minute(last.scheduledFor)})`,
      next === undefined ? "never" : minute(next.toISOString()),
    ];
  });
  return table(["command", "job", "schedule (UTC)", "last run", "next run"], lines);
}

const minute = (instant: string | null): string =>
  instant === null ? "-" : `${instantOf(instant).toISOString().slice(0, 16)}Z`;
