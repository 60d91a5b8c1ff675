import * as z from "zod";
import { commands, JOBS } from "../app/registry.ts";
import { defineRoute, method } from "../http/define-route.ts";
import { JOB_ANSWERS, serveJob } from "../jobs/define-job.ts";

const COMMANDS = commands();

/**
 * `POST /api/admin/jobs/run` `{job, parameters?}`: runs a job as its own endpoint would, for an operator who has the admin
 * token and not the crons' secret. Answers what that endpoint answers.
 */
export const runJobRoute = defineRoute({
  POST: method({
    summary: "Runs a job as its own endpoint would, and answers what that would.",
    example: { job: "weekly", parameters: { dryRun: true } },
    answers: JOB_ANSWERS,
    body: z.strictObject({
      job: z.enum(COMMANDS, { error: `one of ${COMMANDS.join(", ")}` }),
      parameters: z.record(z.string(), z.unknown(), { error: "a JSON object of the job's parameters" }).default({}),
    }),
    handle: async ({ body, now }) => {
      const entry = JOBS[body.job];
      if (entry === undefined) throw new Error(`no job ${body.job}, which its schema had let through`);
      return serveJob(await entry.load(), body.parameters, Number(now), { trigger: "manual", occurrence: now });
    },
  }),
});
