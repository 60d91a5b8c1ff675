import { config } from "../config/config.ts";
import { asWork, JOBS } from "../db/admission/work.ts";
import { database } from "../db/client.ts";
import { fieldError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import { requireSecret } from "../http/bearer.ts";
import { jsonBody, SMALL_BODY } from "../http/body.ts";
import { flag } from "../http/fields.ts";
import type { Description } from "../http/openapi/describe.ts";
import { queryOf } from "../http/parse.ts";
import { limitRefusals } from "../http/rate-limit/rate-limit.ts";
import { type Endpoint, endpoint } from "../http/respond.ts";
import { log } from "../log.ts";
import type { Invocation, RunObserver } from "./execute.ts";
import { createInvocation, functionDeadline } from "./invocation.ts";
import {
  anyJob,
  isPeriodJob,
  type Job,
  type OccurrenceJob,
  type PeriodJob,
  type Progress,
  type RawParameters,
} from "./job.ts";
import { checkParameters, jobParameters, runJob } from "./run-job.ts";
import { stopSignal } from "./stopping.ts";
import { continuationRequest, triggerOf } from "./trigger.ts";

/** What the composition root gives to every endpoint that runs jobs. */
export interface JobHost {
  observers: readonly RunObserver[];
  /** Looks after all jobs, once after every invocation of any. */
  tick(invocation: Invocation): Promise<unknown>;
}

/** The endpoint of a job: GET for crons, POST for people. It authorises; `serveJob` does the rest. */
export function jobEndpoint<S extends Progress, P>(
  defined: PeriodJob<S> | OccurrenceJob<S, P>,
  host: JobHost,
): Endpoint {
  const job = anyJob(defined);
  const handle = async (request: Request, now: Date): Promise<Response> => {
    await limitRefusals(request, "jobs", () => requireSecret(request, "CRON_SECRET", config().cronSecret));
    const given = await readParameters(request);
    return serveJob(job, given, now, triggerOf(request, job.path, now), host);
  };
  const described: Description = {
    summary: job.summary,
    security: ["cronSecret"],
    query: jobParameters(job),
    answers: JOB_RESPONSES,
  };
  const body = jobParameters(job).optional();
  return endpoint({ GET: described, POST: { ...described, body } }, { GET: handle, POST: handle });
}

/** What a job's endpoint answers; details are the job's own. */
export const JOB_RESPONSES: NonNullable<Description["answers"]> = {
  200: {
    about: "It ran to its end, or was skipped, with the reason: there was nothing to do, or another run is at it.",
    example: { status: "ok", skipped: true, reason: "already-processed" },
  },
  202: {
    about: "Its time was up; it goes on by itself.",
    example: { status: "partial", skipped: false, progress: { done: 4000, total: 10000 } },
  },
  500: "It failed; `job_runs` holds the error, and later ticks try it again.",
  503: "The database is away, or `CRON_SECRET` is not set; later ticks try it again.",
};

/**
 * Runs a job for a request that may: owns parameters, the deadline and the answer; what happens between is `runJob`. After
 * the answer the tick looks after all jobs.
 * @param now When the request came.
 * @throws AppError `invalid-parameter`, before anything is done; `job-failed`.
 */
export async function serveJob(
  job: Job,
  given: RawParameters,
  now: Date,
  { trigger, occurrence }: ReturnType<typeof triggerOf>,
  host: JobHost,
): Promise<Response> {
  checkParameters(job, given);
  const deadline = functionDeadline(now);
  const invocation = createInvocation(await database(), now, trigger, deadline, host.observers);
  return asWork(JOBS, async () => {
    try {
      const answer = await runJob(job, given, occurrence, invocation);
      if (answer.status === 202) inBackground(continueRun(job, given, occurrence));
      return Response.json(answer.body, { status: answer.status, headers: { "Cache-Control": "no-store" } });
    } finally {
      inBackground(tickOnce(host, invocation));
    }
  });
}

/** Query string, and for POST also a JSON body, which wins. @throws AppError `invalid-parameter` for a body that is no object. */
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

/** One tick at a time in an instance, and one more for all invocations that ended meanwhile. */
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

/** Calls this deployment again, so that a run goes on at once; where that fails, the next tick does it. */
async function continueRun(job: Job, given: RawParameters, occurrence: Date): Promise<void> {
  const { baseUrl, cronSecret } = config();
  if (baseUrl === undefined || cronSecret === undefined || flag.parse(given.dryRun) || stopSignal.aborted) return;
  const url = new URL(job.path, baseUrl);
  // What is begun is gone on with, not begun anew; a run without a period goes on with what the ledger has of it.
  if (isPeriodJob(job)) for (const [name, value] of Object.entries(given)) url.searchParams.set(name, String(value));
  url.searchParams.delete("force");
  try {
    // Only the sending matters: the call itself runs as long as this one did.
    await fetch(continuationRequest(url.href, cronSecret, occurrence), { signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return;
    log("warn", "continuation_failed", { job: job.name, error: String(error) });
  }
}
