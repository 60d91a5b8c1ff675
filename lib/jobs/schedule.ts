import { Cron } from "croner";
import vercel from "../../vercel.json" with { type: "json" };

/** `vercel.json` is the one place that says when jobs fire and how long a function may take. */
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

/** The first instant after `after` at which any of these fires. */
export function nextFiring(schedules: readonly Schedule[], after: Date): Date | undefined {
  const next = schedules
    .map(({ expression }) => new Cron(expression, { timezone: "UTC" }).nextRun(after))
    .filter((firing) => firing !== null);
  return next.sort((a, b) => Number(a) - Number(b))[0];
}
