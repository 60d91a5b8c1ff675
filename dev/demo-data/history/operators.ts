import type { auditLog } from "../../../lib/audit/schema.ts";
import { DAY_MS, HOUR_MS } from "../../../lib/time/durations.ts";
import { localDate, newestEnded } from "../../../lib/time/periods.ts";
import { DEMO_ACCOUNTS } from "../../accounts/known-accounts.ts";
import { type PastExecution, stepsOf } from "./past-runs.ts";

/** What the operators of the demo club did in the last days. */

export type PastChange = typeof auditLog.$inferInsert;

const before = (now: Date, ms: number): Date => new Date(Number(now) - ms);

function actorOf(firstName: string) {
  const account = DEMO_ACCOUNTS.find(({ name }) => name.startsWith(firstName));
  return { actorKind: "operator", actorId: account?.id ?? null, actorName: account?.name ?? firstName } as const;
}

export const mara = actorOf("Mara");
export const jo = actorOf("Jo");

const WEEK_STEPS = ["count-members", "evaluate-weeks", "rank-friends", "queue-mails", "store-totals"];

/** Two dry runs and a forced one. Their runs are not on the ledger any more, so that the start evaluates these weeks itself. */
export function runsByHand(now: Date, zone: string): PastExecution[] {
  const week = localDate(newestEnded("week", before(now, 5 * DAY_MS), zone).start, zone);
  const run = (
    jobName: string,
    by: typeof mara | typeof jo,
    startedAt: Date,
    parameters: Record<string, unknown>,
    counts: Record<string, unknown>,
  ): PastExecution => ({
    ...by,
    jobName,
    trigger: "manual",
    dryRun: parameters.dryRun === true,
    parameters,
    counts,
    scheduledFor: newestEnded(jobName === "weekly-events" ? "week" : "month", startedAt, zone).end,
    startedAt,
    endedAt: new Date(Number(startedAt) + 3_240),
    outcome: "completed",
    steps: stepsOf(WEEK_STEPS, startedAt, 3_240),
  });
  const counts = { processedUsers: 195, emails: { queued: 0, skipped: 195, failed: 0 } };
  return [
    run(
      "weekly-events",
      mara,
      before(now, 2 * DAY_MS + HOUR_MS),
      { dryRun: true },
      { ...counts, awards: 61, badges: 24 },
    ),
    run("weekly-events", jo, before(now, 5 * DAY_MS), { force: true, week }, { ...counts, awards: 58, badges: 0 }),
    run("monthly-events", jo, before(now, 6 * DAY_MS), { dryRun: true }, { ...counts, awards: 17, badges: 9 }),
  ];
}

/** The log of the changes. */
export function pastChanges(now: Date, zone: string): PastChange[] {
  const week = localDate(newestEnded("week", before(now, 5 * DAY_MS), zone).start, zone);
  const change = (
    by: typeof mara | typeof jo,
    ms: number,
    operation: string,
    subject: string | null,
    details = {},
    outcome: PastChange["outcome"] = "done",
  ): PastChange => ({ ...by, at: before(now, ms), operation, subject, details, outcome });
  return [
    change(jo, 20 * DAY_MS, "saveServices", null, {}),
    change(mara, 16 * DAY_MS - HOUR_MS, "acknowledgeIncident", "2"),
    change(jo, 12 * DAY_MS, "pauseJob", "tracking", { until: null }),
    change(jo, 11 * DAY_MS, "resumeJob", "tracking"),
    change(mara, 8 * DAY_MS, "retryMails", null, { all: true }),
    change(jo, 6 * DAY_MS, "runJob", "monthly", { parameters: { dryRun: true } }),
    change(jo, 5 * DAY_MS, "runJob", "weekly", { parameters: { force: true, week } }),
    change(mara, 3 * DAY_MS, "updateBooking", "a booking that is over", {}, "refused"),
    change(mara, 2 * DAY_MS + HOUR_MS, "runJob", "weekly", { parameters: { dryRun: true } }),
    change(mara, 2 * HOUR_MS, "acknowledgeIncident", "4"),
  ];
}
