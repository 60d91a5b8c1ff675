import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../config/config.ts";
import { at, type Db, rows } from "../db/db.ts";
import { deleteOldExecutions } from "../jobs/executions/store.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../jobs/job.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { DAY_MS } from "../time/durations.ts";
import { expiredRun, expireRuns } from "./expire.ts";

type Counts = Record<string, number>;

/** One kind of data that is kept for a limited time. Each step runs in transactions of its own: some lock providers. */
export interface CleanupStep {
  /** The name of its step in the record of an execution. */
  name: string;
  /** The names of its counts in the job's response. */
  counts: readonly string[];
  /** Deletes or empties at most `limit` rows of each kind. It runs again until every count stays below the limit. */
  run(tx: Db, now: Date, limit: number): Promise<Counts>;
}

type CleanupState = Progress & Counts;

/** The job that fails stuck runs and deletes data whose time is over. The tick after every job does the rest. */
export const cleanupJob = (steps: readonly CleanupStep[]): OccurrenceJob<CleanupState, Record<string, never>> => ({
  name: "job-cleanup",
  command: "cleanup",
  path: "/api/events/cleanup",
  summary: "Fails stuck runs and deletes data whose retention period has ended.",
  parameters: z.strictObject({}),
  result: z.object({
    cleaned: z.int().meta({ description: "The stuck runs that were failed." }),
    jobs: z.array(expiredRun).meta({ description: "Those runs." }),
    runs: z.array(expiredRun).meta({ description: "The same as `jobs`." }),
    ...Object.fromEntries(steps.flatMap((step) => step.counts.map((name) => [name, z.int()]))),
  }),
  run: (context) => cleanUp(context, steps),
});

const BATCH = 2_000;

async function cleanUp(context: RunContext<CleanupState>, steps: readonly CleanupStep[]): Promise<RunResult> {
  context.step("expire-runs");
  const expired = await expireRuns(context.db, context.now, config().stuckJobMs);
  const zeros = Object.fromEntries(steps.flatMap((step) => step.counts.map((name) => [name, 0])));
  let state: CleanupState = { done: 0, ...zeros, ...context.state, total: steps.length };
  for (const [index, step] of steps.entries()) {
    if (state.done <= index) context.step(step.name);
    while (state.done <= index) {
      state = await context.checkpoint(async (tx) => {
        const counts = await step.run(tx, context.now, BATCH);
        const isFinished = Object.values(counts).every((count) => count < BATCH);
        const next: CleanupState = { ...state, done: state.done + (isFinished ? 1 : 0) };
        for (const [name, count] of Object.entries(counts)) next[name] = (next[name] ?? 0) + count;
        return next;
      });
    }
  }
  const { done: _, total: __, ...counts } = state;
  return { counts: { cleaned: expired.length, ...counts }, details: { jobs: expired, runs: expired } };
}

const RUNS_KEPT_DAYS = 90;

/**
 * Deletes runs of occurrences after 90 days; the few runs of periods stay. It also deletes runs dated in the future:
 * earlier releases took such dates from a header, and such a row would pass for the newest run of its job.
 */
export const oldRuns = (jobs: JobRegistry): CleanupStep => ({
  name: "delete-runs",
  counts: ["runsDeleted"],
  run: async (tx, now, limit) => {
    const before = new Date(now.getTime() - RUNS_KEPT_DAYS * DAY_MS);
    const future = new Date(now.getTime() + DAY_MS);
    let deleted = 0;
    for (const { name } of Object.values(jobs).filter(({ period }) => period === undefined)) {
      const gone = await rows(
        tx,
        sql`delete from job_runs where id in (select id from job_runs
          where job_name = ${name} and (scheduled_for < ${at(before)} and status in ('completed', 'failed')
            or scheduled_for > ${at(future)} and status <> 'running')
          order by scheduled_for limit ${limit - deleted}) returning id`,
      );
      deleted += gone.length;
    }
    return { runsDeleted: deleted };
  },
});

/** Deletes executions after 400 days. */
export const oldExecutions: CleanupStep = {
  name: "delete-executions",
  counts: ["executionsDeleted"],
  run: async (tx, now, limit) => ({ executionsDeleted: await deleteOldExecutions(tx, now, limit) }),
};
