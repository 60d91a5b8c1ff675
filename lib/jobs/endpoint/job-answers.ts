import * as z from "zod";
import type { Answer } from "../../http/operation.ts";
import { jsonValue, sentInstant } from "../../http/responses/fields.ts";
import { isPeriodJob, type Job } from "../job.ts";
import { SKIP_REASONS } from "../ledger.ts";

/** What the endpoint of a job answers, for the document (docs/domain.md, sections 2 and 3). */

const done = z.object({
  done: z.int(),
  total: z
    .int()
    .meta({ description: "The number of steps. The unit depends on the job: users, services, days or events." }),
});

export const progress = done.meta({ id: "RunProgress", description: "How far a run is." });

const reason = z.enum(SKIP_REASONS).meta({
  id: "SkipReason",
  description: "Why nothing was run: nothing is due, another run did or does the work, or an operator paused the job.",
});

export type JobResponses = {
  200: Answer;
  202: Answer;
  500: string;
  503: string;
};

/** The header of an answer that names the execution, if one began: `GET /api/admin/executions/{id}` shows it. */
export const EXECUTION_HEADER = "X-Execution-Id";
const EXECUTION = { [EXECUTION_HEADER]: "The id of the execution, if one began." };

const FAILURES = {
  500: "The run failed. `job_runs` holds the error, and later ticks try again.",
  503: "The database is unavailable, or `CRON_SECRET` is not set. Later ticks try again.",
} as const;

/** The answers of a job's endpoint: the fields of its occurrence or period, and the result of the job. */
export function jobResponses(job: Job): JobResponses {
  const name = operationName(job);
  const fields = isPeriodJob(job)
    ? { [`${job.noun}Start`]: sentInstant, [`${job.noun}End`]: sentInstant }
    : { scheduledFor: sentInstant };
  const completed = { status: z.literal("ok"), skipped: z.literal(false), ...fields, ...job.result.shape };
  const skipped = { status: z.literal("ok"), skipped: z.literal(true), reason, detail: z.string(), ...fields };
  const partial = { status: z.literal("partial"), skipped: z.literal(false), ...fields, progress };
  const older = z
    .array(
      z
        .union([z.object(completed), z.object(skipped), z.object(partial)])
        .meta({ id: `${name}Older`, description: "What became of an earlier period." }),
    )
    .optional()
    .meta({ description: "Earlier periods that this call ran first." });
  const more = isPeriodJob(job) ? { catchUp: older } : {};
  return responses(
    z.union([
      z
        .object({ ...completed, ...more })
        .meta({ id: `${name}Completed`, description: "The run completed: its counts and details." }),
      z.object({ ...skipped, ...more }).meta({ id: `${name}Skipped`, description: "Nothing was run, and why." }),
    ]),
    z.object({ ...partial, ...more }),
    name,
  );
}

const executionId = z
  .uuid()
  .nullable()
  .meta({ description: "The execution, which `GET /api/admin/executions/{id}` shows; null if nothing was run." });

/** The answers of an operation that runs any job. */
export const ANY_JOB_RESPONSES: JobResponses = responses(
  z
    .object({
      status: z.literal("ok"),
      skipped: z
        .union([z.boolean(), z.int()])
        .meta({ description: "Whether nothing was run; of the dispatch, how many mails are not sent." }),
      reason: reason.optional(),
      detail: z.string().optional(),
      executionId,
    })
    .catchall(jsonValue),
  z.object({ status: z.literal("partial"), skipped: z.literal(false), progress, executionId }).catchall(jsonValue),
  "AnyJob",
);

function responses(finished: z.ZodType, partial: z.ZodType, name: string): JobResponses {
  return {
    200: {
      description:
        "The run completed, or it was skipped. Then `reason` says why: nothing was due, another run is active, or the job is paused.",
      headers: EXECUTION,
      schema: finished.meta({ id: `${name}Response`, description: "A run that completed, or that was skipped." }),
    },
    202: {
      description: "The run reached its time limit and continues by itself.",
      headers: EXECUTION,
      schema: partial.meta({ id: `${name}Partial`, description: "A run that continues by itself, and how far it is." }),
    },
    ...FAILURES,
  };
}

/** `WeeklyEvents` of `weekly-events`. */
export const operationName = ({ name }: Pick<Job, "name">): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
