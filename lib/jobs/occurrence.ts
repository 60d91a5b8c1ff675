import { parse } from "../http/parse.ts";
import { dryRun } from "./dry-run.ts";
import { execute, type Invocation, type RunOutcome } from "./execute.ts";
import type { OccurrenceJob, Progress, RawParameters, RunContext } from "./job.ts";
import { claimRun, type SkipReason } from "./ledger.ts";
import { findPauseAgainst, pauseDetail } from "./pauses.ts";

/** The outcome of one occurrence in an invocation. */
export interface OccurrenceOutcome {
  scheduledFor: Date;
  outcome: RunOutcome | { status: "skipped"; reason: SkipReason; detail: string };
}

/**
 * Runs a job that has one run for each time its cron fires: claims the occurrence and runs it. A continued run keeps the
 * parameters with which it began. A dry run claims nothing.
 * @throws AppError `invalid-parameter` before anything is claimed.
 */
export async function runOccurrence<S extends Progress, P>(
  job: OccurrenceJob<S, P>,
  raw: RawParameters,
  scheduledFor: Date,
  invocation: Invocation,
): Promise<OccurrenceOutcome> {
  const parameters = parse(job.parameters, raw, "invalid-parameter");
  // The parameters of a continued run were checked when it began; a record that was deleted since is no error.
  if (invocation.trigger !== "continuation") await job.check?.(invocation.db, parameters, invocation.now);
  if ((parameters as { dryRun?: boolean }).dryRun === true) {
    const [outcome] = await dryRun(job, [parameters], { scheduledFor, parameters: raw }, invocation);
    return { scheduledFor, outcome: outcome ?? { status: "partial", progress: undefined } };
  }
  const pause = await findPauseAgainst(invocation, job.name, scheduledFor);
  if (pause !== undefined) {
    return { scheduledFor, outcome: { status: "skipped", reason: "paused", detail: pauseDetail(pause) } };
  }
  const claimed = await claimRun(invocation.db, {
    jobName: job.name,
    scheduledFor,
    trigger: invocation.trigger,
    force: false,
    parameters: raw,
    at: new Date(invocation.clock()),
  });
  if (!claimed.won) {
    return { scheduledFor, outcome: { status: "skipped", reason: claimed.reason, detail: claimed.detail } };
  }
  // A newer release may no longer accept the parameters with which a run began: then the run fails.
  const run = (context: RunContext<S>, begunWith: RawParameters) =>
    job.run(context, parse(job.parameters, begunWith, "invalid-parameter"));
  const outcome = await execute({ ...job, run }, claimed.lease, claimed.lease.parameters, invocation);
  if (outcome.status !== "lost") return { scheduledFor, outcome };
  const detail = "another invocation took the run over";
  return { scheduledFor, outcome: { status: "skipped", reason: "already-running", detail } };
}
