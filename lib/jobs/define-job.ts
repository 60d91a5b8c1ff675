import { waitUntil } from "@vercel/functions";
import * as z from "zod";
import { config } from "../config.ts";
import { database } from "../db/client.ts";
import { fieldError } from "../errors.ts";
import { requireSecret } from "../http/bearer.ts";
import { jsonBody } from "../http/body.ts";
import { calendarDate } from "../http/fields.ts";
import { parse, queryOf } from "../http/parse.ts";
import { type Endpoint, endpoint } from "../http/respond.ts";
import { log } from "../log.ts";
import { answerOf } from "./answer.ts";
import type { PeriodJob, Progress } from "./job.ts";
import { invoke, type PeriodParameters } from "./period.ts";
import { FUNCTION_LIMIT_MS } from "./schedule.ts";
import { continuationRequest, triggerOf } from "./trigger.ts";

/** A run lays itself down this long before the platform would kill it. */
const MARGIN_MS = 10_000;

/**
 * A job as an endpoint: GET for crons, POST for people, both the same. Owns authorisation, parameters, `now`, the
 * deadline and the answer; what happens between is `invoke`.
 */
export function defineJob<S extends Progress>(job: PeriodJob<S>): Endpoint {
  const handle = async (request: Request): Promise<Response> => {
    const startedAt = Date.now(); // the one reading of the clock for `now`
    const { cronSecret, jobTimeoutMs, sport, timeZone } = config();
    requireSecret(request, "CRON_SECRET", cronSecret);
    const parameters = await parametersOf(job, request);
    const report = await invoke(job, parameters, {
      db: await database(),
      now: new Date(startedAt),
      clock: Date.now,
      deadline: startedAt + FUNCTION_LIMIT_MS - MARGIN_MS,
      trigger: triggerOf(request),
      jobTimeoutMs,
      settlementDays: sport.settlementDays,
      zone: timeZone,
    });
    const { status, body } = answerOf(job, report);
    if (report.main.outcome.status === "partial" && !parameters.dryRun) waitUntil(continueRun(job, parameters));
    return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
  };
  return endpoint({ GET: handle, POST: handle });
}

const flag = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"])], { error: "true or false" })
  .transform((value) => value === true || value === "true" || value === "1")
  .default(false);

/** The parameters of a period job: `force`, `dryRun`, and `week=YYYY-MM-DD` or `month=YYYY-MM`. */
export function periodParameters(noun: PeriodJob["noun"]) {
  const date =
    noun === "week"
      ? calendarDate.optional()
      : z.iso
          .date({ error: "a month YYYY-MM" })
          .or(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/))
          .transform((month) => `${month.slice(0, 7)}-01`)
          .optional();
  return z.strictObject({ force: flag, dryRun: flag, [noun]: date }).transform(
    (given): PeriodParameters => ({
      force: given.force === true,
      dryRun: given.dryRun === true,
      date: given[noun] as string | undefined,
    }),
  );
}

/** Query string, and for POST also a JSON body, which wins. */
async function parametersOf(job: PeriodJob<never>, request: Request): Promise<PeriodParameters> {
  const query = queryOf(request);
  const body = request.method === "POST" ? await jsonBody(request) : undefined;
  if (body !== undefined && (typeof body !== "object" || body === null || Array.isArray(body))) {
    const got = Array.isArray(body) ? "a list" : JSON.stringify(body);
    throw fieldError("invalid-parameter", { field: "body", expected: "a JSON object of parameters, or none", got });
  }
  return parse(periodParameters(job.noun), { ...query, ...body }, "invalid-parameter");
}

/** Calls this deployment again, so that a run goes on at once; where that fails, the next tick does it. */
async function continueRun(job: PeriodJob<never>, parameters: PeriodParameters): Promise<void> {
  const { baseUrl, cronSecret } = config();
  if (baseUrl === undefined || cronSecret === undefined) return;
  const url = new URL(job.path, baseUrl);
  if (parameters.date !== undefined) url.searchParams.set(job.noun, parameters.date);
  try {
    // Only the sending matters: the call itself runs as long as this one did.
    await fetch(continuationRequest(url.href, cronSecret), { signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return;
    log("warn", "continuation_failed", { job: job.name, error: String(error) });
  }
}
