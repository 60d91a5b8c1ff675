import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../db/db.ts";
import { isFullRun } from "../jobs/ledger.ts";
import { isInForce, type Pause } from "../jobs/pauses.ts";
import type { JobEntry, JobRegistry } from "../jobs/registry.ts";
import { graceMs, nextFiring, type Schedule, schedulesOf } from "../jobs/schedule.ts";
import { endedPeriods } from "../time/periods.ts";
import type { Expectations, Watch } from "./watch.ts";

/** Something that is wrong now. It is an incident as long as it holds. */
export interface Condition {
  /** Identifies the condition; the same key is the same incident. */
  key: string;
  /** A few words for a person. */
  title: string;
  details: Record<string, unknown>;
  /** The job by its name in the ledger, if it holds because that job does not run: it is no fault while the job is paused. */
  waitsFor?: string;
}

/** The conditions of jobs: failed runs, stuck runs, and jobs that do not run. */
export async function jobConditions(
  db: Db,
  jobs: JobRegistry,
  expectations: Expectations,
  now: Date,
  zone: string,
): Promise<Condition[]> {
  const reason = "no firing of its crons came after the period's end";
  const periods = (await findUnevaluatedPeriods(db, jobs, expectations, now, zone)).map(({ job, missedSince }) =>
    overdue(job, { missedSince: missedSince.toISOString(), reason }),
  );
  return [...(await findFailures(db, jobs)), ...(await findSilentJobs(db, jobs, expectations, now)), ...periods];
}

interface TroubledRun {
  jobName: string;
  scheduledFor: string;
  attempt: number;
  error: { code: string; message: string } | null;
  cleanupReason: string | null;
  /** The number of all stuck runs. */
  stuck: number;
}

/** The largest number of runs in a mail. */
const MAX_LISTED = 20;

/**
 * Runs that failed or were stuck and have not succeeded since, also while the next attempt is active. A period counts until it is
 * evaluated; a run of another job counts until a later run succeeds. Jobs that no longer exist are ignored.
 */
async function findFailures(db: Db, jobs: JobRegistry): Promise<Condition[]> {
  const known = Object.values(jobs).map(({ name, period }) => ({ name, supersedes: period === undefined }));
  const troubled = await rows<TroubledRun>(
    db,
    sql`with known as materialized (
        select name, case when supersedes then (select max(scheduled_for) from job_runs
          where job_name = name and status = 'completed' and ${isFullRun("job_runs")}) end as mended
        from jsonb_to_recordset(${json(known)}) as known (name text, supersedes boolean))
      select * from (
        select job_name as "jobName", scheduled_for as "scheduledFor", attempt, metadata->'error' as error,
          metadata->>'cleanup_reason' as "cleanupReason",
          (count(*) filter (where metadata ? 'cleanup_reason') over ())::int as stuck,
          row_number() over (partition by job_name, metadata ? 'error', metadata ? 'cleanup_reason'
            order by scheduled_for desc) as nth
        from job_runs join known on name = job_name
        where status <> 'completed' and not missed and (metadata ? 'error' or metadata ? 'cleanup_reason')
          and (mended is null or scheduled_for > mended)) as troubled
      where nth <= ${MAX_LISTED} -- of each job: many failures of one do not hide those of another
      order by "scheduledFor" desc`,
  );
  const failed = Map.groupBy(
    troubled.filter(({ error }) => error !== null),
    ({ jobName }) => jobName,
  );
  const givenUp = troubled.filter(({ cleanupReason }) => cleanupReason !== null);
  const stuck = troubled[0]?.stuck ?? 0;
  const describeRun = ({ jobName, scheduledFor, attempt, error, cleanupReason }: TroubledRun) => ({
    job: jobName,
    scheduledFor: instantOf(scheduledFor).toISOString(),
    attempt,
    ...(error === null ? { reason: cleanupReason } : { error: `${error.code}: ${error.message}` }),
  });
  return [
    ...[...failed].map(([job, runs]) => ({
      key: `failed:${job}`,
      title: `${job} failed`,
      details: { runs: runs.slice(0, MAX_LISTED).map(describeRun) },
    })),
    ...(stuck === 0
      ? []
      : [
          {
            key: "stuck-runs",
            title: `${stuck === 1 ? "1 run was" : `${stuck} runs were`} stuck`,
            details: { runs: givenUp.slice(0, MAX_LISTED).map((run) => describeRun({ ...run, error: null })) },
          },
        ]),
  ];
}

/**
 * Jobs whose newest occurrence was recorded as missed. Runs that people started do not count, nor what was missed before a pause.
 */
async function findSilentJobs(db: Db, jobs: JobRegistry, { pauses }: Expectations, now: Date): Promise<Condition[]> {
  const active = Object.values(jobs).filter(
    ({ name, period }) => period === undefined && !isInForce(pauses.get(name), now),
  );
  const expected = active.map(({ name }) => ({ name, resumed: pauses.get(name)?.until ?? null }));
  const missed = await rows<{ jobName: string; since: string; reason: string }>(
    db,
    sql`select name as "jobName", newest.reason,
        (select min(scheduled_for) from job_runs where job_name = name and trigger <> 'manual'
          and coalesce(scheduled_for >= resumed, true) and scheduled_for > coalesce((select max(scheduled_for) from job_runs
            where job_name = name and trigger <> 'manual' and not missed), '-infinity')) as since
      from jsonb_to_recordset(${json(expected)}) as expected (name text, resumed timestamptz)
      cross join lateral (select missed, scheduled_for, metadata->>'reason' as reason from job_runs
        where job_name = name and trigger <> 'manual' order by scheduled_for desc limit 1) as newest
      where newest.missed and coalesce(newest.scheduled_for >= resumed, true)`,
  );
  return missed.map(({ jobName, since, reason }) =>
    overdue(jobName, { missedSince: instantOf(since).toISOString(), reason }),
  );
}

/** Period jobs without a run of the newest period, although it is due and its grace is over. */
export async function findUnevaluatedPeriods(
  db: Db,
  jobs: JobRegistry,
  { watches, pauses }: Expectations,
  now: Date,
  zone: string,
): Promise<{ job: string; missedSince: Date }[]> {
  const overdue: { job: string; missedSince: Date }[] = [];
  for (const entry of Object.values(jobs)) {
    const period = entry.period && latestExpected(entry, entry.period, watches, pauses.get(entry.name), now, zone);
    if (period === undefined) continue;
    const known = await rows(
      db,
      sql`select from job_runs where job_name = ${entry.name} and scheduled_for >= ${at(period)} and not missed limit 1`,
    );
    if (known.length === 0) overdue.push({ job: entry.name, missedSince: period });
  }
  return overdue;
}

/**
 * The end of the newest period whose run should have begun by `now`: the first firing after its end and the grace are over,
 * and the job's crons were already watched at that firing. After a pause, the grace begins at the pause's end.
 */
function latestExpected(
  { path }: JobEntry,
  kind: "week" | "month",
  watches: Watch[],
  pause: Pause | undefined,
  now: Date,
  zone: string,
): Date | undefined {
  if (isInForce(pause, now)) return undefined;
  const resumed = Number(pause?.until ?? 0);
  const schedules: Schedule[] = schedulesOf(path);
  const since = watches.filter((watch) => watch.path.split("?")[0] === path).map((watch) => Number(watch.since));
  return endedPeriods(kind, now, zone, 2)
    .map(({ end }) => end)
    .reverse()
    .find((end) => {
      const due = nextFiring(schedules, new Date(end.getTime() - 1));
      if (due === undefined || Number(due) < Math.min(...since)) return false;
      return (
        Math.max(Number(due), resumed) + Math.max(...schedules.map(({ expression }) => graceMs(expression, end))) <
        Number(now)
      );
    });
}

function overdue(jobName: string, details: Record<string, unknown>): Condition {
  return { key: `overdue:${jobName}`, title: `${jobName} is overdue`, details };
}
