import { AppError } from "../errors.ts";
import type { PeriodJob, Progress } from "./job.ts";
import { type PeriodOutcome, periodFields, type Report } from "./period.ts";

export interface Answer {
  status: 200 | 202;
  body: Record<string, unknown>;
}

/**
 * The answer of an invocation (domain, sections 2 and 3).
 * @throws AppError `job-failed` (500) where a run failed; what failed is on record, not in the answer.
 */
export function answerOf<S extends Progress>(job: PeriodJob<S>, report: Report): Answer {
  const failed = [...report.older, report.main].find(({ outcome }) => outcome.status === "failed");
  if (failed !== undefined) throw failure(job, failed);
  const catchUp = report.older.map((older) => bodyOf(job, older));
  const body = { ...bodyOf(job, report.main), ...(catchUp.length === 0 ? {} : { catchUp }) };
  return { status: report.main.outcome.status === "partial" ? 202 : 200, body };
}

function bodyOf<S extends Progress>(job: PeriodJob<S>, { period, outcome }: PeriodOutcome): Record<string, unknown> {
  const fields = periodFields(job.noun, period);
  switch (outcome.status) {
    case "completed":
      return { status: "ok", skipped: false, ...fields, ...outcome.result.counts, ...outcome.result.details };
    case "partial": {
      const { done, total } = outcome.progress ?? { done: 0, total: 0 };
      return { status: "partial", skipped: false, ...fields, progress: { done, total } };
    }
    case "skipped":
      return { status: "ok", skipped: true, reason: outcome.reason, detail: outcome.detail, ...fields };
    default:
      return { status: outcome.status, ...fields };
  }
}

function failure<S extends Progress>(job: PeriodJob<S>, { period, outcome }: PeriodOutcome): AppError {
  const runId = outcome.status === "failed" ? outcome.runId : undefined;
  const which = `the ${job.noun} from ${period.start.toISOString()}`;
  const where = runId === undefined ? "dry run; the log holds the error" : `run ${runId}; job_runs holds the error`;
  return new AppError("job-failed", `${job.name}: ${which} failed (${where})`);
}
