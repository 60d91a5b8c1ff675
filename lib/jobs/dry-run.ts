import { oneConnection } from "../db/db.ts";
import { whyUnavailable } from "../db/failures/unavailable.ts";
import { describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { type Invocation, type RunOutcome, waitUntilDeadline } from "./execute.ts";
import type { Progress, RunContext, Runnable } from "./job.ts";

class RolledBack extends Error {}

/**
 * Runs a job for each target in one transaction that is rolled back, so the outcomes are those of real runs and nothing is
 * stored. It needs no lease and writes nothing to the ledger.
 * @returns One outcome for each target, up to the one that failed or reached the deadline.
 */
export async function dryRun<S extends Progress, T>(
  job: Runnable<S, T>,
  targets: T[],
  invocation: Invocation,
): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  const { signal } = new AbortController(); // a dry run has no lease that could be lost
  let progress: S | undefined;
  try {
    await invocation.db.transaction(async (tx) => {
      const context: RunContext<S> = {
        db: tx,
        lasting: oneConnection.has(invocation.db) ? tx : invocation.db,
        concurrent: false,
        now: invocation.now,
        time: () => new Date(invocation.clock()),
        timeLeft: () => invocation.deadline - invocation.clock(),
        wait: (ms) => waitUntilDeadline(invocation, ms, signal),
        zone: invocation.zone,
        signal,
        log: (level, event, fields) => log(level, event, { job: job.name, dryRun: true, ...fields }),
        state: undefined,
        checkpoint: async (work) => {
          if (invocation.clock() >= invocation.deadline) throw new RolledBack();
          progress = await work(tx);
          invocation.onProgress?.(progress);
          return progress;
        },
        beside: (work) => work(tx),
      };
      for (const target of targets) outcomes.push({ status: "completed", result: await job.run(context, target) });
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
