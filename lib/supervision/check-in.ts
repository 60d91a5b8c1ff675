import { JOBS } from "../app/registry.ts";
import { config } from "../config/config.ts";
import type { Outcome } from "../jobs/execute.ts";
import type { Held } from "../jobs/ledger.ts";
import { graceMs, schedulesOf } from "../jobs/schedule.ts";
import type { CheckIn, Monitor } from "../telemetry/check-in.ts";
import { reportCheckIn } from "../telemetry/report-error.ts";

/** A run that is over by then is told of after its answer, which does not wait for the tracker's client to be loaded. */
const SHORT_MS = 1_000;

/**
 * Tells the error tracker that a run has begun, or goes on.
 * @returns tells how it ended; a run that was laid down or lost is not over. Never throws.
 */
export function checkIn(job: string, held: Held): (outcome: Outcome["status"], durationMs: number) => Promise<void> {
  if (config().sentry === undefined) return async () => {};
  let over = () => {};
  const begun = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, SHORT_MS);
    over = () => {
      clearTimeout(timer);
      resolve();
    };
  }).then(() => reportCheckIn(() => checkInOf(job, held, "in_progress")));
  return async (outcome, durationMs) => {
    over();
    await begun;
    if (outcome === "completed") await reportCheckIn(() => ({ ...checkInOf(job, held, "ok"), durationMs }));
    if (outcome === "failed") await reportCheckIn(() => ({ ...checkInOf(job, held, "error"), durationMs }));
  };
}

const checkInOf = (job: string, { id, attempt, scheduledFor }: Held, status: CheckIn["status"]): CheckIn => ({
  job,
  attemptId: `${id}:${attempt}`,
  status,
  monitor: monitorOf(job, scheduledFor, config().stuckJobMs),
});

const MINUTE_MS = 60_000;

/**
 * When runs of a job are expected. One that runs at each firing of its crons by the first of them, as `vercel.json` has it;
 * others are for the same time on some days, or for more. A period is evaluated once, at whichever of several firings comes
 * first after its end in the zone, which no crontab says: once a week or a month, give or take how far those lie apart.
 */
export function monitorOf(job: string, after: Date, longestMs: number): Monitor | undefined {
  const entry = Object.values(JOBS).find(({ name }) => name === job);
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

/** Weekly firings lie 13 hours apart; monthly ones also, and a month may be three days longer than the one before. */
const MARGIN_MINUTES = { week: 16 * 60, month: 4 * 24 * 60 };
