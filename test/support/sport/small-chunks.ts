import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { PeriodReport } from "../../../lib/jobs/period.ts";
import { monthlyJob } from "../../../lib/sport/evaluation/monthly.ts";
import { weeklyJob } from "../../../lib/sport/evaluation/weekly.ts";
import { fireMonthly } from "../jobs/invoke-monthly.ts";
import { fireWeekly } from "../jobs/invoke-weekly.ts";

/** In small chunks, a club of 41 takes as many steps as one of 4100 in chunks of the real sizes, in much less time. */
export const CLUB_SIZE = 41;
const CHUNK_SIZES = { derive: 20, mail: 5 };
const JOBS = { week: weeklyJob(CHUNK_SIZES), month: monthlyJob(CHUNK_SIZES) };

/** Fires an evaluation at an instant, in small chunks. */
export function evaluateInSmallChunks(
  kind: "week" | "month",
  db: Db,
  now: string,
  date: string,
  over: Partial<Invocation> = {},
): Promise<PeriodReport> {
  return (kind === "week" ? fireWeekly : fireMonthly)(db, now, { date }, over, JOBS[kind]);
}
