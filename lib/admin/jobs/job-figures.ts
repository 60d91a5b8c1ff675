import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, instantOf, json, rows } from "../../db/db.ts";
import { count } from "../../http/responses/fields.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../../jobs/schedule.ts";
import { DAY_MS, MINUTE_MS } from "../../time/durations.ts";

/** How punctual the runs of a job were, and how long they took. */

const DAYS = 90;
/** Supervision has its own, longer grace before it alerts (lib/jobs/schedule.ts). */
const ON_TIME_MS = 5 * MINUTE_MS;

export const jobFigures = z
  .object({
    expected: count.meta({
      description: "Firings of its crons that ended or were missed; of a weekly or monthly job, its periods.",
    }),
    onTime: count.meta({
      description:
        "Those whose successful attempt began within five minutes; of a weekly or monthly job, those that completed within five minutes of the first firing after the period.",
    }),
    late: count.meta({ description: "All others, the missed ones too." }),
    missed: count.meta({ description: "Those that did not happen or failed." }),
    latestMs: z.int().nullable().meta({ description: "The longest delay of one that did happen; null without any." }),
    p50Ms: z.int().nullable().meta({ description: "The median duration of completed runs, over all continuations." }),
    p95Ms: z.int().nullable().meta({ description: "The 95th percentile of the duration." }),
  })
  .meta({ id: "JobFigures", description: "The punctuality and the duration of a job's runs over 90 days." });

export type JobFigures = z.output<typeof jobFigures>;

export const NO_FIGURES: JobFigures = {
  expected: 0,
  onTime: 0,
  late: 0,
  missed: 0,
  latestMs: null,
  p50Ms: null,
  p95Ms: null,
};

/** Reads the figures of all jobs that have runs, by the job's name. */
export async function readJobFigures(db: Db, registry: JobRegistry, now: Date): Promise<Map<string, JobFigures>> {
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const due = await readDuePeriods(db, registry, since, now);
  const figures = await rows<JobFigures & { jobName: string }>(
    db,
    sql`with done as (
        -- an occurrence is due when its cron fires; a person's run is not expected at any time
        select job_name, status, missed, duration_ms, trigger <> 'manual' as expected, started_at - scheduled_for as delay
        from job_runs
        where scheduled_for > ${at(since)} and scheduled_for <= ${at(now)}
          and job_name in (${namesOf(registry, false)}) and status in ('completed', 'failed')
        union all
        select run.job_name, status, missed, duration_ms, true, (metadata->>'evaluatedAt')::timestamptz - due
        from jsonb_to_recordset(${json(due)}) as period (job_name text, scheduled_for timestamptz, due timestamptz)
        join job_runs as run using (job_name, scheduled_for)
        where status in ('completed', 'failed'))
      select job_name as "jobName", (count(*) filter (where expected))::int as expected,
        (count(*) filter (where expected and status = 'completed' and delay <= make_interval(secs => ${ON_TIME_MS / 1000})))::int
          as "onTime",
        (count(*) filter (where expected and status = 'failed'))::int as missed,
        (round(extract(epoch from max(delay) filter (where expected and status = 'completed')) * 1000))::float8 as "latestMs",
        (percentile_disc(0.5) within group (order by duration_ms) filter (where status = 'completed'))::float8 as "p50Ms",
        (percentile_disc(0.95) within group (order by duration_ms) filter (where status = 'completed'))::float8 as "p95Ms"
      from done group by 1`,
  );
  return new Map(
    figures.map(({ jobName, latestMs, ...own }) => [
      jobName,
      { ...own, late: own.expected - own.onTime, latestMs: latestMs === null ? null : Math.max(0, latestMs) },
    ]),
  );
}

/** The periods in the ledger, and when the first cron after each was expected to fire. */
async function readDuePeriods(db: Db, registry: JobRegistry, since: Date, now: Date) {
  const runs = await rows<{ jobName: string; scheduledFor: string }>(
    db,
    sql`select job_name as "jobName", scheduled_for as "scheduledFor" from job_runs
      where job_name in (${namesOf(registry, true)})
        and scheduled_for > ${at(since)} and scheduled_for <= ${at(now)}`,
  );
  return runs.flatMap(({ jobName, scheduledFor }) => {
    const end = instantOf(scheduledFor);
    const path = Object.values(registry).find(({ name }) => name === jobName)?.path ?? "";
    const due = nextFiring(schedulesOf(path), new Date(end.getTime() - 1));
    return due === undefined ? [] : [{ job_name: jobName, scheduled_for: end, due }];
  });
}

/** A query for the names of the jobs that evaluate periods, or of the others. */
function namesOf(registry: JobRegistry, periodic: boolean): SQL {
  const jobs = Object.values(registry).filter(({ period }) => (period !== undefined) === periodic);
  const names = jobs.map(({ name }) => name);
  return sql`select jsonb_array_elements_text(${json(names)})`;
}
