import { JOBS } from "../../../lib/app/registry.ts";
import { tick as runTick } from "../../../lib/app/tick.ts";
import type { Db } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import type { JobResponse } from "../../../lib/jobs/endpoint/job-response.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { cronRequest, triggerOf } from "../../../lib/jobs/endpoint/trigger.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { JobEntry } from "../../../lib/jobs/registry.ts";
import { occurrencesBetween, SCHEDULES } from "../../../lib/jobs/schedule.ts";
import type { Supervision } from "../../../lib/supervision/tick.ts";
import { invocation } from "./invoke-weekly.ts";

/** The crons of `vercel.json` on a clock that a test moves. */

export interface Firing {
  job: string;
  path: string;
  expression: string;
  at: Date;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const later = (instant: Date | string, ms: number): Date => new Date(new Date(instant).getTime() + ms);

/** The entry of a job by its name in the ledger. */
export function entryOf(name: string): JobEntry {
  const entry = Object.values(JOBS).find((known) => known.name === name);
  if (entry === undefined) throw new Error(`expected a job of the registry, got ${name}`);
  return entry;
}

/** Every firing of the named jobs' crons after one instant and up to another, in the order of time. */
export function firings(from: Date | string, to: Date | string, ...jobs: string[]): Firing[] {
  return SCHEDULES.flatMap(({ path, expression }) => {
    const job = Object.values(JOBS).find((entry) => entry.path === path)?.name ?? path;
    if (!jobs.includes(job)) return [];
    const due = occurrencesBetween(expression, new Date(from), new Date(to), 10_000);
    return due.map((at) => ({ job, path, expression, at }));
  }).sort((a, b) => Number(a.at) - Number(b.at));
}

export interface Fired {
  /** The answer, or the error of a run that failed. */
  answer: JobResponse | AppError;
  tick: Supervision;
}

/** Fires a cron as the platform does, so much after its time; the tick follows as it does after every answer. */
export async function fireCron(db: Db, firing: Firing, lateMs = 0, over: Partial<Invocation> = {}): Promise<Fired> {
  const now = later(firing.at, lateMs);
  const request = cronRequest(`https://taktwerk.example${firing.path}`, "secret", firing.expression);
  const { trigger, occurrence } = triggerOf(request, new URL(request.url).pathname, now);
  const invoked = invocation(db, now.toISOString(), { trigger, ...over });
  const answer = await runJob(await entryOf(firing.job).load(), {}, occurrence, invoked).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "job-failed") return error;
    throw error;
  });
  return { answer, tick: await runTick({ ...invoked, now: new Date(invoked.clock()) }) };
}

/** A tick without a job before it, with a clock that stands still. */
export function tick(db: Db, at: Date | string, over: Partial<Invocation> = {}): Promise<Supervision> {
  return runTick(invocation(db, new Date(at).toISOString(), over));
}

/** A clock that goes on by so much at every step of a run. */
export function movingClock(from: Date, stepMs: number): Pick<Invocation, "clock" | "onProgress"> {
  let now = from.getTime();
  return {
    clock: () => now,
    onProgress: () => {
      now += stepMs;
    },
  };
}
