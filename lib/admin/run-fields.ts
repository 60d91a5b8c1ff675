import * as z from "zod";
import { sentInstant } from "../http/responses/fields.ts";
import { TRIGGERS } from "../jobs/job.ts";
import { commandsOf, type JobRegistry } from "../jobs/registry.ts";
import { RUN_STATUSES } from "../jobs/schema.ts";

/** Schemas of fields that several answers about runs share. */

export const runStatus = z.enum(RUN_STATUSES).meta({
  id: "RunStatus",
  description: "`pending`: begun, and waiting to be continued. `failed`: failed or missed; later ticks may try again.",
});

export const runTrigger = z.enum(TRIGGERS).meta({
  id: "RunTrigger",
  description:
    "What started a run. `catch-up`: a later tick made up for it. `continuation`: it went on after a time limit.",
});

export const runError = z
  .object({
    code: z.string(),
    message: z.string(),
    at: sentInstant.optional().meta({ description: "When the run failed." }),
  })
  .meta({ id: "RunError", description: "Why a run failed." });

/** A job by its command. */
export const jobCommand = (jobs: JobRegistry) => {
  const commands = commandsOf(jobs);
  return z
    .enum(commands, { error: `one of ${commands.join(", ")}` })
    .meta({ id: "JobCommand", description: "A job, as the command line names it." });
};

export type JobCommand = ReturnType<typeof jobCommand>;
