import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, rows } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { loadPauses } from "../../jobs/pauses.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../../jobs/schedule.ts";
import { incidentKind } from "../../supervision/incident-kinds.ts";
import { newestEnded, periodContaining } from "../../time/periods.ts";
import type { JobCommand } from "../run-fields.ts";
import { type ExecutionSchema, readExecutions } from "./execution-fields.ts";
import { jobFigures, NO_FIGURES, readJobFigures } from "./job-figures.ts";
import { describeParameters, jobParameter } from "./job-parameters.ts";
import { jobPause, pauseResponse } from "./pause-operations.ts";

/** What operators read about jobs: schedule, last execution, punctuality, and the parameters of a run. */

const jobOf = (command: JobCommand, execution: ExecutionSchema) =>
  z
    .object({
      command,
      jobName: z.string().meta({ description: "Its name in the ledger.", examples: ["weekly-events"] }),
      path: z.string().meta({ description: "Its endpoint, which its crons call." }),
      period: z.enum(["week", "month"]).nullable().meta({ description: "What it evaluates; null for other jobs." }),
      timezone: z.string().meta({ description: "The zone of weeks and months (`EVENTS_TIMEZONE`)." }),
      schedules: z.array(z.string()).meta({ description: "Cron expressions in UTC.", examples: [["*/15 * * * *"]] }),
      nextRun: sentInstant.nullable().meta({
        description:
          "When a cron fires next; once the newest week or month is evaluated, after the end of the current one. Null without a cron.",
      }),
      pause: jobPause.nullable().meta({ description: "Null if the job is not paused." }),
      lastExecution: execution.nullable().meta({ description: "The newest that was no dry run." }),
      figures: jobFigures,
      openIncidents: z
        .array(z.string())
        .meta({ description: "The keys of the open incidents about this job.", examples: [["failed:weekly-events"]] }),
    })
    .meta({ id: "Job", description: "A job, and how it does." });

export const jobReadOperations = (jobs: JobRegistry, command: JobCommand, execution: ExecutionSchema) => {
  const job = jobOf(command, execution);
  return [listJobs(jobs, job), getJob(jobs, command, job)];
};

type JobSchema = ReturnType<typeof jobOf>;

const listJobs = (jobs: JobRegistry, job: JobSchema) =>
  operation({
    id: "listJobs",
    method: "GET",
    path: "/api/admin/jobs",
    access: viewers,
    summary:
      "Lists all jobs: when they run, how the last execution ended, how punctual they are and how long they take.",
    responses: { 200: { description: "All jobs.", schema: listOf("JobList", job) } },
    handle: async ({ db, now }) => wholeList(await readJobs(db, jobs, now)),
  });

const getJob = (jobs: JobRegistry, command: JobCommand, job: JobSchema) => {
  const schema = job
    .extend({
      summary: z.string().meta({ description: "What it does, in one sentence." }),
      parameters: z.array(jobParameter).meta({ description: "The parameters of a run; all are optional." }),
    })
    .meta({ id: "JobDetails", description: "A job, how it does, and the parameters of its runs." });
  return operation({
    id: "getJob",
    method: "GET",
    path: "/api/admin/jobs/{job}",
    access: viewers,
    summary: "Shows a job, how it does, and which parameters its runs take.",
    params: z.strictObject({ job: command }),
    responses: { 200: { description: "The job.", schema } },
    handle: async ({ db, params, now }) => {
      const entry = jobs[params.job];
      if (entry === undefined) throw new Error(`no job ${params.job}, although the schema accepted it`);
      const [[described], job] = await Promise.all([readJobs(db, { [params.job]: entry }, now), entry.load()]);
      if (described === undefined) throw new Error(`expected a description of ${params.job}, got none`);
      return { ...described, summary: job.summary, parameters: await describeParameters(db, job) };
    },
  });
};

type LastExecution = Awaited<ReturnType<typeof readExecutions>>[number];

async function readJobs(db: Db, jobs: JobRegistry, now: Date) {
  const [figures, executions, incidents, pauses] = await Promise.all([
    readJobFigures(db, jobs, now),
    readExecutions(
      db,
      jobs,
      sql`where execution.id in (select newest.id from jsonb_array_elements_text(${JSON.stringify(
        Object.values(jobs).map(({ name }) => name),
      )}::jsonb) as known cross join lateral (select id from job_executions
        where job_name = known and not dry_run order by started_at desc limit 1) as newest)`,
    ),
    rows<{ key: string }>(db, sql`select key from incidents where closed_at is null order by opened_at, id`),
    loadPauses(db),
  ]);
  return Object.entries(jobs).map(([command, { name, path, period }]) => {
    const schedules = schedulesOf(path);
    const lastExecution = executions.find(({ jobName }) => jobName === name) ?? null;
    return {
      command,
      jobName: name,
      path,
      period: period ?? null,
      timezone: config().timeZone,
      schedules: schedules.map(({ expression }) => expression),
      nextRun: nextFiring(schedules, period === undefined ? now : waitUntil(period, lastExecution, now)) ?? null,
      pause: pauseResponse(pauses.get(name), now),
      lastExecution,
      figures: figures.get(name) ?? NO_FIGURES,
      openIncidents: incidents.map(({ key }) => key).filter((key) => incidentKind(key).subject === name),
    };
  });
}

/** Once the newest period is evaluated, firings before the end of the current one find nothing to do. */
function waitUntil(period: "week" | "month", lastExecution: LastExecution | null, now: Date): Date {
  const { timeZone } = config();
  const newest = newestEnded(period, now, timeZone).end;
  const isDone = lastExecution?.outcome === "completed" && Number(lastExecution.scheduledFor) >= Number(newest);
  return isDone ? new Date(periodContaining(period, now, timeZone).end.getTime() - 1) : now;
}
