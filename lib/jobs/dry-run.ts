import { type Db, oneConnection, rows } from "../db/db.ts";
import { whyUnavailable } from "../db/failures/unavailable.ts";
import { describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { type Invocation, type RunOutcome, waitUntilDeadline } from "./execute.ts";
import { ExecutionRecord } from "./executions/record.ts";
import { beginDryRun, type ExecutionEnd, endExecution } from "./executions/store.ts";
import type { Progress, RawParameters, RunContext, Runnable } from "./job.ts";

class RolledBack extends Error {}

/**
 * Runs a job for each target in one transaction that is rolled back, so the outcomes are those of real runs. It needs no lease and
 * writes nothing to the ledger. Only the execution itself is recorded, outside of the transaction.
 * @param asked What it is recorded under: its newest occurrence, and the parameters.
 * @returns One outcome for each target, up to the one that failed or reached the deadline.
 */
export async function dryRun<S extends Progress, T>(
  job: Runnable<S, T>,
  targets: T[],
  asked: { scheduledFor: Date; parameters: RawParameters },
  invocation: Invocation,
): Promise<RunOutcome[]> {
  const { db, trigger, actor, clock } = invocation;
  const record = new ExecutionRecord(clock);
  const begin = { jobName: job.name, ...asked, trigger, actor, attempt: 1, startedAt: new Date(clock()) };
  const id = await beginDryRun(db, begin);
  record.log("info", "started", { trigger, dryRun: true });
  invocation.onExecution?.(id);
  const outcomes = await runAndRollBack(job, targets, invocation, record);
  const end = { id, endedAt: new Date(clock()), ...endOf(outcomes, record) };
  await rows(db, endExecution(end)).catch((error: unknown) =>
    log("warn", "execution_not_recorded", { job: job.name, error: describeError(error) }),
  );
  return outcomes;
}

async function runAndRollBack<S extends Progress, T>(
  job: Runnable<S, T>,
  targets: T[],
  invocation: Invocation,
  record: ExecutionRecord,
): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  const { signal } = new AbortController(); // a dry run has no lease that could be lost
  let progress: S | undefined;
  const contextIn = (tx: Db): RunContext<S> => ({
    db: tx,
    lasting: oneConnection.has(invocation.db) ? tx : invocation.db,
    concurrent: false,
    now: invocation.now,
    time: () => new Date(invocation.clock()),
    timeLeft: () => invocation.deadline - invocation.clock(),
    wait: (ms) => waitUntilDeadline(invocation, ms, signal),
    zone: invocation.zone,
    signal,
    log: (level, event, fields) => {
      log(level, event, { job: job.name, dryRun: true, ...fields });
      record.log(level, event, fields);
    },
    step: (name) => record.step(name),
    state: undefined,
    checkpoint: async (work) => {
      if (invocation.clock() >= invocation.deadline) throw new RolledBack();
      progress = await work(tx);
      record.committed();
      invocation.onProgress?.(progress);
      return progress;
    },
    beside: (work) => work(tx),
  });
  try {
    await invocation.db.transaction(async (tx) => {
      for (const target of targets) {
        const result = await job.run(contextIn(tx), target);
        outcomes.push({ status: "completed", result });
        // The execution has the counts of the newest target; those of the others are in its log.
        if (outcomes.length < targets.length) record.log("info", "older_period", result.counts);
      }
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) {
      const described = describeError(error);
      log("error", "dry_run_failed", { job: job.name, error: described });
      inBackground(reportError(error, { job: job.name }));
      return [
        ...outcomes,
        { status: "failed", error: described, attempt: 1, runId: undefined, outage: whyUnavailable(error) },
      ];
    }
  }
  return outcomes.length === targets.length ? outcomes : [...outcomes, { status: "partial", progress }];
}

/** What the execution leaves: that of its last target. */
function endOf(outcomes: RunOutcome[], record: ExecutionRecord): Omit<ExecutionEnd, "id" | "endedAt"> {
  const outcome = outcomes.at(-1);
  switch (outcome?.status) {
    case "completed":
      record.log("info", "completed");
      return { outcome: "completed", counts: outcome.result.counts, ...record.end("completed") };
    case "failed":
      record.log("error", "failed", outcome.error);
      return { outcome: "failed", error: outcome.error, ...record.end("failed") };
    default:
      record.log("info", "stopped");
      return { outcome: "partial", ...record.end("partial") };
  }
}
