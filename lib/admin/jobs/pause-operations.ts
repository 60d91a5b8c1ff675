import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { fieldError } from "../../errors.ts";
import { staff } from "../../http/access.ts";
import { dateOrInstant, line } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { isInForce, loadPauses, type Pause, pauseJob, resumeJob } from "../../jobs/pauses.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { recordMissedOccurrences } from "../../supervision/watch.ts";
import { startOfDate } from "../../time/dates.ts";
import type { JobCommand } from "../run-fields.ts";

/** How operators pause a job and resume it. */

export const jobPause = z
  .object({
    since: sentInstant,
    until: sentInstant.nullable().meta({ description: "When it ends by itself; null if an operator must end it." }),
    reason: z.string(),
    by: z.string().meta({ description: "The operator or token." }),
  })
  .meta({ id: "JobPause", description: "Until its end, neither crons nor ticks start the job; people may." });

/** A pause as it is sent; null if it is over, or there is none. */
export const pauseResponse = (pause: Pause | undefined, now: Date): z.input<typeof jobPause> | null =>
  pause !== undefined && isInForce(pause, now)
    ? { since: pause.pausedAt, until: pause.until, reason: pause.reason, by: pause.by }
    : null;

const pauseStateOf = (command: JobCommand) =>
  z
    .object({ job: command, pause: jobPause.nullable().meta({ description: "Null if the job is not paused." }) })
    .meta({ id: "PauseState", description: "Whether a job is paused." });

const reason = line(200).refine((text) => text.trim() !== "", { error: "a reason of 1 to 200 characters" });

const pauseRequest = z
  .strictObject({
    until: dateOrInstant.nullable().default(null).meta({
      description: "The instant, or the local date at whose beginning, the pause ends; null until it is resumed.",
    }),
    reason,
  })
  .meta({ id: "PauseRequest", description: "How long a job is paused, and why." });

type PauseState = ReturnType<typeof pauseStateOf>;

const pause = (jobs: JobRegistry, command: JobCommand, pauseState: PauseState) =>
  operation({
    id: "pauseJob",
    method: "POST",
    path: "/api/admin/jobs/{job}/pause",
    access: staff,
    summary: "Pauses a job: crons and ticks do not start it, and nothing that it leaves out counts as missed.",
    description: "A run in progress ends. A job that is paused already gets the new end and reason.",
    params: z.strictObject({ job: command }),
    example: { until: "2999-01-01", reason: "Christmas holidays" },
    body: pauseRequest,
    audit: ({ params, body }) => ({ subject: params.job, details: { until: body.until } }),
    responses: { 200: { description: "The pause.", schema: pauseState } },
    handle: async ({ db, params, body, caller, now }) => {
      const until = endOf(body.until, now);
      // Before the pause replaces an earlier one, supervision accounts for what was due until now.
      await recordMissedOccurrences(db, jobs, now);
      await pauseJob(db, nameOf(jobs, params.job), { until, reason: body.reason, actor: caller.actor }, now);
      return readState(db, jobs, params.job, now);
    },
  });

/** @throws AppError `invalid-parameter` that names `until` if it is not in the future. */
function endOf(until: string | Date | null, now: Date): Date | null {
  const end = typeof until === "string" ? startOfDate(until, config().timeZone) : until;
  if (end === null || end > now) return end;
  const expected = `a date or an instant after now, ${now.toISOString()}`;
  throw fieldError("invalid-parameter", { field: "until", expected, got: end.toISOString() });
}

const resume = (jobs: JobRegistry, command: JobCommand, pauseState: PauseState) =>
  operation({
    id: "resumeJob",
    method: "POST",
    path: "/api/admin/jobs/{job}/resume",
    access: staff,
    summary: "Ends the pause of a job. The next tick catches up on a week or month that ended meanwhile.",
    description: "A job that is not paused stays as it is.",
    params: z.strictObject({ job: command }),
    responses: { 200: { description: "The job is not paused.", schema: pauseState } },
    handle: async ({ db, params, now }) => {
      await resumeJob(db, nameOf(jobs, params.job), now);
      return readState(db, jobs, params.job, now);
    },
  });

async function readState(db: Db, jobs: JobRegistry, job: string, now: Date) {
  return { job, pause: pauseResponse((await loadPauses(db)).get(nameOf(jobs, job)), now) };
}

/** The name in the ledger of a job that the schema accepted. */
function nameOf(jobs: JobRegistry, command: string): string {
  const entry = jobs[command];
  if (entry === undefined) throw new Error(`no job ${command}, although the schema accepted it`);
  return entry.name;
}

export const pauseOperations = (jobs: JobRegistry, command: JobCommand) => {
  const state = pauseStateOf(command);
  return [pause(jobs, command, state), resume(jobs, command, state)];
};
