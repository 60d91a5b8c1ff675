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

/** With less than this left of a function's time, what is unfinished is left to the next tick. */
const WORTHWHILE_MS = 30_000;

/**
 * Goes on with whatever any job has left unfinished: runs that were laid down at a deadline, failed runs whose next
 * attempt is due, and periods that late entries have changed. Several ticks at once share the work by claiming it.
 * @returns what was gone on with, for the log.
 */
export async function resumeRuns(invocation: Invocation, jobs: JobRegistry): Promise<string[]> {
  const resumed: string[] = [];
  const inTime = () => !stopSignal.aborted && invocation.deadline - invocation.clock() > WORTHWHILE_MS;
  for (const entry of Object.values(jobs)) {
    for (const left of await loadUnfinishedRuns(entry, invocation)) {
      if (!inTime()) return resumed;
      const which = `${entry.name} ${left.scheduledFor.toISOString()}`;
      try {
        if (await resumeRun(await entry.load(), left, invocation)) resumed.push(which);
      } catch (error) {
        log("error", "resume_failed", { run: which, error: describeError(error) });
      }
    }
  }
  return resumed;
}

interface Unfinished {
  scheduledFor: Date;
  /** A step of it is done. */
  begun: boolean;
  /** It is done, but for what has changed since. */
  settles: boolean;
}

async function loadUnfinishedRuns(entry: JobEntry, { db, now, settlementDays }: Invocation): Promise<Unfinished[]> {
  // A failed occurrence is of no interest once a later one has begun; a period is, until it is evaluated.
  const superseded =
    entry.period === undefined
      ? sql`exists (select from job_runs as later where later.job_name = run.job_name
          and later.scheduled_for > run.scheduled_for and not later.missed and ${isFullRun("later")})`
      : sql`false`;
  const left = await rows<{ scheduledFor: string; begun: boolean }>(
    db,
    sql`select scheduled_for as "scheduledFor", metadata ? 'progress' as begun from job_runs as run
      where job_name = ${entry.name} and status <> 'completed'
        and (status = 'pending' or status = 'failed' and not missed and attempt < ${MAX_ATTEMPTS}
          and coalesce(retry_at <= ${at(now)}, true) and not ${superseded})
      order by scheduled_for limit 20`,
  );
  const changed = entry.period === undefined ? [] : await loadPeriodsToSettle(db, entry.name, settlementDays);
  return [
    ...left.map(({ scheduledFor, begun }) => ({ scheduledFor: instantOf(scheduledFor), begun, settles: false })),
    ...changed.map((scheduledFor) => ({ scheduledFor, begun: true, settles: true })),
  ];
}

/** @returns whether anything was done; another may have been faster. */
async function resumeRun(job: Job, left: Unfinished, invocation: Invocation): Promise<boolean> {
  const { scheduledFor, begun, settles } = left;
  const continued: Invocation = { ...invocation, trigger: settles ? "catch-up" : "continuation" };
  if (!isPeriodJob(job)) return (await runOccurrence(job, {}, scheduledFor, continued)).outcome.status !== "skipped";
  const { now, zone } = invocation;
  const period = periodEndingAt(job.kind, scheduledFor, zone);
  if (Number(period.end) !== Number(scheduledFor)) return false; // of a time zone that is not ours any more
  // The newest period, not begun, was held while older ones were done: what is left of these comes first, as ever.
  const isGate = !begun && Number(period.end) === Number(newestEnded(job.kind, now, zone).end);
  const date = isGate ? undefined : localDate(period.start, zone);
  const { main, older } = await runPeriodJob(
    job,
    { force: settles && "where-changed", dryRun: false, date },
    continued,
  );
  return [main, ...older].some(({ outcome }) => outcome.status !== "skipped");
}
