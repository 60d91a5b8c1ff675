import { parse } from "../http/parse.ts";
import { dryRun } from "./dry-run.ts";
import { execute, type Invocation, type RunOutcome } from "./execute.ts";
import type { OccurrenceJob, Progress, RawParameters, RunContext } from "./job.ts";
import { claimRun, type SkipReason } from "./ledger.ts";

/** What became of one occurrence in an invocation. */
export interface OccurrenceOutcome {
  scheduledFor: Date;
  outcome: RunOutcome | { status: "skipped"; reason: SkipReason; detail: string };
}

/**
 * One invocation of a job that runs at each firing of its crons: claims the occurrence and runs it. A run that goes on
 * does so with the parameters it began with. A dry run claims nothing.
 * @throws AppError `invalid-parameter` before anything is claimed.
 */
export async function runOccurrence<S extends Progress, P>(
  job: OccurrenceJob<S, P>,
  given: RawParameters,
  scheduledFor: Date,
  invocation: Invocation,
): Promise<OccurrenceOutcome> {
  const parameters = parse(job.parameters, given, "invalid-parameter");
  // A continued run keeps the parameters that were checked when it began; what has disappeared since is no mistake.
  if (invocation.trigger !== "continuation") await job.check?.(invocation.db, parameters, invocation.now);
  if ((parameters as { dryRun?: boolean }).dryRun === true) {
    const [outcome] = await dryRun(job, [parameters], invocation);
    return { scheduledFor, outcome: outcome ?? { status: "partial", progress: undefined } };
  }
  const claimed = await claimRun(invocation.db, {
    jobName: job.name,
    scheduledFor,
    trigger: invocation.trigger,
    force: false,
    parameters: given,
    at: new Date(invocation.clock()),
  });
  if (!claimed.won) {
    return { scheduledFor, outcome: { status: "skipped", reason: claimed.reason, detail: claimed.detail } };
  }
  // Where a run goes on under a newer release, what it began with may not be taken any more: that fails the run.
  const run = (context: RunContext<S>, begunWith: RawParameters) =>
    job.run(context, parse(job.parameters, begunWith, "invalid-parameter"));
  const outcome = await execute({ ...job, run }, claimed.lease, claimed.lease.parameters, invocation);
  if (outcome.status !== "lost") return { scheduledFor, outcome };
  const detail = "another invocation took it over";
  return { scheduledFor, outcome: { status: "skipped", reason: "already-running", detail } };
}
