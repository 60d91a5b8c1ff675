import type { Actor } from "../../audit/actor.ts";
import { config } from "../../config/config.ts";
import { asWork, JOBS } from "../../db/admission/work.ts";
import { database } from "../../db/client.ts";
import { fieldError } from "../../errors.ts";
import { pathEndpoint } from "../../http/app/path-endpoint.ts";
import { inBackground } from "../../http/background.ts";
import { jsonBody, SMALL_BODY } from "../../http/body.ts";
import { flag } from "../../http/fields.ts";
import type { Endpoint } from "../../http/handler.ts";
import { type Operation, operation } from "../../http/operation.ts";
import { queryOf } from "../../http/parse.ts";
import { log } from "../../log.ts";
import { addResponseHeaders } from "../../trace.ts";
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
  type Trigger,
} from "../job.ts";
import { stopSignal } from "../stopping.ts";
import { cronOnly } from "./cron-access.ts";
import { EXECUTION_HEADER, type JobResponses, jobResponses, operationName } from "./job-answers.ts";
import type { JobResponse } from "./job-response.ts";
import { checkParameters, jobParameters, runJob } from "./run-job.ts";
import { continuationRequest, triggerOf } from "./trigger.ts";

/** What the composition root (lib/app) gives to every endpoint that runs jobs. */
export interface JobHost {
  observers: readonly RunObserver[];
  /** Supervises all jobs. It runs after the response of every invocation. */
  tick(invocation: Invocation): Promise<unknown>;
}

interface JobOperation extends Operation {
  responses: JobResponses;
}

/**
 * The operations of a job: GET for crons, POST for people. Query and body hold the same parameters and are read together.
 * @returns the operation of crons, and that of people.
 */
export function jobOperations<S extends Progress, P>(
  defined: PeriodJob<S> | OccurrenceJob<S, P>,
  host: JobHost,
): readonly [byCron: JobOperation, byHand: JobOperation] {
  const job = anyJob(defined);
  const name = operationName(job);
  const responses = jobResponses(job);
  const shared = {
    path: job.path,
    access: cronOnly,
    query: jobParameters(job),
    readsQuery: true,
    responses,
    handle: async ({ request, now }: { request: Request; now: Date }) => {
      const start = startOf(request, job.path, now);
      const { status, body } = await serveJob(job, await readParameters(request), now, start, host);
      return Response.json(body, { status });
    },
  };
  const body = jobParameters(job).meta({
    id: `${name}Parameters`,
    description: "The parameters of the run; all are optional.",
  });
  const summary = job.summary;
  const byCron = operation({
    ...shared,
    id: `run${name}ByCron`,
    method: "GET",
    summary,
    description: "What the platform's crons call.",
  });
  const byHand = operation({
    ...shared,
    id: `run${name}`,
    method: "POST",
    summary,
    body: body.optional(),
    readsBody: true,
  });
  return [
    { ...byCron, responses },
    { ...byHand, responses },
  ];
}

/** The endpoint of a job, a function of its own. HEAD is refused, because GET starts a run. */
export const jobEndpoint = <S extends Progress, P>(job: PeriodJob<S> | OccurrenceJob<S, P>, host: JobHost): Endpoint =>
  pathEndpoint(jobOperations(job, host), { head: false });

/** What started a run, and who. */
export interface Start {
  trigger: Trigger;
  occurrence: Date;
  actor?: Actor | undefined;
}

/** The actor of a manual call: the holder of the crons' secret. */
const SECRET_HOLDER: Actor = { kind: "cron-secret", id: null, name: "CRON_SECRET" };

function startOf(request: Request, path: string, now: Date): Start {
  const start = triggerOf(request, path, now);
  return { ...start, actor: start.trigger === "manual" ? SECRET_HOLDER : undefined };
}

/**
 * Runs a job for an authorised request: checks the parameters, sets the deadline and builds the answer. After the answer, the
 * tick supervises all jobs.
 * @param now When the request came.
 * @returns the answer, and the id of the execution that was asked for; undefined if nothing was run.
 * @throws AppError `invalid-parameter` before anything is done, `job-failed` (500), `unavailable` (503).
 */
export async function serveJob(
  job: Job,
  raw: RawParameters,
  now: Date,
  { trigger, occurrence, actor }: Start,
  host: JobHost,
): Promise<JobResponse & { executionId: string | undefined }> {
  checkParameters(job, raw);
  const deadline = functionDeadline(now);
  let executionId: string | undefined;
  const invocation: Invocation = {
    ...createInvocation(await database(), now, trigger, deadline, host.observers),
    actor,
    // An invocation that catches up runs several; the last one is the one that was asked for.
    onExecution: (id) => {
      executionId = id;
      addResponseHeaders({ [EXECUTION_HEADER]: id });
    },
  };
  return asWork(JOBS, async () => {
    try {
      const answer = await runJob(job, raw, occurrence, invocation);
      if (answer.status === 202) inBackground(continueRun(job, raw, occurrence));
      return { ...answer, executionId };
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
