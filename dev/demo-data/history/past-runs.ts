import { randomUUID } from "node:crypto";
import type { ExecutionStep } from "../../../lib/jobs/executions/record.ts";
import { occurrencesBetween, schedulesOf } from "../../../lib/jobs/schedule.ts";
import type { jobExecutions, jobRuns } from "../../../lib/jobs/schema.ts";
import { DAY_MS } from "../../../lib/time/durations.ts";
import { seededRandom } from "../seeded-random.ts";

/** The runs that the crons of the demo club would have started in the last 30 days, with one that failed. Pure but for ids. */

export type PastRun = typeof jobRuns.$inferInsert & { id: string };
export type PastExecution = typeof jobExecutions.$inferInsert;

export interface PastJob {
  name: string;
  path: string;
  steps: readonly string[];
  /** The usual duration in milliseconds. */
  usualMs: number;
  isFrequent?: boolean;
  counts: (random: () => number, scheduledFor: Date) => Record<string, number | string>;
}

const DAYS = 30;
/** The days of jobs that run every quarter of an hour: thousands of their runs tell no more than hundreds. */
const FREQUENT_DAYS = 7;

const upTo = (random: () => number, most: number): number => Math.floor(random() * (most + 1));

/** The jobs that run at each firing of their crons. Weeks are evaluated by the start itself. */
const JOBS: readonly PastJob[] = [
  {
    name: "email-dispatch",
    path: "/api/events/emails/dispatch",
    steps: ["recover-mails", "send-mails", "count-waiting"],
    usualMs: 420,
    isFrequent: true,
    counts: (random, at) => {
      const isDay = at.getUTCHours() > 5 && at.getUTCHours() < 20;
      return { processed: isDay ? upTo(random, 3) : 0, retrying: 0, failed: 0, skipped: 0, remaining: 0 };
    },
  },
  {
    name: "job-cleanup",
    path: "/api/events/cleanup",
    steps: ["expire-runs", "forget-mails", "delete-runs", "release-holds", "forget-rates"],
    usualMs: 160,
    counts: (random) => ({ cleaned: 0, mailsEmptied: upTo(random, 4), runsDeleted: 0, holdsReleased: upTo(random, 2) }),
  },
  {
    name: "slot-maintenance",
    path: "/api/events/slots",
    steps: ["plan-slots", "write-slots"],
    usualMs: 2_900,
    counts: (random) => ({
      services: 25,
      added: 40 + upTo(random, 30),
      changed: upTo(random, 5),
      removed: upTo(random, 3),
    }),
  },
  {
    name: "calendar-tracking",
    path: "/api/events/tracking",
    steps: ["plan-days", "read-calendars", "compute-days", "reclassify-appointments", "queue-report"],
    usualMs: 1_800,
    counts: (random) => ({
      daysRead: 14,
      appointments: 230 + upTo(random, 40),
      added: upTo(random, 18),
      changed: upTo(random, 9),
    }),
  },
  {
    name: "site-processing",
    path: "/api/v1/track/process",
    steps: ["prepare-partitions", "count-pending"],
    usualMs: 90,
    isFrequent: true,
    counts: () => ({ staged: 0, processed: 0, deadLetters: 0, replayed: 0 }),
  },
];

/** When the run of the attendance failed once. */
export const failureAt = (now: Date): Date => {
  const day = new Date(Number(now) - 9 * DAY_MS);
  day.setUTCHours(22, 0, 0, 0);
  return day;
};

export const FAILURE = { code: "unavailable", message: "Google Calendar answered 503: The service is unavailable." };

export function pastRuns(now: Date): { runs: PastRun[]; executions: PastExecution[] } {
  const random = seededRandom(31);
  const runs: PastRun[] = [];
  const executions: PastExecution[] = [];
  for (const job of JOBS) {
    for (const scheduledFor of pastOccurrences(job, now)) {
      const isFailure = job.name === "calendar-tracking" && Number(scheduledFor) === Number(failureAt(now));
      const startedAt = new Date(Number(scheduledFor) + 400 + upTo(random, 2_600));
      const first = executionOf(job, scheduledFor, startedAt, random);
      const run: PastRun = { ...runOf(first), attempt: isFailure ? 2 : 1 };
      runs.push(run);
      if (!isFailure) executions.push({ ...first, runId: run.id });
      else executions.push(...failedAndRetried(job, { ...first, runId: run.id }, random));
    }
  }
  return { runs, executions };
}

/** The last occurrence of each cron is left to the start, which runs the job itself. */
function pastOccurrences({ path, isFrequent }: PastJob, now: Date): Date[] {
  const from = new Date(Number(now) - (isFrequent ? FREQUENT_DAYS : DAYS) * DAY_MS);
  const due = schedulesOf(path).flatMap(({ expression }) =>
    occurrencesBetween(expression, from, now, 10_000).slice(0, -1),
  );
  return [...new Set(due.map(Number))].sort((a, b) => a - b).map((ms) => new Date(ms));
}

type Ended = PastExecution & { startedAt: Date; endedAt: Date };

function executionOf(job: PastJob, scheduledFor: Date, startedAt: Date, random: () => number): Ended {
  const ms = Math.round(job.usualMs * (0.6 + random() ** 3 * 2));
  return {
    jobName: job.name,
    scheduledFor,
    trigger: "cron",
    startedAt,
    endedAt: new Date(Number(startedAt) + ms),
    outcome: "completed",
    counts: job.counts(random, scheduledFor),
    steps: stepsOf(job.steps, startedAt, ms),
  };
}

/** Divides a duration among steps; the second, which does the work, takes most of it. */
export function stepsOf(names: readonly string[], startedAt: Date, ms: number): ExecutionStep[] {
  const shares = names.map((_, index) => (index === 1 ? names.length : 1));
  const all = shares.reduce((sum, share) => sum + share, 0);
  let at = Number(startedAt);
  return names.map((name, index) => {
    const step = { name, startedAt: new Date(at).toISOString(), ms: Math.round((ms * (shares[index] ?? 1)) / all) };
    at += step.ms;
    return { ...step, chunks: 1, outcome: "completed" };
  });
}

export function runOf({ jobName, scheduledFor, startedAt, endedAt, trigger, counts }: Ended): PastRun {
  return {
    id: randomUUID(),
    jobName,
    scheduledFor: scheduledFor ?? startedAt,
    startedAt,
    completedAt: endedAt,
    status: "completed",
    trigger: trigger === "manual" ? "manual" : "cron",
    metadata: { ...(counts as object), durationMs: Number(endedAt) - Number(startedAt) },
  };
}

function failedAndRetried(job: PastJob, first: Ended, random: () => number): PastExecution[] {
  const steps = stepsOf(job.steps.slice(0, 2), first.startedAt, 5_200);
  const log = [
    { at: new Date(Number(first.startedAt) + 5_200).toISOString(), level: "error", event: "failed", fields: FAILURE },
  ];
  const retriedAt = new Date(Number(first.startedAt) + 65_000);
  const retry = executionOf(job, first.scheduledFor ?? first.startedAt, retriedAt, random);
  return [
    {
      ...first,
      endedAt: new Date(Number(first.startedAt) + 5_200),
      outcome: "failed",
      counts: null,
      error: FAILURE,
      steps: steps.map((step, index) => (index === 1 ? { ...step, outcome: "failed" } : step)),
      log,
    },
    { ...retry, runId: first.runId, trigger: "continuation", attempt: 2 },
  ];
}
