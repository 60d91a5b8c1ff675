import type { PeriodKind } from "../../time/periods.ts";

/** The weekly evaluation's `job_name` in the ledger. */
export const WEEKLY = "weekly-events";
/** The monthly evaluation's `job_name` in the ledger. */
export const MONTHLY = "monthly-events";

/** The evaluations that count a workout. Each must learn of changes to periods that it has evaluated already. */
export const EVALUATIONS: readonly { jobName: string; kind: PeriodKind }[] = [
  { jobName: WEEKLY, kind: "week" },
  { jobName: MONTHLY, kind: "month" },
];
