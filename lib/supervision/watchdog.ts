import { config } from "../config/config.ts";
import { describeError } from "../errors.ts";
import type { RunObserver } from "../jobs/execute.ts";
import { log } from "../log.ts";

/**
 * Pings to a watchdog outside (healthchecks.io and those that speak like it), so that silence itself is noticed: where
 * nothing runs any more, nothing here could say so.
 */
const PING_MS = 5_000;

type Signal = "start" | "success" | "fail";

/** Tells the watchdog that a run starts and how it ends; a run that is continued later has not ended. */
export const pingWatchdog: RunObserver = (job, run) => {
  const started = ping(job, "start", run.id);
  return async (outcome) => {
    await started;
    if (outcome === "completed") await ping(job, "success", run.id);
    if (outcome === "failed") await ping(job, "fail", run.id);
  };
};

/** Does nothing without HEALTHCHECKS_PING_URL. Never throws. */
async function ping(job: string, signal: Signal, runId: string): Promise<void> {
  const { pingUrl } = config();
  if (pingUrl === undefined) return;
  try {
    await fetch(pingAddress(pingUrl, job, signal, runId), { method: "POST", signal: AbortSignal.timeout(PING_MS) });
  } catch (error) {
    log("warn", "ping_failed", { job, signal, runId, error: describeError(error) });
  }
}

/** `…/start?rid=<run>`, `…?rid=<run>`, `…/fail?rid=<run>`; `{job}` in the URL is the job's name. */
export function pingAddress(template: string, job: string, signal: Signal, runId: string): string {
  const url = new URL(template.replaceAll("{job}", job));
  if (signal !== "success") url.pathname = `${url.pathname.replace(/\/$/, "")}/${signal}`;
  url.searchParams.set("rid", runId);
  return url.href;
}
