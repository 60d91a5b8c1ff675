import { config } from "../config/config.ts";
import type { RunObserver } from "../jobs/execute.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { graceMs, schedulesOf } from "../jobs/schedule.ts";
import type { CheckIn, Monitor } from "../telemetry/check-in.ts";
import { reportCheckIn } from "../telemetry/report-error.ts";
import { MINUTE_MS } from "../time/durations.ts";

/** A run that ends sooner is reported after its answer, which does not wait until the tracker's client is loaded. */
const SHORT_MS = 1_000;

/**
 * Checks runs in with the error tracker: in progress, then ok or error. A run that is continued later, or lost, has not
 * ended. Never throws.
 */
export const checkIns =
  (jobs: JobRegistry): RunObserver =>
  (job, run) => {
    if (config().sentry === undefined) return async () => {};
    const report = (status: CheckIn["status"]): CheckIn => ({
      job,
      attemptId: `${run.id}:${run.attempt}`,
      status,
      monitor: monitorOf(jobs, job, run.scheduledFor, config().stuckJobMs),
    });
    let end = () => {};
    const started = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SHORT_MS);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => reportCheckIn(() => report("in_progress")));
    return async (outcome, durationMs) => {
      end();
      await started;
      if (outcome === "completed") await reportCheckIn(() => ({ ...report("ok"), durationMs }));
      if (outcome === "failed") await reportCheckIn(() => ({ ...report("error"), durationMs }));
    };
  };

/**
 * When the tracker should expect runs of a job: a job that runs at each firing, by the first of its crons. A period is
 * evaluated once, by the first of several firings after its end in the zone. No crontab can say that, so it is expected
 * once a week or month, give or take the distance of those firings.
 */
export function monitorOf(jobs: JobRegistry, job: string, after: Date, longestMs: number): Monitor | undefined {
  const entry = Object.values(jobs).find(({ name }) => name === job);
  const [first] = schedulesOf(entry?.path ?? "");
  if (entry === undefined || first === undefined) return undefined;
  const longestMinutes = Math.ceil(longestMs / MINUTE_MS);
  if (entry.period !== undefined) {
    const schedule = { type: "interval", value: 1, unit: entry.period } as const;
    return { schedule, marginMinutes: MARGIN_MINUTES[entry.period], longestMinutes };
  }
  const marginMinutes = Math.ceil(graceMs(first.expression, after) / MINUTE_MS);
  return { schedule: { type: "crontab", value: first.expression }, marginMinutes, longestMinutes };
}

/** Weekly and monthly firings span 13 hours, and a month may be three days longer than the one before. */
const MARGIN_MINUTES = { week: 16 * 60, month: 4 * 24 * 60 };
