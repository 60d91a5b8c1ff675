import { sql } from "drizzle-orm";
import { at, instantOf, rows } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { MAX_ATTEMPTS } from "../jobs/backoff.ts";
import type { Invocation } from "../jobs/execute.ts";
import { isPeriodJob, type Job } from "../jobs/job.ts";
import { isFullRun } from "../jobs/ledger.ts";
import { runOccurrence } from "../jobs/occurrence.ts";
import { runPeriodJob } from "../jobs/period.ts";
import type { JobEntry, JobRegistry } from "../jobs/registry.ts";
import { loadPeriodsToSettle } from "../jobs/settlement.ts";
import { stopSignal } from "../jobs/stopping.ts";
import { log } from "../log.ts";
import { localDate, newestEnded, periodEndingAt } from "../time/periods.ts";

/** If less of the function's time is left, unfinished runs are left to the next tick. */
const WORTHWHILE_MS = 30_000;

/**
 * Continues unfinished runs of all jobs: paused runs, failed runs whose next attempt is due, and periods that late entries
 * changed. Simultaneous ticks share the work by claiming runs.
 * @returns The continued runs, for the log.
 */
export async function resumeRuns(invocation: Invocation, jobs: JobRegistry): Promise<string[]> {
  const resumed: string[] = [];
  const inTime = () => !stopSignal.aborted && invocation.deadline - invocation.clock() > WORTHWHILE_MS;
  for (const entry of Object.values(jobs)) {
    for (const run of await loadUnfinishedRuns(entry, invocation)) {
      if (!inTime()) return resumed;
      const which = `${entry.name} ${run.scheduledFor.toISOString()}`;
      try {
        if (await resumeRun(await entry.load(), run, invocation)) resumed.push(which);
      } catch (error) {
        log("error", "resume_failed", { run: which, error: describeError(error) });
      }
    }
  }
  return resumed;
}

interface Unfinished {
  scheduledFor: Date;
  /** At least one step is complete. */
  begun: boolean;
  /** The run is completed, but its period has changed since. */
  settles: boolean;
}

async function loadUnfinishedRuns(entry: JobEntry, { db, now, settlementDays }: Invocation): Promise<Unfinished[]> {
  // A failed occurrence is superseded when a later one has started. A period stays due until it is evaluated.
  const superseded =
    entry.period === undefined
      ? sql`exists (select from job_runs as later where later.job_name = run.job_name
          and later.scheduled_for > run.scheduled_for and not later.missed and ${isFullRun("later")})`
      : sql`false`;
  const unfinished = await rows<{ scheduledFor: string; begun: boolean }>(
    db,
    sql`select scheduled_for as "scheduledFor", metadata ? 'progress' as begun from job_runs as run
      where job_name = ${entry.name} and status <> 'completed'
        and (status = 'pending' or status = 'failed' and not missed and attempt < ${MAX_ATTEMPTS}
          and coalesce(retry_at <= ${at(now)}, true) and not ${superseded})
      order by scheduled_for limit 20`,
  );
  const changed = entry.period === undefined ? [] : await loadPeriodsToSettle(db, entry.name, settlementDays);
  return [
    ...unfinished.map(({ scheduledFor, begun }) => ({ scheduledFor: instantOf(scheduledFor), begun, settles: false })),
    ...changed.map((scheduledFor) => ({ scheduledFor, begun: true, settles: true })),
  ];
}

/** @returns false if nothing was done, for example because another process was faster. */
async function resumeRun(job: Job, run: Unfinished, invocation: Invocation): Promise<boolean> {
  const { scheduledFor, begun, settles } = run;
  // Nobody asked for it: who started the invocation of this tick did not start this run.
  const ofTick = { actor: undefined, onExecution: undefined };
  const continued: Invocation = { ...invocation, ...ofTick, trigger: settles ? "settlement" : "continuation" };
  if (!isPeriodJob(job)) return (await runOccurrence(job, {}, scheduledFor, continued)).outcome.status !== "skipped";
  const { now, zone } = invocation;
  const period = periodEndingAt(job.kind, scheduledFor, zone);
  if (Number(period.end) !== Number(scheduledFor)) return false; // the end of a period in a former time zone
  // The newest period was claimed as a gate while older ones ran: the rest of those comes first.
  const isGate = !begun && Number(period.end) === Number(newestEnded(job.kind, now, zone).end);
  const date = isGate ? undefined : localDate(period.start, zone);
  const { main, older } = await runPeriodJob(
    job,
    { force: settles && "where-changed", dryRun: false, date },
    continued,
  );
  return [main, ...older].some(({ outcome }) => outcome.status !== "skipped");
}
