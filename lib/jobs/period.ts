import { describeError } from "../errors.ts";
import {
  endedPeriods,
  inclusiveEnd,
  type Period,
  periodContaining,
  periodEndingAt,
  periodOfDate,
  previousPeriod,
} from "../time/periods.ts";
import { dryRun } from "./dry-run.ts";
import { execute, type Invocation, type RunOutcome, recordFailure } from "./execute.ts";
import { heartbeat } from "./heartbeat.ts";
import type { PeriodJob, PeriodRun, Progress, RawParameters } from "./job.ts";
import {
  claimRun,
  type Force,
  isCompleted,
  type Lease,
  lastScheduledBefore,
  pauseRun,
  recordMissedRuns,
  type SkipReason,
} from "./ledger.ts";
import { findPauseAgainst, pauseDetail } from "./pauses.ts";
import { loadPeriodsToSettle } from "./settlement.ts";

export interface PeriodParameters {
  force: Force;
  dryRun: boolean;
  /** A local date in the period to run; without it, the newest ended period and the missing ones before it. */
  date: string | undefined;
}

/** The outcome of one period in an invocation. */
export interface PeriodOutcome {
  period: Period;
  outcome: RunOutcome | { status: "skipped"; reason: SkipReason; detail: string };
}

/** The outcomes of an invocation: its period, and the older periods that it ran first. */
export interface PeriodReport {
  main: PeriodOutcome;
  older: PeriodOutcome[];
}

/** Runs a job that evaluates periods: claim, catch-up and settlement (docs/domain.md, section 2). */
export async function runPeriodJob<S extends Progress>(
  job: PeriodJob<S>,
  parameters: PeriodParameters,
  invocation: Invocation,
): Promise<PeriodReport> {
  const reachable = endedPeriods(job.kind, invocation.now, invocation.zone, job.reach);
  const newest = last(reachable);
  const period = parameters.date === undefined ? newest : periodOfDate(job.kind, parameters.date, invocation.zone);
  if (period.end > invocation.now) return { main: skipped(period, "not-due", "the period has not ended"), older: [] };

  const pause = await findPauseAgainst(invocation, job.name, period.end);
  if (pause !== undefined) return { main: skipped(period, "paused", pauseDetail(pause)), older: [] };

  const target = { period: period, newest: period.end.getTime() === newest.end.getTime() };
  const asked = rawParameters(job, parameters);
  if (parameters.dryRun) {
    const before = parameters.date === undefined ? await findMissingBefore(job, reachable, invocation) : [];
    return dryRunPeriods(job, [...before.map((period) => ({ period, newest: false })), target], asked, invocation);
  }
  if (parameters.date !== undefined)
    return { main: await claimAndRun(job, target, invocation, parameters.force, asked), older: [] };
  return catchUp(job, reachable, parameters.force, asked, invocation);
}

/**
 * Claims the newest period as a gate, runs the missing periods before it, oldest first, and then the newest one. If many
 * invocations start at once, one gets the gate and the others return immediately.
 */
async function catchUp<S extends Progress>(
  job: PeriodJob<S>,
  reachable: Period[],
  force: Force,
  asked: RawParameters,
  invocation: Invocation,
): Promise<PeriodReport> {
  const { db, now, zone } = invocation;
  const newest = last(reachable);
  const gate = await claimPeriod(job, newest, invocation, force);
  if (!gate.won && gate.reason === "already-running")
    return { main: skipped(newest, gate.reason, gate.detail), older: [] };

  const stopHeartbeat = heartbeat(invocation, gate.won ? [gate.lease] : [], () => {});
  const older: PeriodOutcome[] = [];
  try {
    await recordUnreachablePeriods(job, reachable, invocation);
    const changed = new Set((await loadPeriodsToSettle(db, job.name, invocation.settlementDays)).map(Number));
    const behind = [...reachable.map(({ end }) => Number(end)), ...changed].filter((end) => end < Number(newest.end));
    for (const end of [...new Set(behind)].sort((a, b) => a - b)) {
      const target = { period: periodEndingAt(job.kind, new Date(end), zone), newest: false };
      const done = await claimAndRun(
        job,
        target,
        { ...invocation, trigger: changed.has(end) ? "settlement" : "catch-up" },
        changed.has(end) && "where-changed",
      );
      if (done.outcome.status !== "skipped") older.push(done);
      if (done.outcome.status !== "partial") continue;
      if (gate.won) await pauseRun(db, gate.lease, gate.lease.activeMs);
      return { main: { period: newest, outcome: { status: "partial", progress: undefined } }, older };
    }
    const target = { period: newest, newest: true };
    if (gate.won) return { main: await runClaimed(job, target, gate.lease, invocation, asked), older };
    if (changed.has(Number(newest.end))) {
      return { main: await claimAndRun(job, target, { ...invocation, trigger: "settlement" }, "where-changed"), older };
    }
    const early = Number(now) >= Number(periodContaining(job.kind, newest.end, zone).end) - job.earlyMs;
    const reason = gate.reason === "already-processed" && early ? "not-due" : gate.reason;
    return { main: skipped(newest, reason, gate.detail), older };
  } catch (error) {
    // A failure between the runs is recorded for the gate at once, instead of when its lease ends.
    if (gate.won) await recordFailure(db, gate.lease, new Date(invocation.clock()), describeError(error));
    throw error;
  } finally {
    stopHeartbeat();
  }
}

/** The periods that a real invocation would run before the newest. */
async function findMissingBefore<S extends Progress>(
  job: PeriodJob<S>,
  reachable: Period[],
  { db, settlementDays, zone }: Invocation,
): Promise<Period[]> {
  const newest = Number(last(reachable).end);
  const ends = new Set((await loadPeriodsToSettle(db, job.name, settlementDays)).map(Number));
  for (const { end } of reachable) if (!(await isCompleted(db, job.name, end))) ends.add(Number(end));
  const before = [...ends].filter((end) => end < newest).sort((a, b) => a - b);
  return before.map((end) => periodEndingAt(job.kind, new Date(end), zone));
}

async function dryRunPeriods<S extends Progress>(
  job: PeriodJob<S>,
  targets: PeriodRun[],
  asked: RawParameters,
  invocation: Invocation,
): Promise<PeriodReport> {
  const { end } = last(targets).period;
  const outcomes = await dryRun(job, targets, { scheduledFor: end, parameters: asked }, invocation);
  const done = targets.map(({ period }, index): PeriodOutcome => {
    return { period, outcome: outcomes[index] ?? { status: "partial", progress: undefined } };
  });
  return { main: last(done), older: done.slice(0, -1) };
}

/** Claims a period and runs it, or returns why it cannot be claimed. */
async function claimAndRun<S extends Progress>(
  job: PeriodJob<S>,
  target: { period: Period; newest: boolean },
  invocation: Invocation,
  force: Force,
  asked: RawParameters = {},
): Promise<PeriodOutcome> {
  const claimed = await claimPeriod(job, target.period, invocation, force);
  return claimed.won
    ? runClaimed(job, target, claimed.lease, invocation, asked)
    : skipped(target.period, claimed.reason, claimed.detail);
}

function claimPeriod<S extends Progress>(job: PeriodJob<S>, period: Period, invocation: Invocation, force: Force) {
  return claimRun(invocation.db, {
    jobName: job.name,
    scheduledFor: period.end,
    trigger: invocation.trigger,
    force,
    at: new Date(invocation.clock()),
  });
}

async function runClaimed<S extends Progress>(
  job: PeriodJob<S>,
  target: { period: Period; newest: boolean },
  lease: Lease,
  invocation: Invocation,
  asked: RawParameters,
): Promise<PeriodOutcome> {
  const note = target.newest ? {} : { catchUp: true };
  const outcome = await execute(job, lease, target, invocation, { note, parameters: asked });
  if (outcome.status === "lost")
    return skipped(target.period, "already-running", "another invocation took the run over");
  return { period: target.period, outcome };
}

/** Records the periods as missed that are newer than the last one in the ledger but too old for a catch-up. */
async function recordUnreachablePeriods<S extends Progress>(
  job: PeriodJob<S>,
  reachable: Period[],
  { db, now, zone }: Invocation,
): Promise<void> {
  const [oldest] = reachable;
  if (oldest === undefined) return;
  const known = await lastScheduledBefore(db, job.name, oldest.end);
  if (known === undefined) return;
  const missed: Date[] = [];
  for (let { start } = oldest; start > known; start = previousPeriod(job.kind, { start, end: start }, zone).start) {
    missed.push(start);
  }
  const reason = `out of reach: it ended more than ${job.reach} ${job.noun}s before it could be run`;
  if (missed.length > 0) await recordMissedRuns(db, job.name, missed, now, reason);
}

/** The parameters as they were given, for the record. That of a settlement is no person's `force`. */
const rawParameters = (
  { noun }: Pick<PeriodJob, "noun">,
  { force, dryRun, date }: PeriodParameters,
): RawParameters => ({
  ...(date !== undefined && { [noun]: date }),
  ...(force === true && { force }),
  ...(dryRun && { dryRun }),
});

/** The fields of a period in a response: `weekStart`, and `weekEnd` (inclusive). */
export function periodFields(noun: PeriodJob["noun"], period: Period): Record<string, string> {
  return { [`${noun}Start`]: period.start.toISOString(), [`${noun}End`]: inclusiveEnd(period) };
}

function skipped(period: Period, reason: SkipReason, detail: string): PeriodOutcome {
  return { period, outcome: { status: "skipped", reason, detail } };
}

function last<T>(periods: T[]): T {
  const period = periods.at(-1);
  if (period === undefined) throw new RangeError("expected a job that reaches back at least one period");
  return period;
}
