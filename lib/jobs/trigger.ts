import type { Trigger } from "./job.ts";

/**
 * What a trigger looks like, and nowhere else: Vercel Cron sends a GET with the fired expression in a header; our own
 * continuation names itself; everything else is a person (or a script of theirs).
 */
const CRON_HEADER = "x-vercel-cron-schedule";
const CONTINUATION_HEADER = "x-taktwerk-continuation";

/** Tells what set off a request to a job. */
export function triggerOf(request: Request): Trigger {
  if (request.headers.has(CONTINUATION_HEADER)) return "continuation";
  return request.headers.has(CRON_HEADER) ? "cron" : "manual";
}

/** The request by which a cron fires. */
export function cronRequest(url: string, secret: string, schedule: string): Request {
  return new Request(url, {
    headers: { Authorization: `Bearer ${secret}`, "User-Agent": "vercel-cron/1.0", [CRON_HEADER]: schedule },
  });
}

/** The request by which a run that reached its deadline is continued. */
export function continuationRequest(url: string, secret: string): Request {
  return new Request(url, { headers: { Authorization: `Bearer ${secret}`, [CONTINUATION_HEADER]: "1" } });
}
