import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, rows, withInstants } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant, sentJsonObject } from "../../http/responses/fields.ts";
import { progress } from "../../jobs/endpoint/job-answers.ts";
import type { ExecutionLine, ExecutionStep } from "../../jobs/executions/record.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { EXECUTION_OUTCOMES } from "../../jobs/schema.ts";
import { DAY_MS, MINUTE_MS } from "../../time/durations.ts";
import { runStatus } from "../run-fields.ts";
import { type ExecutionSchema, readExecutions } from "./execution-fields.ts";

const step = z
  .object({
    name: z.string().meta({ description: "In kebab-case; it keeps its name.", examples: ["evaluate-weeks"] }),
    startedAt: sentInstant,
    ms: z.int().meta({ description: "Milliseconds of work, over all its chunks." }),
    chunks: z.int().meta({ description: "How many chunks of its work were committed." }),
    outcome: z.enum(EXECUTION_OUTCOMES).exclude(["running"]),
  })
  .meta({ id: "ExecutionStep", description: "A step of an execution." });

const line = z
  .object({ at: sentInstant, level: z.enum(["info", "warn", "error"]), event: z.string(), fields: sentJsonObject })
  .meta({ id: "ExecutionLine", description: "A line of the log, without secrets and addresses." });

const run = z
  .object({
    id: z.uuid(),
    status: runStatus,
    attempt: z.int(),
    startedAt: sentInstant.nullable(),
    completedAt: sentInstant.nullable(),
    retryAt: sentInstant.nullable().meta({ description: "When it is tried again at the earliest." }),
    progress: progress.nullable().meta({ description: "How far it is; null after it completed." }),
  })
  .meta({ id: "ExecutionRun", description: "The run as it is now, after all its executions." });

/** At most so many executions of an occurrence are listed. */
const LISTED = 50;

export const getExecution = (jobs: JobRegistry, execution: ExecutionSchema) => {
  const schema = execution
    .extend({
      steps: z.array(step).meta({ description: "In the order in which they began; empty while it runs." }),
      log: z.array(line).meta({ description: "The last 200 lines, the oldest first; empty while it runs." }),
      run: run.nullable().meta({ description: "Null for a dry run, and after the run is deleted." }),
      sameOccurrence: z.array(execution).meta({
        description: "All executions of the same week, month or firing, this one too, the oldest first; at most 50.",
      }),
    })
    .meta({ id: "ExecutionDetails", description: "One time that a job ran, with its steps and its log." });
  return operation({
    id: "getExecution",
    method: "GET",
    path: "/api/admin/executions/{id}",
    access: viewers,
    summary: "Shows one execution of a job: its steps, its log, and the other executions of the same occurrence.",
    params: z.strictObject({
      id: z
        .uuid({ error: "the id of an execution" })
        .meta({ description: "The id of the execution.", examples: ["00000000-0000-4000-8000-000000000000"] }),
    }),
    responses: { 200: { description: "The execution.", schema }, 404: "There is no such execution." },
    handle: async ({ db, params: { id } }) => {
      const [found] = await readExecutions(db, jobs, sql`where execution.id = ${id}`);
      if (found === undefined) throw new AppError("not-found", `There is no execution ${id}.`);
      const [[recorded], runs, sameOccurrence] = await Promise.all([
        rows<{ steps: ExecutionStep[]; log: ExecutionLine[] }>(
          db,
          sql`select steps, log from job_executions where id = ${id}`,
        ),
        readRun(db, found.runId),
        found.scheduledFor === null ? [] : readOccurrence(db, jobs, found.jobName, found.scheduledFor),
      ]);
      return { ...found, steps: recorded?.steps ?? [], log: recorded?.log ?? [], run: runs[0] ?? null, sameOccurrence };
    },
  });
};

async function readRun(db: Db, runId: string | null) {
  const runs = await rows<z.input<typeof run>>(
    db,
    sql`select id, status, attempt, started_at as "startedAt", completed_at as "completedAt", retry_at as "retryAt",
        case when metadata ? 'progress' then jsonb_build_object('done', metadata->'progress'->'done',
          'total', metadata->'progress'->'total') end as progress
      from job_runs where id = ${runId}`,
  );
  return withInstants(runs, "startedAt", "completedAt", "retryAt");
}

/** The clocks of the platform and of this machine may differ, so a firing may begin a little before it is due. */
const SKEW_MS = 5 * MINUTE_MS;

/** A week or month may be evaluated again at any time. A firing is retried and continued for minutes, and then superseded. */
const LAST_RETRY_MS = 7 * DAY_MS;

/** Reads the newest executions of an occurrence, the oldest first. The bounds only let the index leave out all other rows. */
async function readOccurrence(db: Db, jobs: JobRegistry, jobName: string, scheduledFor: Date) {
  const isPeriodic = Object.values(jobs).some(({ name, period }) => name === jobName && period !== undefined);
  const before = isPeriodic ? sql`true` : sql`started_at < ${at(new Date(Number(scheduledFor) + LAST_RETRY_MS))}`;
  const newest = await readExecutions(
    db,
    jobs,
    sql`where job_name = ${jobName} and scheduled_for = ${at(scheduledFor)}
      and started_at >= ${at(new Date(Number(scheduledFor) - SKEW_MS))} and ${before}
      order by started_at desc, execution.id desc limit ${LISTED}`,
  );
  return newest.reverse();
}
