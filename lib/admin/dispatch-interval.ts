import type { JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";

/** How far apart two firings of the dispatcher are, from `now` on, in milliseconds; 0 where no cron fires it. */
export function dispatchIntervalMs(jobs: JobRegistry, now: Date): number {
  const schedules = schedulesOf(jobs.dispatch?.path ?? "");
  const first = nextFiring(schedules, now);
  const second = first && nextFiring(schedules, first);
  return first === undefined || second === undefined ? 0 : Number(second) - Number(first);
}
