import { config } from "../../config/config.ts";
import { asWork, JOBS } from "../../db/admission/work.ts";
import { database } from "../../db/client.ts";
import { fieldError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { requireSecret } from "../../http/bearer.ts";
import { jsonBody, SMALL_BODY } from "../../http/body.ts";
import { flag } from "../../http/fields.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { queryOf } from "../../http/parse.ts";
import { limitRefusals } from "../../http/rate-limit/rate-limit.ts";
import { type Endpoint, endpoint } from "../../http/respond.ts";
import { log } from "../../log.ts";
import type { Invocation, RunObserver } from "../execute.ts";
import { createInvocation, functionDeadline } from "../invocation.ts";
import {
  anyJob,
  isPeriodJob,
  type Job,
  type OccurrenceJob,
  type PeriodJob,
  type Progress,
  type RawParameters,
} from "../job.ts";
import { stopSignal } from "../stopping.ts";
import { checkParameters, jobParameters, runJob } from "./run-job.ts";
import { continuationRequest, triggerOf } from "./trigger.ts";

/** What the composition root (lib/app) gives to every endpoint that runs jobs. */
export interface JobHost {
  observers: readonly RunObserver[];
  /** Supervises all jobs. It runs after the response of every invocation. */
  tick(invocation: Invocation): Promise<unknown>;
}

/** The endpoint of a job: GET for crons, POST for people. It checks the secret; `serveJob` does the rest. */
export function jobEndpoint<S extends Progress, P>(
  defined: PeriodJob<S> | OccurrenceJob<S, P>,
  host: JobHost,
): Endpoint {
  const job = anyJob(defined);
  const handle = async (request: Request, now: Date): Promise<Response> => {
    await limitRefusals(request, "jobs", () => requireSecret(request, "CRON_SECRET", config().cronSecret));
    const raw = await readParameters(request);
    return serveJob(job, raw, now, triggerOf(request, job.path, now), host);
  };
  const described: Description = {
    summary: job.summary,
    security: ["cronSecret"],
    query: jobParameters(job),
    responses: JOB_RESPONSES,
  };
  const body = jobParameters(job).optional();
  return endpoint({ GET: described, POST: { ...described, body } }, { GET: handle, POST: handle });
}

/** The responses of a job's endpoint. The details depend on the job. */
export const JOB_RESPONSES: NonNullable<Description["responses"]> = {
  200: {
    about: "The run completed, or it was skipped. Then `reason` says why: nothing was due, or another run is active.",
    example: { status: "ok", skipped: true, reason: "already-processed" },
  },
  202: {
    about: "The run reached its time limit and continues by itself.",
    example: { status: "partial", skipped: false, progress: { done: 4000, total: 10000 } },
  },
  500: "The run failed. `job_runs` holds the error, and later ticks try again.",
  503: "The database is unavailable, or `CRON_SECRET` is not set. Later ticks try again.",
};

/**
 * Runs a job for an authorised request: checks the parameters, sets the deadline and builds the response. After the response,
 * the tick supervises all jobs.
 * @param now When the request came.
 * @throws AppError `invalid-parameter` before anything is done, `job-failed` (500), `unavailable` (503).
 */
export async function serveJob(
  job: Job,
  raw: RawParameters,
  now: Date,
  { trigger, occurrence }: ReturnType<typeof triggerOf>,
  host: JobHost,
): Promise<Response> {
  checkParameters(job, raw);
  const deadline = functionDeadline(now);
  const invocation = createInvocation(await database(), now, trigger, deadline, host.observers);
  return asWork(JOBS, async () => {
    try {
      const answer = await runJob(job, raw, occurrence, invocation);
      if (answer.status === 202) inBackground(continueRun(job, raw, occurrence));
      return Response.json(answer.body, { status: answer.status, headers: { "Cache-Control": "no-store" } });
    } finally {
      inBackground(tickOnce(host, invocation));
    }
  });
}

/**
 * Reads the query string, and for POST also a JSON body, which takes precedence.
 * @throws AppError `invalid-parameter` if the body is not an object.
 */
export async function readParameters(request: Request): Promise<RawParameters> {
  const query = queryOf(request);
  const body = request.method === "POST" ? await jsonBody(request, SMALL_BODY) : undefined;
  if (body !== undefined && (typeof body !== "object" || body === null || Array.isArray(body))) {
    const got = Array.isArray(body) ? "a list" : JSON.stringify(body);
    throw fieldError("invalid-parameter", { field: "body", expected: "a JSON object of parameters, or none", got });
  }
  return { ...query, ...body };
}

let ticking: Promise<unknown> = Promise.resolve();
let next: Promise<unknown> | undefined;

/** Runs one tick at a time in an instance, and one more for all invocations that ended meanwhile. */
function tickOnce(host: JobHost, invocation: Invocation): Promise<unknown> {
  next ??= ticking
    .catch(() => {})
    .then(async () => {
      next = undefined;
      ticking = host.tick({ ...invocation, now: new Date(invocation.clock()) });
      await ticking;
    });
  return next;
}

/** Calls this deployment again, so that a run continues at once. If the call fails, the next tick continues the run. */
async function continueRun(job: Job, raw: RawParameters, occurrence: Date): Promise<void> {
  const { baseUrl, cronSecret } = config();
  if (baseUrl === undefined || cronSecret === undefined || flag.parse(raw.dryRun) || stopSignal.aborted) return;
  const url = new URL(job.path, baseUrl);
  // Continue the run; do not start over. A run without a period takes its parameters from the ledger.
  if (isPeriodJob(job)) for (const [name, value] of Object.entries(raw)) url.searchParams.set(name, String(value));
  url.searchParams.delete("force");
  try {
    // Only sending matters: the response would take as long as this run did.
    await fetch(continuationRequest(url.href, cronSecret, occurrence), { signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return;
    log("warn", "continuation_failed", { job: job.name, error: String(error) });
  }
}
