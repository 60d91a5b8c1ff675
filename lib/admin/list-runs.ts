import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, json, rows, withInstants } from "../db/db.ts";
import { viewers } from "../http/access.ts";
import { whole } from "../http/fields.ts";
import { operation } from "../http/operation.ts";
import { sentInstant } from "../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../http/responses/pages.ts";
import { progress } from "../jobs/endpoint/job-answers.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { type JobCommand, runError, runStatus, runTrigger } from "./run-fields.ts";

const runOf = (command: JobCommand) =>
  z
    .object({
      id: z.uuid(),
      jobName: z.string().meta({ description: "The job's name in the ledger.", examples: ["weekly-events"] }),
      command,
      scheduledFor: sentInstant.meta({ description: "When it was due. Of a week or month: its end." }),
      status: runStatus,
      startedAt: sentInstant.nullable(),
      completedAt: sentInstant.nullable(),
      attempt: z.int(),
      trigger: runTrigger,
      durationMs: z.int().nullable().meta({ description: "Milliseconds of work, over all continuations." }),
      lateMs: z.int().nullable().meta({
        description:
          "Milliseconds from when it was due to its start. Only of runs that a cron was expected to start at a certain time: not of weeks and months, and not of runs that a person started or that were continued.",
      }),
      missed: z.boolean().meta({ description: "Whether it did not happen; `reason` says why." }),
      retryAt: sentInstant.nullable().meta({ description: "When it is tried again at the earliest." }),
      error: runError.nullable(),
      reason: z.string().nullable().meta({ description: "Why it was missed or given up." }),
      progress: progress.nullable(),
    })
    .meta({ id: "Run", description: "A run of a job." });

type Run = z.input<ReturnType<typeof runOf>>;

const queryOf = (command: JobCommand) =>
  z.strictObject({
    job: command.optional(),
    perJob: whole(1, 200)
      .optional()
      .meta({ description: "Only so many of the newest runs of each job, so that a busy job hides no other." }),
    ...pageQuery(sortKey(keyPart.instant, keyPart.text), { most: 200, usual: 50 }),
  });

export const listRuns = (jobs: JobRegistry, command: JobCommand) =>
  operation({
    id: "listRuns",
    method: "GET",
    path: "/api/admin/runs",
    access: viewers,
    summary: "Lists the runs of a job, or of all jobs: when they were due, when they began, what became of them.",
    query: queryOf(command),
    responses: { 200: { description: "The newest runs first.", schema: listOf("RunList", runOf(command)) } },
    handle: async ({ db, query }) => {
      const listed = query.job === undefined ? command.options : [query.job];
      const runs = await readRuns(db, jobs, listed, query);
      return toPage(runs, query.limit, ({ scheduledFor, jobName }) => [scheduledFor, jobName]);
    },
  });

/** Reads one run more than a page has, the newest first. Each job is read from its own part of an index. */
async function readRuns(
  db: Db,
  registry: JobRegistry,
  commands: readonly string[],
  { perJob, limit, cursor }: z.output<ReturnType<typeof queryOf>>,
) {
  const jobs = commands.map((command) => ({
    command,
    name: registry[command]?.name,
    periodic: registry[command]?.period !== undefined,
  }));
  const ofJob = sql`select * from job_runs where job_name = job.name`;
  const newest = perJob === undefined ? ofJob : sql`${ofJob} order by scheduled_for desc limit ${perJob}`;
  const isAfter =
    cursor && sql`scheduled_for <= ${at(cursor[0])} and (scheduled_for < ${at(cursor[0])} or job_name > ${cursor[1]})`;
  const runs = await rows<Run>(
    db,
    sql`select id, job_name as "jobName", command, scheduled_for as "scheduledFor", status, started_at as "startedAt",
        completed_at as "completedAt", attempt, trigger, duration_ms::float8 as "durationMs",
        case when trigger in ('cron', 'catch-up') and not periodic
          then round(extract(epoch from started_at - scheduled_for) * 1000)::float8 end as "lateMs",
        coalesce(missed, false) as missed, retry_at as "retryAt",
        case when metadata ? 'error' then jsonb_build_object('code', metadata->'error'->'code',
          'message', metadata->'error'->'message') end as error,
        coalesce(metadata->>'reason', metadata->>'cleanup_reason') as reason,
        case when metadata ? 'progress' then jsonb_build_object('done', metadata->'progress'->'done',
          'total', metadata->'progress'->'total') end as progress
      from jsonb_to_recordset(${json(jobs)}) as job (command text, name text, periodic boolean)
        cross join lateral (select * from (${newest}) as own where ${isAfter ?? sql`true`}
          order by scheduled_for desc limit ${limit + 1}) as run
      order by scheduled_for desc, job_name limit ${limit + 1}`,
  );
  return withInstants(runs, "scheduledFor", "startedAt", "completedAt", "retryAt");
}
