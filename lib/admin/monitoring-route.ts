import { slotMetrics } from "../booking/metrics/slot-metrics.ts";
import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { defineRoute, method } from "../http/define-route.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";
import { readAttendance } from "./attendance-summary.ts";
import { dispatchIntervalMs } from "./dispatch-interval.ts";
import { readIncidents } from "./incidents-summary.ts";
import { type JobStats, readFailures, readJobStats, readMissed, readStuck } from "./jobs-summary.ts";
import { readMailStats, readQueue, readRecentMails } from "./mail-summary.ts";
import { readSites } from "./sites-summary.ts";

/** `GET /api/admin/monitoring`: everything an operator wants to see, in one answer (docs/domain.md, section 5). */
export const monitoringRoute = (jobs: JobRegistry) =>
  defineRoute({
    GET: method({
      summary: "Everything an operator wants to see: jobs, mails, slots, attendance, sites, and open incidents.",
      handle: ({ db, now }) => monitor(db, jobs, now),
    }),
  });

/** Reads it all, side by side: each part is one statement on an index. */
async function monitor(db: Db, jobs: JobRegistry, now: Date) {
  const { stuckJobMs, mail } = config();
  const [stats, recentFailures, missed, stuckJobs, mails, recent, queue, incidents, slots, attendance, sites] =
    await Promise.all([
      readJobStats(db, now),
      readFailures(db, now),
      readMissed(db, now),
      readStuck(db, now, stuckJobMs),
      readMailStats(db, now),
      readRecentMails(db, now),
      readQueue(db, now, mail.dispatchLimit, dispatchIntervalMs(jobs, now)),
      readIncidents(db),
      slotMetrics(db, SLOT_DAYS, undefined, now),
      readAttendance(db, now),
      readSites(db, now),
    ]);
  const { providers: _, ...slotFigures } = slots;
  return {
    status: "ok",
    at: now,
    incidents,
    jobs: { stats: stats.map(publicStats), byJob: summaries(jobs, stats, now), recentFailures, missed, stuckJobs },
    emails: { stats: mails, recent, queue },
    slots: slotFigures,
    attendance,
    sites,
  };
}

/** The window ahead that slots are maintained for every day. */
const SLOT_DAYS = 30;

/** The figures of a job and status as the contract names them. */
function publicStats({ p50Ms: _p50, p95Ms: _p95, ...stats }: JobStats) {
  return stats;
}

/** A summary of each job, also of jobs that have never run. */
function summaries(jobs: JobRegistry, stats: JobStats[], now: Date) {
  return Object.entries(jobs).map(([command, { name, path }]) => {
    const own = stats.filter(({ jobName }) => jobName === name);
    const sum = (figure: (stats: JobStats) => number) => own.reduce((total, stats) => total + figure(stats), 0);
    const completed = own.find(({ status }) => status === "completed");
    const succeeded = sum(({ completedCount }) => completedCount);
    const ended = succeeded + sum(({ failedCount, missedCount }) => failedCount + missedCount);
    return {
      jobName: name,
      command,
      path,
      nextExpectedRun: nextFiring(schedulesOf(path), now) ?? null,
      lastRun: own.map(({ lastRun }) => lastRun).reduce(later, null),
      lastSuccess: completed?.lastRun ?? null,
      p50Ms: completed?.p50Ms ?? null,
      p95Ms: completed?.p95Ms ?? null,
      /** The share of successful runs in percent; null if no run was due. */
      successRate: ended === 0 ? null : Math.round((10_000 * succeeded) / ended) / 100,
      missed: sum(({ missedCount }) => missedCount),
    };
  });
}

const later = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b > a) ? b : a);
