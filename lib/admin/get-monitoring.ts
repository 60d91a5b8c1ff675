import * as z from "zod";
import { slotMetricsAnswer } from "../booking/metrics/metrics-schema.ts";
import { slotMetrics } from "../booking/metrics/slot-metrics.ts";
import { config } from "../config/config.ts";
import type { Db } from "../db/db.ts";
import { viewers } from "../http/access.ts";
import { operation } from "../http/operation.ts";
import { sentInstant } from "../http/responses/fields.ts";
import { loadPauses, type Pauses } from "../jobs/pauses.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { nextFiring, schedulesOf } from "../jobs/schedule.ts";
import { attendanceSummary, readAttendance } from "./attendance-summary.ts";
import { dispatchIntervalMs } from "./dispatch-interval.ts";
import { incidentsSummary, readIncidents } from "./incidents/incidents-summary.ts";
import { pauseResponse } from "./jobs/pause-operations.ts";
import {
  type JobStats,
  jobStats,
  readFailures,
  readJobStats,
  readMissed,
  readStuck,
  runLists,
} from "./jobs-summary.ts";
import { mailQueue, mailStats, recentMail } from "./mail-schema.ts";
import { readMailStats, readQueue, readRecentMails } from "./mail-summary.ts";
import { readSites, sitesSummary } from "./sites-summary.ts";

const jobSummary = z
  .object({
    jobName: z.string(),
    command: z.string().meta({ description: "The job, as the command line names it." }),
    path: z.string().meta({ description: "Its endpoint." }),
    nextExpectedRun: sentInstant.nullable().meta({ description: "When a cron runs it next; null without a cron." }),
    lastRun: sentInstant.nullable().meta({ description: "When the newest run started." }),
    lastSuccess: sentInstant.nullable().meta({ description: "When the newest completed run started." }),
    p50Ms: z.int().nullable().meta({ description: "The median duration of completed runs, in milliseconds." }),
    p95Ms: z.int().nullable().meta({ description: "The 95th percentile of the duration, in milliseconds." }),
    successRate: z
      .number()
      .nullable()
      .meta({ description: "The share of successful runs in percent with two decimals; null if no run was due." }),
    missed: z.int().meta({ description: "The number of missed runs." }),
    pausedSince: sentInstant.nullable().meta({ description: "When it was paused; null if it is not." }),
    pausedUntil: sentInstant.nullable().meta({ description: "When its pause ends by itself; null without an end." }),
  })
  .meta({ id: "JobSummary", description: "The runs of a job over 30 days." });

const monitoring = z
  .object({
    status: z.literal("ok"),
    at: sentInstant.meta({ description: "When it was read." }),
    incidents: incidentsSummary,
    jobs: z.object({
      stats: z.array(jobStats).meta({ description: "Over 30 days." }),
      byJob: z.array(jobSummary).meta({ description: "Every job, also those that have never run." }),
      ...runLists,
    }),
    emails: z.object({
      stats: z.array(mailStats).meta({ description: "Of the last 7 days." }),
      recent: z.array(recentMail).meta({ description: "The 50 newest mails of the last 24 hours." }),
      queue: mailQueue,
    }),
    slots: slotMetricsAnswer.omit({ at: true, providers: true }).meta({
      id: "SlotSummary",
      description: "Coverage, density and booking rate of the next 30 days.",
    }),
    attendance: attendanceSummary,
    sites: sitesSummary,
  })
  .meta({ id: "Monitoring", description: "The state of jobs, mails, slots, attendance and sites." });

/** Everything an operator wants to see, in one answer (docs/domain.md, section 5). */
const getMonitoring = (jobs: JobRegistry) =>
  operation({
    id: "getMonitoring",
    method: "GET",
    path: "/api/admin/monitoring",
    access: viewers,
    summary: "Shows everything an operator wants to see: jobs, mails, slots, attendance, sites, and open incidents.",
    responses: { 200: { description: "The state of the system.", schema: monitoring } },
    handle: ({ db, now }) => monitor(db, jobs, now),
  });

export const operations = (jobs: JobRegistry) => [getMonitoring(jobs)];

/** Reads it all, side by side: each part is one statement on an index. */
async function monitor(db: Db, jobs: JobRegistry, now: Date) {
  const { stuckJobMs, mail } = config();
  const [stats, recentFailures, missed, stuckJobs, mails, recent, queue, incidents, pauses, slots, attendance, sites] =
    await Promise.all([
      readJobStats(db, now),
      readFailures(db, now),
      readMissed(db, now),
      readStuck(db, now, stuckJobMs),
      readMailStats(db, now),
      readRecentMails(db, now),
      readQueue(db, now, mail.dispatchLimit, dispatchIntervalMs(jobs, now)),
      readIncidents(db),
      loadPauses(db),
      slotMetrics(db, SLOT_DAYS, undefined, now),
      readAttendance(db, now),
      readSites(db, now),
    ]);
  const { providers: _, ...slotFigures } = slots;
  return {
    status: "ok" as const,
    at: now,
    incidents,
    jobs: {
      stats: stats.map(publicStats),
      byJob: summaries(jobs, stats, pauses, now),
      recentFailures,
      missed,
      stuckJobs,
    },
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
function summaries(jobs: JobRegistry, stats: JobStats[], pauses: Pauses, now: Date) {
  return Object.entries(jobs).map(([command, { name, path }]) => {
    const own = stats.filter(({ jobName }) => jobName === name);
    const sum = (figure: (stats: JobStats) => number) => own.reduce((total, stats) => total + figure(stats), 0);
    const completed = own.find(({ status }) => status === "completed");
    const pause = pauseResponse(pauses.get(name), now);
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
      successRate: ended === 0 ? null : Math.round((10_000 * succeeded) / ended) / 100,
      missed: sum(({ missedCount }) => missedCount),
      pausedSince: pause?.since ?? null,
      pausedUntil: pause?.until ?? null,
    };
  });
}

const later = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b > a) ? b : a);
