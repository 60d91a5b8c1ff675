import { isStorable } from "../http/fields.ts";
import type { Trigger } from "./job.ts";
import { occurrenceOf, schedulesOf } from "./schedule.ts";

/**
 * What a trigger looks like, and nowhere else: Vercel Cron sends a GET with the fired expression in a header; our own
 * continuation names itself; everything else is a person (or a script of theirs).
 */
export const CRON_HEADER = "x-vercel-cron-schedule";
const CONTINUATION_HEADER = "x-taktwerk-continuation";

/**
 * What set off a request to a job, and which occurrence it is about: for a person it is `now` itself. A header decides
 * nothing by itself: a cron must be one of this job's, and the ledger continues only runs that it has (`claim`).
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
