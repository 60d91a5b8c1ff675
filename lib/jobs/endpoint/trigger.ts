import { isStorable } from "../../http/fields.ts";
import type { Trigger } from "../job.ts";
import { occurrenceOf, schedulesOf } from "../schedule.ts";

/**
 * How a request tells what triggered it. Vercel Cron sends a GET with the cron expression in a header, and a continuation has a
 * header of its own. Every other request comes from a person or their script.
 */
export const CRON_HEADER = "x-vercel-cron-schedule";
const CONTINUATION_HEADER = "x-taktwerk-continuation";

/**
 * The trigger of a request to a job, and its occurrence: for a person, `now`. The headers are not trusted: a cron must be one of
 * this job's, and only a run that is in the ledger can be continued (`claimRun`).
 * @param path The job's endpoint, which its crons call.
 */
export function triggerOf(request: Request, path: string, now: Date): { trigger: Trigger; occurrence: Date } {
  const continued = new Date(request.headers.get(CONTINUATION_HEADER) ?? "");
  if (isStorable(continued)) return { trigger: "continuation", occurrence: continued };
  const fired = request.headers.get(CRON_HEADER)?.trim();
  const expected = schedulesOf(path).some(({ expression }) => expression === fired);
  const occurrence = fired !== undefined && expected ? occurrenceOf(fired, now) : undefined;
  return occurrence === undefined ? { trigger: "manual", occurrence: now } : { trigger: "cron", occurrence };
}

/** The request by which a cron fires. */
export function cronRequest(url: string, secret: string, schedule: string): Request {
  return new Request(url, {
    headers: { Authorization: `Bearer ${secret}`, "User-Agent": "vercel-cron/1.0", [CRON_HEADER]: schedule },
  });
}

/** The request by which a run that reached its deadline is continued. */
export function continuationRequest(url: string, secret: string, occurrence: Date): Request {
  return new Request(url, {
    headers: { Authorization: `Bearer ${secret}`, [CONTINUATION_HEADER]: occurrence.toISOString() },
  });
}
