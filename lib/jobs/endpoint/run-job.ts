import * as z from "zod";
import { calendarMonth, dateBefore3000, flag } from "../../http/fields.ts";
import { parse } from "../../http/parse.ts";
import type { Invocation } from "../execute.ts";
import { isPeriodJob, type Job, type PeriodJob, type RawParameters } from "../job.ts";
import { runOccurrence } from "../occurrence.ts";
import { type PeriodParameters, runPeriodJob } from "../period.ts";
import { type JobResponse, occurrenceResponse, periodResponse } from "./job-response.ts";

/**
 * Runs a job of either kind, for an endpoint or a command.
 * @param occurrence The time at which its cron fired. A period job uses the period instead.
 * @throws AppError `invalid-parameter`, or `job-failed`.
 */
export async function runJob(
  job: Job,
  raw: RawParameters,
  occurrence: Date,
  invocation: Invocation,
): Promise<JobResponse> {
  if (!isPeriodJob(job)) return occurrenceResponse(job, await runOccurrence(job, raw, occurrence, invocation));
  const parameters = parse(periodParameters(job.noun), raw, "invalid-parameter");
  return periodResponse(job, await runPeriodJob(job, parameters, invocation));
}

/**
 * Checks that a job accepts these parameters, before anything else is done.
 * @throws AppError `invalid-parameter`.
 */
export function checkParameters(job: Job, raw: RawParameters): void {
  parse(jobParameters(job), raw, "invalid-parameter");
}

/** The schema of a job's parameters. */
export function jobParameters(job: Job): z.ZodType {
  return isPeriodJob(job) ? periodParameters(job.noun) : job.parameters;
}

/** The parameters of a period job: `force`, `dryRun`, and `week=YYYY-MM-DD` or `month=YYYY-MM`. */
function periodParameters(noun: PeriodJob["noun"]) {
  const period = noun === "week" ? dateBefore3000.optional() : calendarMonth.optional();
  return z.strictObject({ force: flag, dryRun: flag, [noun]: period }).transform((parsed): PeriodParameters => {
    const date = (parsed as Record<string, unknown>)[noun] as string | undefined;
    return { force: parsed.force === true, dryRun: parsed.dryRun === true, date };
  });
}
