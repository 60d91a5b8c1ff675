import { OBSERVERS } from "../../../lib/app/job-host.ts";
import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import { type PeriodParameters, type PeriodReport, runPeriodJob } from "../../../lib/jobs/period.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";

/** The parameters of an invocation at an instant, with a clock that stands still there. */
export function invocation(db: Db, now: string, over: Partial<Invocation> = {}): Invocation {
  const instant = new Date(now);
  return {
    db,
    now: instant,
    clock: () => instant.getTime(),
    observers: OBSERVERS,
    deadline: Number.POSITIVE_INFINITY,
    trigger: "cron",
    jobTimeoutMs: 1_800_000,
    settlementDays: 7,
    zone: "UTC",
    ...over,
  };
}

/** Fires the weekly job at an instant. */
export function fireWeekly(
  db: Db,
  now: string,
  parameters: Partial<PeriodParameters> = {},
  over: Partial<Invocation> = {},
  job = weekly,
): Promise<PeriodReport> {
  return runPeriodJob(job, { force: false, dryRun: false, date: undefined, ...parameters }, invocation(db, now, over));
}
