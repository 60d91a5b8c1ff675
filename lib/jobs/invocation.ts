import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { currentMs } from "../time/clock.ts";
import type { Invocation, RunObserver } from "./execute.ts";
import type { Trigger } from "./job.ts";
import { FUNCTION_LIMIT_MS } from "./schedule.ts";

/** How long before the platform's time limit a run pauses. */
const MARGIN_MS = 10_000;

/** When a function must stop that started at an instant, in milliseconds since the epoch. */
export const functionDeadline = (startedAt: Date): number => startedAt.getTime() + FUNCTION_LIMIT_MS - MARGIN_MS;

/**
 * Creates an invocation with the clock and the settings of this process.
 * @param deadline When to stop, in milliseconds since the epoch.
 */
export function createInvocation(
  db: Db,
  now: Date,
  trigger: Trigger,
  deadline: number,
  observers: readonly RunObserver[] = [],
): Invocation {
  const { jobTimeoutMs, sport, timeZone } = config();
  return {
    db,
    now,
    clock: currentMs,
    deadline,
    trigger,
    jobTimeoutMs,
    settlementDays: sport.settlementDays,
    zone: timeZone,
    observers,
  };
}
