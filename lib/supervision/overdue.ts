import { sql } from "drizzle-orm";
import { type Db, instantOf, json, rows } from "../db/db.ts";
import { isInForce } from "../jobs/pauses.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { lastOverdue } from "../jobs/schedule.ts";
import { findUnevaluatedPeriods } from "./job-conditions.ts";
import { type Expectations, loadExpectations } from "./watch.ts";

/** A job that did not run, and the occurrence or period end for which it should have run. */
export interface Overdue {
  jobName: string;
  since: Date;
}

/**
 * Finds the jobs that should have run by now; a paused job need not. It only reads, because if all crons have stopped, no tick records what was missed.
 * @returns `watched: false` if no tick has ever run: crons are expected to fire only after the first tick.
 */
export async function findOverdueJobs(
  db: Db,
  registry: JobRegistry,
  now: Date,
  zone: string,
): Promise<{ watched: boolean; jobs: Overdue[] }> {
  const expectations = await loadExpectations(db);
  const periods = await findUnevaluatedPeriods(db, registry, expectations, now, zone);
  const jobs = [
    ...periods.map(({ job, missedSince }) => ({ jobName: job, since: missedSince })),
    ...(await findUnfiredJobs(db, registry, expectations, now)),
  ];
  return { watched: expectations.watches.length > 0, jobs };
}

/** Jobs whose newest occurrence that had its time and grace was run by no cron, nor any later one. */
async function findUnfiredJobs(
  db: Db,
  registry: JobRegistry,
  { watches, pauses }: Expectations,
  now: Date,
): Promise<Overdue[]> {
  const expected = Object.values(registry).flatMap(({ name, path, period }) => {
    const pause = pauses.get(name);
    if (period !== undefined || isInForce(pause, now)) return [];
    const resumed = pause?.until ?? new Date(0);
    const due = watches
      .filter((watch) => watch.path.split("?")[0] === path)
      .flatMap(({ expression, since }) => lastOverdue(expression, laterOf(since, resumed), now) ?? []);
    return due.length === 0 ? [] : [{ name, due: new Date(Math.max(...due.map(Number))) }];
  });
  const overdue = await rows<{ jobName: string; due: string }>(
    db,
    sql`select name as "jobName", due from jsonb_to_recordset(${json(expected)}) as expected (name text, due timestamptz)
      where not exists (select from job_runs
        where job_name = name and scheduled_for >= due and trigger <> 'manual' and not missed)
      order by due, name`,
  );
  return overdue.map(({ jobName, due }) => ({ jobName, since: instantOf(due) }));
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);
