import { sql } from "drizzle-orm";
import { at, instantOf, rows } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { MAX_ATTEMPTS } from "../jobs/backoff.ts";
import type { Invocation } from "../jobs/execute.ts";
import { isPeriodJob, type Job } from "../jobs/job.ts";
import { isFullRun } from "../jobs/ledger.ts";
import { runOccurrence } from "../jobs/occurrence.ts";
import { loadPauses, type Pause } from "../jobs/pauses.ts";
import { runPeriodJob } from "../jobs/period.ts";
import type { JobEntry, JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";
import { loadPeriodsToSettle } from "../jobs/settlement.ts";
import { stopSignal } from "../jobs/stopping.ts";
import { log } from "../log.ts";
import { localDate, newestEnded, periodEndingAt } from "../time/periods.ts";

/** If less of the function's time is left, unfinished runs are left to the next tick. */
const WORTHWHILE_MS = 30_000;

/**
 * Continues unfinished runs of all jobs: runs that reached their deadline, failed runs whose next attempt is due, periods that
 * late entries changed, and periods whose crons fired while the job was paused. Simultaneous ticks share the work by claiming runs.
 * @returns The continued runs, for the log.
 */
export async function resumeRuns(invocation: Invocation, jobs: JobRegistry): Promise<string[]> {
  const resumed: string[] = [];
  const pauses = await loadPauses(invocation.db);
  const inTime = () => !stopSignal.aborted && invocation.deadline - invocation.clock() > WORTHWHILE_MS;
  for (const entry of Object.values(jobs)) {
    for (const run of await loadUnfinishedRuns(entry, pauses.get(entry.name), invocation)) {
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
  /** `settlement`: it is completed, but its period has changed since. `catch-up`: a pause kept it from starting. */
  trigger: "continuation" | "settlement" | "catch-up";
}

async function loadUnfinishedRuns(
  entry: JobEntry,
  pause: Pause | undefined,
  invocation: Invocation,
): Promise<Unfinished[]> {
  const { db, now, settlementDays } = invocation;
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
    ...unfinished.map(({ scheduledFor, begun }): Unfinished => {
      return { scheduledFor: instantOf(scheduledFor), begun, trigger: "continuation" };
    }),
    ...changed.map((scheduledFor): Unfinished => ({ scheduledFor, begun: true, trigger: "settlement" })),
    ...(await findPeriodAfterPause(entry, pause, invocation)),
  ];
}

/**
 * Finds the newest ended period, if it was not begun because its crons fired during a pause that is over by now. The next cron
 * may be days away. Its run catches up on older periods too.
 */
async function findPeriodAfterPause(
  { name, path, period }: JobEntry,
  pause: Pause | undefined,
  { db, now, zone }: Invocation,
): Promise<Unfinished[]> {
  const resumed = pause?.until ?? undefined;
  if (period === undefined || pause === undefined || resumed === undefined || resumed > now) return [];
  const { end } = newestEnded(period, now, zone);
  const firing = nextFiring(schedulesOf(path), new Date(Math.max(Number(end), Number(pause.pausedAt)) - 1));
  if (firing === undefined || firing >= resumed) return [];
  const known = await rows(
    db,
    sql`select from job_runs where job_name = ${name} and scheduled_for >= ${at(end)} limit 1`,
  );
  return known.length > 0 ? [] : [{ scheduledFor: end, begun: false, trigger: "catch-up" }];
}

/** @returns false if nothing was done, for example because another process was faster. */
async function resumeRun(job: Job, run: Unfinished, invocation: Invocation): Promise<boolean> {
  const { scheduledFor, begun, trigger } = run;
  // Nobody asked for it: who started the invocation of this tick did not start this run.
  const ofTick = { actor: undefined, onExecution: undefined };
  const continued: Invocation = { ...invocation, ...ofTick, trigger };
  if (!isPeriodJob(job)) return (await runOccurrence(job, {}, scheduledFor, continued)).outcome.status !== "skipped";
  const { now, zone } = invocation;
  const period = periodEndingAt(job.kind, scheduledFor, zone);
  if (Number(period.end) !== Number(scheduledFor)) return false; // the end of a period in a former time zone
  // The newest period was claimed as a gate while older ones ran: the rest of those comes first.
  const isGate = !begun && Number(period.end) === Number(newestEnded(job.kind, now, zone).end);
  const date = isGate ? undefined : localDate(period.start, zone);
  const { main, older } = await runPeriodJob(
    job,
    { force: trigger === "settlement" && "where-changed", dryRun: false, date },
    continued,
  );
  return [main, ...older].some(({ outcome }) => outcome.status !== "skipped");
}
