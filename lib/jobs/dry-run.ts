import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import type { Invocation, Outcome } from "./execute.ts";
import type { PeriodJob, PeriodRun, Progress, RunResult } from "./job.ts";

class RollBack extends Error {}

/**
 * Does everything a real run would do, in one transaction that is never committed: what it reports is what the real
 * run would do, and nothing of it stays. Touches no ledger and holds no lease.
 */
export async function dryRun<S extends Progress>(
  job: PeriodJob<S>,
  target: PeriodRun,
  invocation: Invocation,
): Promise<Outcome> {
  let result: RunResult | undefined;
  let progress: S | undefined;
  try {
    await invocation.db.transaction(async (tx) => {
      result = await job.run(
        {
          db: tx,
          concurrent: false,
          now: invocation.now,
          signal: AbortSignal.any([]),
          log: (level, event, fields) => log(level, event, { job: job.name, dryRun: true, ...fields }),
          state: undefined,
          checkpoint: async (work) => {
            if (invocation.clock() >= invocation.deadline) throw new RollBack();
            progress = await work(tx);
            invocation.onProgress?.(progress);
            return progress;
          },
        },
        target,
      );
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) {
      const described = describeError(error);
      log("error", "dry_run_failed", { job: job.name, error: described });
      return { status: "failed", error: described, attempt: 1, runId: "none" };
    }
  }
  return result === undefined ? { status: "partial", progress } : { status: "completed", result };
}
