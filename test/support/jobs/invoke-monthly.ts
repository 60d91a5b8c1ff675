import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import { type PeriodParameters, type PeriodReport, runPeriodJob } from "../../../lib/jobs/period.ts";
import { monthly } from "../../../lib/sport/evaluation/monthly.ts";
import { invocation } from "./invoke-weekly.ts";

/** Fires the monthly job at an instant. */
export function fireMonthly(
  db: Db,
  now: string,
  parameters: Partial<PeriodParameters> = {},
  over: Partial<Invocation> = {},
  job = monthly,
): Promise<PeriodReport> {
  return runPeriodJob(job, { force: false, dryRun: false, date: undefined, ...parameters }, invocation(db, now, over));
}
