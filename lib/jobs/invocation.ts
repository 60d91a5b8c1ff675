import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { currentMs } from "../time/clock.ts";
import type { Invocation, RunObserver } from "./execute.ts";
import type { Trigger } from "./job.ts";
import { FUNCTION_LIMIT_MS } from "./schedule.ts";

/** A run stops and stays resumable this long before the platform would kill it. */
const MARGIN_MS = 10_000;

/** When a function that started at an instant has to stop, in milliseconds since the epoch. */
export const functionDeadline = (startedAt: Date): number => startedAt.getTime() + FUNCTION_LIMIT_MS - MARGIN_MS;

/**
 * An invocation in this process, with its clock and its settings.
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
