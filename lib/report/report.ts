import { config } from "../config.ts";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";
import type { CheckIn } from "./check-in.ts";

/**
 * What an error tracker (Sentry) is told, where `SENTRY_DSN` is set: errors, and how runs go. Nothing of it is loaded
 * without a DSN, nothing throws, and nothing takes longer than two seconds; whoever tells leaves it to the background.
 */

/** Where an error came up: ids only. */
export interface Where {
  requestId?: string | undefined;
  runId?: string | undefined;
  job?: string | undefined;
  /** Of the request, without its query. */
  path?: string | undefined;
}

/** Tells of an error. */
export async function reportError(error: unknown, where: Where): Promise<void> {
  if (wasReported(error)) return;
  await quietly("error", async ({ sendError }) => void (await sendError(error, where)));
}

/** A run's failure is told of where it failed, with what it failed of; its answer says no more than that it did. */
const wasReported = (error: unknown): boolean => error instanceof AppError && error.code === "job-failed";

/** Tells how a run goes. */
export function reportCheckIn(checkIn: () => CheckIn): Promise<void> {
  return quietly("check-in", ({ sendCheckIn }) => sendCheckIn(checkIn()));
}

/**
 * Throws an error as a handler might, and tells of it.
 * @returns the event's id.
 * @throws AppError `not-configured` without a DSN, or `unavailable`: why it was not taken.
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

async function quietly(what: string, tell: (sentry: typeof import("./sentry.ts")) => Promise<void>): Promise<void> {
  try {
    if (config().sentry !== undefined) await tell(await import("./sentry.ts"));
  } catch (fault) {
    log("warn", "report_failed", { what, error: describeError(fault) });
  }
}
