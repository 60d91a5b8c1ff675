import * as z from "zod";
import { staff } from "../http/access.ts";
import { operation } from "../http/operation.ts";
import { jsonValue } from "../http/responses/fields.ts";
import { ANY_JOB_RESPONSES } from "../jobs/endpoint/job-answers.ts";
import { type JobHost, type Start, serveJob } from "../jobs/endpoint/job-endpoint.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import type { JobCommand } from "./run-fields.ts";

export const runJob = (jobs: JobRegistry, command: JobCommand, host: JobHost) =>
  operation({
    id: "runJob",
    method: "POST",
    path: "/api/admin/jobs/run",
    access: staff,
    summary: "Runs a job, and returns what its own endpoint would return.",
    description: "For an operator, who has no secret of the crons. The execution is recorded under the caller's name.",
    example: { job: "weekly", parameters: { dryRun: true } },
    body: z
      .strictObject({
        job: command,
        parameters: z
          .record(z.string(), jsonValue, { error: "a JSON object of the job's parameters" })
          .default({})
          .meta({ description: "The parameters of the job's own endpoint." }),
      })
      .meta({ id: "RunJobRequest", description: "The job to run, and its parameters." }),
    responses: {
      ...ANY_JOB_RESPONSES,
      503: "The database is unavailable, or `ADMIN_TOKEN` is not set. Later ticks try again.",
    },
    audit: ({ body }) => ({ subject: body.job, details: body.parameters }),
    handle: async ({ body, now, caller }) => {
      const entry = jobs[body.job];
      if (entry === undefined) throw new Error(`no job ${body.job}, although the schema accepted it`);
      const start: Start = { trigger: "manual", occurrence: now, actor: caller.actor };
      const answer = await serveJob(await entry.load(), body.parameters, now, start, host);
      return Response.json({ ...answer.body, executionId: answer.executionId ?? null }, { status: answer.status });
    },
  });
