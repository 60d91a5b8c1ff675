import { Cron } from "croner";
import vercel from "../../vercel.json" with { type: "json" };
import { HOUR_MS, MINUTE_MS } from "../time/durations.ts";

/** A cron of `vercel.json`, which alone says when jobs run and how long a function may take. */
export interface Schedule {
  /** Path with its query string. */
  path: string;
  /** Five fields, UTC. */
  expression: string;
}

export const SCHEDULES: readonly Schedule[] = vercel.crons.map(({ path, schedule }) => ({
  path,
  expression: schedule,
}));

/** The time limit of every function, in milliseconds. */
export const FUNCTION_LIMIT_MS = vercel.functions["api/**/*.ts"].maxDuration * 1000;

/** The schedules of an endpoint. */
export function schedulesOf(path: string): Schedule[] {
  return SCHEDULES.filter((schedule) => schedule.path.split("?")[0] === path);
}

/** The largest difference between the clocks of the platform and this machine. */
const SKEW_MS = 30_000;

/**
 * The occurrence that a request at `now` belongs to: the last one of the expression, because the platform does not say which.
 * @returns undefined if the expression is not valid.
 */
export function occurrenceOf(expression: string, now: Date): Date | undefined {
  try {
    const cron = new Cron(expression, { timezone: "UTC" });
    return cron.previousRuns(1, new Date(now.getTime() + SKEW_MS))[0];
  } catch {
    return undefined;
  }
}

/** All occurrences of an expression after one instant and up to another (inclusive), at most `most`, oldest first. */
export function occurrencesBetween(expression: string, after: Date, upTo: Date, most: number): Date[] {
  const cron = new Cron(expression, { timezone: "UTC" });
  const occurrences: Date[] = [];
  for (
    let next = cron.nextRun(after);
    next !== null && next <= upTo && occurrences.length < most;
    next = cron.nextRun(next)
  ) {
    occurrences.push(next);
  }
  return occurrences;
}

const SHORTEST_GRACE_MS = 10 * MINUTE_MS;
const LONGEST_GRACE_MS = 2 * HOUR_MS;

/** How late a cron may be before its run counts as missed: half its interval, between ten minutes and two hours. */
export function graceMs(expression: string, after: Date): number {
  const [first, second] = new Cron(expression, { timezone: "UTC" }).nextRuns(2, after);
  if (first === undefined || second === undefined) return LONGEST_GRACE_MS;
  return Math.min(LONGEST_GRACE_MS, Math.max(SHORTEST_GRACE_MS, (Number(second) - Number(first)) / 2));
}

/** The newest occurrence of an expression after an instant whose grace is over by `now`. */
export function lastOverdue(expression: string, after: Date, now: Date): Date | undefined {
  const latest = new Date(now.getTime() - graceMs(expression, now));
  const last = new Cron(expression, { timezone: "UTC" }).previousRuns(1, latest)[0];
  return last !== undefined && last > after ? last : undefined;
}

/** The first instant after `after` at which any of these fires. */
export function nextFiring(schedules: readonly Schedule[], after: Date): Date | undefined {
  const next = schedules
    .map(({ expression }) => new Cron(expression, { timezone: "UTC" }).nextRun(after))
    .filter((firing) => firing !== null);
  return next.sort((a, b) => Number(a) - Number(b))[0];
}
