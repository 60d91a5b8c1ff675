import { sql } from "drizzle-orm";
import * as z from "zod";
import { forgetRaw } from "../analytics/retention.ts";
import { JOBS } from "../app/registry.ts";
import { anonymizeAppointments } from "../attendance/retention.ts";
import { cancelNeverConfirmed, forgetCustomers } from "../booking/bookings/cancel-unconfirmed.ts";
import { releaseExpiredHolds } from "../booking/free-slots/holds.ts";
import { config } from "../config/config.ts";
import { at, type Db, rows } from "../db/db.ts";
import { forgetRates } from "../http/rate-limit/retention.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../jobs/job.ts";
import { forgetOldMails } from "../mail/queue/retention.ts";
import { expireRuns } from "./expire.ts";

interface Counts {
  mailsEmptied: number;
  mailsDeleted: number;
  runsDeleted: number;
  holdsReleased: number;
  bookingsCancelled: number;
  bookingsForgotten: number;
  appointmentsForgotten: number;
  rawDaysDropped: number;
  eventIdsForgotten: number;
  deadLettersForgotten: number;
  ratesForgotten: number;
}

type CleanupState = Progress & Counts;

/** Fails what is stuck, and forgets what is kept no longer. The tick that follows every job does the rest. */
export const cleanup: OccurrenceJob<CleanupState, Record<string, never>> = {
  name: "job-cleanup",
  command: "cleanup",
  path: "/api/events/cleanup",
  summary: "Fails runs that are stuck, and forgets what is kept no longer.",
  parameters: z.strictObject({}),
  run: cleanUp,
};

async function cleanUp(context: RunContext<CleanupState>): Promise<RunResult> {
  const cleaned = await expireRuns(context.db, context.now, config().stuckJobMs);
  let state: CleanupState = { done: 0, ...NOTHING, ...context.state, total: TASKS.length };
  for (const [index, task] of TASKS.entries()) {
    while (state.done <= index) {
      state = await context.checkpoint(async (tx) => {
        const counts = await task(tx, context.now);
        const more = Object.values(counts).some((count) => count >= BATCH);
        const next = { ...state, done: state.done + (more ? 0 : 1) };
        for (const [name, count] of Object.entries(counts)) next[name as keyof Counts] += count;
        return next;
      });
    }
  }
  const { done: _, total: __, ...counts } = state;
  return { counts: { cleaned: cleaned.length, ...counts }, details: { runs: cleaned } };
}

const NOTHING: Counts = {
  mailsEmptied: 0,
  mailsDeleted: 0,
  runsDeleted: 0,
  holdsReleased: 0,
  bookingsCancelled: 0,
  bookingsForgotten: 0,
  appointmentsForgotten: 0,
  rawDaysDropped: 0,
  eventIdsForgotten: 0,
  deadLettersForgotten: 0,
  ratesForgotten: 0,
};

type Task = (tx: Db, now: Date) => Promise<Partial<Counts>>;

/**
 * What there is to forget, in transactions of at most a batch. Each is one of its own: two of them lock providers, and
 * must not hold anything else meanwhile.
 */
const TASKS: readonly Task[] = [
  async (tx, now) => {
    const { emptied, deleted } = await forgetOldMails(tx, now, config().mail.retentionDays, BATCH);
    return { mailsEmptied: emptied, mailsDeleted: deleted };
  },
  async (tx, now) => ({ runsDeleted: await deleteOldRuns(tx, now) }),
  async (tx, now) => ({ holdsReleased: await releaseExpiredHolds(tx, undefined, now) }),
  async (tx, now) => ({ bookingsCancelled: await cancelNeverConfirmed(tx, now, BATCH) }),
  async (tx, now) => ({ bookingsForgotten: await forgetCustomers(tx, now, config().bookings.retentionDays, BATCH) }),
  async (tx, now) => ({
    appointmentsForgotten: await anonymizeAppointments(tx, now, config().tracking.retentionDays, BATCH),
  }),
  async (tx, now) => ({ ...(await forgetRaw(tx, now, config().site.rawRetentionDays, BATCH)) }),
  async (tx, now) => ({ ratesForgotten: await forgetRates(tx, now, BATCH) }),
];

const BATCH = 2_000;
const RUNS_KEPT_DAYS = 90;

/**
 * Occurrences of three months ago have proved what they had to; periods are few, and stay. One dated in the future goes
 * too: earlier releases took such dates from a header, and the row would pass for the job's newest run.
 */
async function deleteOldRuns(tx: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - RUNS_KEPT_DAYS * 86_400_000);
  const future = new Date(now.getTime() + 86_400_000);
  let deleted = 0;
  for (const { name } of Object.values(JOBS).filter(({ period }) => period === undefined)) {
    const gone = await rows(
      tx,
      sql`delete from job_runs where id in (select id from job_runs
        where job_name = ${name} and (scheduled_for < ${at(before)} and status in ('completed', 'failed')
          or scheduled_for > ${at(future)} and status <> 'running')
        order by scheduled_for limit ${BATCH - deleted}) returning id`,
    );
    deleted += gone.length;
  }
  return deleted;
}
