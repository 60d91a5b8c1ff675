import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, json, row, rows, withInstants } from "../../db/db.ts";
import { count, sentInstant, sentJsonObject } from "../../http/responses/fields.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../../jobs/schedule.ts";
import { EXECUTION_OUTCOMES } from "../../jobs/schema.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time/durations.ts";
import { localDate, periodOfDate } from "../../time/periods.ts";

/** When the night begins, by the clock of the zone. */
const NIGHT_HOUR = 22;
/** A run that starts later than this after its occurrence is late. */
const LATE_MS = 10 * MINUTE_MS;

export const runPunctuality = z
  .object({
    due: count.meta({ description: "The runs that crons were expected to start in the last 24 hours." }),
    onTime: count.meta({ description: "Those that started within ten minutes and did not fail." }),
    late: count,
    failed: count,
    missed: count,
  })
  .meta({ id: "RunPunctuality", description: "Whether the runs of the last 24 hours were on time." });

const nightlyJob = z
  .object({
    command: z.string().meta({ description: "The job, as the command line names it." }),
    jobName: z.string(),
    executions: count.meta({ description: "How often it ran, without dry runs." }),
    failed: count,
    missed: count.meta({ description: "The runs that did not happen." }),
    lastId: z.uuid().nullable().meta({ description: "The newest execution; null if all runs were missed." }),
    lastAt: sentInstant.nullable(),
    lastOutcome: z.enum(EXECUTION_OUTCOMES).nullable(),
    lastCounts: sentJsonObject.nullable().meta({ description: "What the newest execution counted." }),
    totals: z
      .record(z.string(), z.number())
      .meta({ description: "The sums of all numbers that its executions counted." }),
  })
  .meta({ id: "NightlyJob", description: "What a job did last night." });

export const lastNight = z
  .object({
    since: sentInstant.meta({ description: "22:00 of yesterday, in the zone of the overview." }),
    missed: count.meta({ description: "The runs of all jobs that did not happen since." }),
    jobs: z.array(nightlyJob).meta({ description: "The jobs that ran or were missed since." }),
  })
  .meta({ id: "LastNight", description: "What ran since yesterday 22:00." });

export const nextRun = z
  .object({ command: z.string(), at: sentInstant })
  .nullable()
  .meta({ description: "The next run of any job; null without crons." });

/** Counts the occurrences of the last 24 hours that crons were expected to start. Weeks and months are never late. */
export async function readPunctuality(db: Db, jobs: JobRegistry, now: Date): Promise<z.input<typeof runPunctuality>> {
  return row(
    db,
    sql`select count(*)::int as due, (count(*) filter (where not missed and not failed and not late))::int as "onTime",
        (count(*) filter (where not missed and not failed and late))::int as late,
        (count(*) filter (where not missed and failed))::int as failed, (count(*) filter (where missed))::int as missed
      from job_runs as run
        join jsonb_to_recordset(${json(jobList(jobs))}) as job (name text, periodic boolean) on job.name = run.job_name
        cross join lateral (select run.status = 'failed' as failed,
          not periodic and coalesce(started_at > scheduled_for + ${LATE_MS} * interval '1 ms', false) as late) as own
      where scheduled_for > ${at(new Date(now.getTime() - DAY_MS))} and scheduled_for <= ${at(now)}
        and trigger <> 'manual'`,
  );
}

/** Reads what each job did since yesterday 22:00. */
export async function readLastNight(db: Db, jobs: JobRegistry, now: Date): Promise<z.input<typeof lastNight>> {
  const since = nightBegin(now, config().timeZone);
  const found = await rows<Omit<z.input<typeof nightlyJob>, "lastAt"> & { lastAt: string | null }>(
    db,
    sql`select command, name as "jobName", done.executions, done.failed, missed.missed, newest.id as "lastId",
        newest.started_at as "lastAt", newest.outcome as "lastOutcome", newest.counts as "lastCounts",
        coalesce(sums.totals, '{}') as totals
      from jsonb_to_recordset(${json(jobList(jobs))}) as job (command text, name text, nth int)
        cross join lateral (select count(*)::int as executions, (count(*) filter (where outcome in ('failed', 'lost')))::int as failed
          from job_executions where job_name = name and started_at >= ${at(since)} and not dry_run) as done
        cross join lateral (select count(*)::int as missed from job_runs
          where job_name = name and scheduled_for >= ${at(since)} and missed) as missed
        left join lateral (select id, started_at, outcome, counts from job_executions
          where job_name = name and started_at >= ${at(since)} and not dry_run
          order by started_at desc, id desc limit 1) as newest on true
        left join lateral (select jsonb_object_agg(key, sum) as totals from (
          select key, sum(value::numeric) as sum from job_executions
            cross join lateral jsonb_each(case when jsonb_typeof(counts) = 'object' then counts else '{}' end) as counted
          where job_name = name and started_at >= ${at(since)} and not dry_run and jsonb_typeof(value) = 'number'
          group by key) as sums) as sums on true
      where done.executions > 0 or missed.missed > 0
      order by nth`,
  );
  const listed = withInstants(found, "lastAt");
  return { since, missed: listed.reduce((sum, { missed }) => sum + missed, 0), jobs: listed };
}

/** The next firing of any cron. */
export function findNextRun(jobs: JobRegistry, now: Date): z.input<typeof nextRun> {
  const next = Object.entries(jobs).flatMap(([command, { path }]) => {
    const firing = nextFiring(schedulesOf(path), now);
    return firing === undefined ? [] : [{ command, at: firing }];
  });
  return next.sort((a, b) => Number(a.at) - Number(b.at))[0] ?? null;
}

const jobList = (jobs: JobRegistry) =>
  Object.entries(jobs).map(([command, { name, period }], nth) => ({
    command,
    name,
    periodic: period !== undefined,
    nth,
  }));

/** Yesterday's 22:00 by the clock of a zone, two hours before the day begins. */
function nightBegin(now: Date, zone: string): Date {
  const { start } = periodOfDate("day", localDate(now, zone), zone);
  return new Date(start.getTime() - (24 - NIGHT_HOUR) * HOUR_MS);
}
