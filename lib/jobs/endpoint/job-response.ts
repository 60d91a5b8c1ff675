import { DatabaseUnavailable } from "../../db/failures/unavailable.ts";
import { AppError, isOurs } from "../../errors.ts";
import type { RunOutcome } from "../execute.ts";
import type { Job, PeriodJob, Progress } from "../job.ts";
import type { SkipReason } from "../ledger.ts";
import type { OccurrenceOutcome } from "../occurrence.ts";
import { type PeriodOutcome, type PeriodReport, periodFields } from "../period.ts";

export interface JobResponse {
  status: 200 | 202;
  body: Record<string, unknown>;
}

/**
 * The response of a period job (docs/domain.md, sections 2 and 3).
 * @throws AppError `job-failed` (500) if a run failed, `unavailable` (503) if the database was unavailable. The ledger holds the
 * details of unexpected errors; the response does not.
 */
export function periodResponse<S extends Progress>(job: PeriodJob<S>, report: PeriodReport): JobResponse {
  const describe = (period: PeriodOutcome) => {
    return describeOutcome(job.name, `the ${job.noun} from ${period.period.start.toISOString()}`, period.outcome, {
      ...periodFields(job.noun, period.period),
    });
  };
  const failed = [...report.older, report.main].find(({ outcome }) => outcome.status === "failed");
  if (failed !== undefined) describe(failed);
  const catchUp = report.older.map(describe);
  const body = { ...describe(report.main), ...(catchUp.length === 0 ? {} : { catchUp }) };
  return { status: report.main.outcome.status === "partial" ? 202 : 200, body };
}

/**
 * The response of a job's occurrence.
 * @throws AppError `job-failed` (500) if the run failed, `unavailable` (503) if the database was unavailable.
 */
export function occurrenceResponse(job: Pick<Job, "name">, { scheduledFor, outcome }: OccurrenceOutcome): JobResponse {
  const instant = scheduledFor.toISOString();
  const body = describeOutcome(job.name, `the run for ${instant}`, outcome, { scheduledFor: instant });
  return { status: outcome.status === "partial" ? 202 : 200, body };
}

function describeOutcome(
  jobName: string,
  which: string,
  outcome: RunOutcome | { status: "skipped"; reason: SkipReason; detail: string },
  fields: Record<string, unknown>,
): Record<string, unknown> {
  switch (outcome.status) {
    case "completed":
      return { status: "ok", skipped: false, ...fields, ...outcome.result.counts, ...outcome.result.details };
    case "partial": {
      const { done, total } = outcome.progress ?? { done: 0, total: 0 };
      return { status: "partial", skipped: false, ...fields, progress: { done, total } };
    }
    case "skipped":
      return { status: "ok", skipped: true, reason: outcome.reason, detail: outcome.detail, ...fields };
    case "failed":
      throw runFailure(jobName, which, outcome);
    default:
      return { status: outcome.status, ...fields };
  }
}

/** The error `job-failed` of a failed run, or `unavailable` if the database was. @param which The run, in words. */
export function runFailure(
  jobName: string,
  which: string,
  { runId, error, outage }: Extract<RunOutcome, { status: "failed" }>,
): AppError {
  if (outage !== undefined) return new DatabaseUnavailable(outage);
  const where = runId === undefined ? "dry run; the log holds the error" : `run ${runId}; job_runs holds the error`;
  const why = isOurs(error.code) ? `: ${error.message}` : "";
  return new AppError("job-failed", `${jobName}: ${which} failed (${where})${why}`);
}
