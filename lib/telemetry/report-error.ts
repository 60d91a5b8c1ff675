import { config } from "../config/config.ts";
import { DatabaseUnavailable, type Outage, whyUnavailable } from "../db/failures/unavailable.ts";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";
import { HOUR_MS } from "../time/durations.ts";
import type { CheckIn } from "./check-in.ts";
import type { Where } from "./sentry-event.ts";

/**
 * Reports errors and check-ins to an error tracker (Sentry) if `SENTRY_DSN` is set; otherwise nothing is loaded. These functions do
 * not throw and take two seconds at most. Callers run them in the background.
 */

/** Reports an error. */
export async function reportError(error: unknown, where: Where): Promise<void> {
  if (wasReported(error) || isRepeated(error)) return;
  await quietly("error", async ({ sendError }) => void (await sendError(error, where)));
}

/** The failure of a run was reported with its cause when the run failed; the error of the response adds nothing. */
const wasReported = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.code === "job-failed" || (error instanceof DatabaseUnavailable && error.cause === undefined));

/** An outage of the database affects every request, so it is reported once in this time. */
const OUTAGE_MS = HOUR_MS;
const outages = new Map<Outage, number>();

function isRepeated(error: unknown): boolean {
  const outage = config().sentry === undefined ? undefined : whyUnavailable(error);
  if (outage === undefined) return false;
  const now = performance.now();
  const last = outages.get(outage);
  if (last !== undefined && now - last < OUTAGE_MS) return true;
  outages.set(outage, now);
  return false;
}

/** Reports the state of a run. */
export function reportCheckIn(checkIn: () => CheckIn): Promise<void> {
  return quietly("check-in", ({ sendCheckIn }) => sendCheckIn(checkIn()));
}

/**
 * Reports a test error, thrown as in a handler.
 * @returns The id of the event.
 * @throws AppError `not-configured` without a DSN; `unavailable` with the reason if the tracker did not accept it.
 */
export async function reportTestError(where: Where): Promise<string> {
  if (config().sentry === undefined) {
    throw new AppError("not-configured", "SENTRY_DSN: expected a DSN, got none; errors are only logged");
  }
  const { sendError } = await import("./sentry.ts");
  try {
    throw new Error("This is a test. If you read it, errors reach you.");
  } catch (error) {
    return sendError(error, where);
  }
}

async function quietly(what: string, report: (sentry: typeof import("./sentry.ts")) => Promise<void>): Promise<void> {
  try {
    if (config().sentry !== undefined) await report(await import("./sentry.ts"));
  } catch (fault) {
    log("warn", "report_failed", { what, error: describeError(fault) });
  }
}
