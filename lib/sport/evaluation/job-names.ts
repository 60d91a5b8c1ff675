import type { PeriodKind } from "../../time/periods.ts";

/** `job_name` under which weeks are on record. */
export const WEEKLY = "weekly-events";
/** `job_name` under which months are on record. */
export const MONTHLY = "monthly-events";

/** The evaluations that a workout counts in: each hears of changes to periods it may have evaluated already. */
export const EVALUATIONS: readonly { jobName: string; kind: PeriodKind }[] = [
  { jobName: WEEKLY, kind: "week" },
  { jobName: MONTHLY, kind: "month" },
];
