import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { Report } from "../../../lib/jobs/period.ts";
import { monthlyJob } from "../../../lib/sport/evaluation/monthly.ts";
import { weeklyJob } from "../../../lib/sport/evaluation/weekly.ts";
import { fireMonthly } from "./invoke-monthly.ts";
import { fireWeekly } from "./invoke-weekly.ts";

/** A club of so many takes as many steps as one of 4100 does in steps of the real sizes, in a fraction of the time. */
export const CLUB = 41;
const SIZES = { derive: 20, mail: 5 };
const jobs = { week: weeklyJob(SIZES), month: monthlyJob(SIZES) };

/** Fires an evaluation at an instant, in small steps. */
export function fireInSteps(
  kind: "week" | "month",
  db: Db,
  now: string,
  date: string,
  over: Partial<Invocation> = {},
): Promise<Report> {
  return (kind === "week" ? fireWeekly : fireMonthly)(db, now, { date }, over, jobs[kind]);
}
