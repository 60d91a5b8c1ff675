import { config } from "../config/config.ts";
import { describeError } from "../errors.ts";
import type { Outcome } from "../jobs/execute.ts";
import { log } from "../log.ts";

/**
 * Pings to a watchdog outside (healthchecks.io and those that speak like it), so that silence itself is noticed: where
 * nothing runs any more, nothing here could say so.
 */
const PING_MS = 5_000;

type Signal = "start" | "success" | "fail";

/** Tells the watchdog how a run goes; does nothing where none is configured. Never throws. */
export async function ping(job: string, signal: Signal, runId: string): Promise<void> {
  const { pingUrl } = config();
  if (pingUrl === undefined) return;
  try {
    await fetch(pingAddress(pingUrl, job, signal, runId), { method: "POST", signal: AbortSignal.timeout(PING_MS) });
  } catch (error) {
    log("warn", "ping_failed", { job, signal, runId, error: describeError(error) });
  }
}

/** Tells the watchdog how a run ended; a run that was laid down or lost is not over. */
export async function pingOutcome(job: string, runId: string, status: Outcome["status"]): Promise<void> {
  if (status === "completed") await ping(job, "success", runId);
  if (status === "failed") await ping(job, "fail", runId);
}

/** `…/start?rid=<run>`, `…?rid=<run>`, `…/fail?rid=<run>`; `{job}` in the URL is the job's name. */
export function pingAddress(template: string, job: string, signal: Signal, runId: string): string {
  const url = new URL(template.replaceAll("{job}", job));
  if (signal !== "success") url.pathname = `${url.pathname.replace(/\/$/, "")}/${signal}`;
  url.searchParams.set("rid", runId);
  return url.href;
}
