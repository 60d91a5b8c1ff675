import * as z from "zod";
import { defineRoute, method } from "../http/define-route.ts";
import type { Endpoint } from "../http/respond.ts";
import { type JobHost, serveJob } from "../jobs/endpoint/job-endpoint.ts";
import { commandsOf, type JobRegistry } from "../jobs/registry.ts";

/**
 * `POST /api/admin/jobs/run` `{job, parameters?}`: runs a job as its own endpoint would, for an operator who has the admin
 * token and not the crons' secret. Answers what that endpoint answers.
 */
export function runJobRoute(jobs: JobRegistry, host: JobHost): Endpoint {
  const commands = commandsOf(jobs);
  return defineRoute({
    POST: method({
      summary: "Runs a job as its own endpoint would, and answers what that would.",
      example: { job: "weekly", parameters: { dryRun: true } },
      body: z.strictObject({
        job: z.enum(commands, { error: `one of ${commands.join(", ")}` }),
        parameters: z.record(z.string(), z.unknown(), { error: "a JSON object of the job's parameters" }).default({}),
      }),
      handle: async ({ body, now }) => {
        const entry = jobs[body.job];
        if (entry === undefined) throw new Error(`no job ${body.job}, although the schema accepted it`);
        const manual = { trigger: "manual", occurrence: now } as const;
        return serveJob(await entry.load(), body.parameters, now, manual, host);
      },
    }),
  });
}
