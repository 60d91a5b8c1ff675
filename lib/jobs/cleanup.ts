import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../config.ts";
import { at, type Db, rows } from "../db/db.ts";
import { forgetOldMails } from "../mail/retention.ts";
import { expireRuns } from "./expire.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "./job.ts";
import { JOBS } from "./registry.ts";

interface CleanupState extends Progress {
  mailsEmptied: number;
  mailsDeleted: number;
  runsDeleted: number;
}

/** Fails what is stuck, and forgets what is kept no longer. The tick that follows every job does the rest. */
export const cleanup: OccurrenceJob<CleanupState, Record<string, never>> = {
  name: "job-cleanup",
  command: "cleanup",
  path: "/api/events/cleanup",
  parameters: z.strictObject({}),
  run: cleanUp,
};

async function cleanUp(context: RunContext<CleanupState>): Promise<RunResult> {
  const { mail, stuckJobMs } = config();
  const cleaned = await expireRuns(context.db, context.now, stuckJobMs);
  let state = context.state ?? { done: 0, total: 1, mailsEmptied: 0, mailsDeleted: 0, runsDeleted: 0 };
  for (let more = true; more; ) {
    state = await context.checkpoint(async (tx) => {
      const { emptied, deleted } = await forgetOldMails(tx, context.now, mail.retentionDays, BATCH);
      const runs = await deleteOldRuns(tx, context.now);
      more = Math.max(emptied, deleted, runs) === BATCH;
      return {
        done: state.done + (more ? 0 : 1),
        total: state.total,
        mailsEmptied: state.mailsEmptied + emptied,
        mailsDeleted: state.mailsDeleted + deleted,
        runsDeleted: state.runsDeleted + runs,
      };
    });
  }
  const { mailsEmptied, mailsDeleted, runsDeleted } = state;
  return { counts: { cleaned: cleaned.length, mailsEmptied, mailsDeleted, runsDeleted }, details: { runs: cleaned } };
}

const BATCH = 2_000;
const RUNS_KEPT_DAYS = 90;

/** Occurrences of three months ago have proved what they had to; periods are few, and stay. */
async function deleteOldRuns(tx: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - RUNS_KEPT_DAYS * 86_400_000);
  let deleted = 0;
  for (const { name } of Object.values(JOBS).filter(({ period }) => period === undefined)) {
    const gone = await rows(
      tx,
      sql`delete from job_runs where id in (select id from job_runs
        where job_name = ${name} and scheduled_for < ${at(before)} and status in ('completed', 'failed')
        order by scheduled_for limit ${BATCH - deleted}) returning id`,
    );
    deleted += gone.length;
  }
  return deleted;
}
