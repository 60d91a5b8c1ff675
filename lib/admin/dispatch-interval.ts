import type { JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";

/** The time between the next two runs of the dispatcher after `now`, in milliseconds; 0 if no cron runs it. */
export function dispatchIntervalMs(jobs: JobRegistry, now: Date): number {
  const schedules = schedulesOf(jobs.dispatch?.path ?? "");
  const first = nextFiring(schedules, now);
  const second = first && nextFiring(schedules, first);
  return first === undefined || second === undefined ? 0 : Number(second) - Number(first);
}
