import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, instantOf, rows } from "../db/db.ts";
import { sentInstant } from "../http/responses/fields.ts";
import { loseExecutions } from "../jobs/executions/store.ts";
import { MINUTE_MS } from "../time/durations.ts";

export const expiredRun = z
  .object({
    id: z.string(),
    jobName: z.string(),
    scheduledFor: sentInstant,
    startedAt: sentInstant,
    reason: z.string(),
  })
  .meta({ id: "ExpiredRun", description: "A stuck run that was failed, and the reason." });

/** A stuck run that was failed, and the reason. */
export interface Expired {
  id: string;
  jobName: string;
  scheduledFor: Date;
  startedAt: Date;
  reason: string;
}

/**
 * Fails runs whose lease has ended (their process is gone) and runs that have been active for longer than `stuckMs`
 * (docs/domain.md, section 2). Without its lease, a process that still works cannot write any more. The run may be retried at
 * once if it has attempts left. Their executions end as lost. It is one statement, so two processes at once fail each run once.
 */
export async function expireRuns(db: Db, now: Date, stuckMs: number): Promise<Expired[]> {
  const stuckSince = new Date(now.getTime() - stuckMs);
  const expired = await rows<{ id: string; jobName: string; scheduledFor: string; startedAt: string; reason: string }>(
    db,
    sql`with expired as (
        update job_runs set status = 'failed', completed_at = ${at(now)}, retry_at = ${at(now)},
          lease_token = null, lease_until = null,
          metadata = metadata || jsonb_build_object('cleanup_reason', case when lease_until < ${at(now)}
            then 'no sign of life since ' || to_char(heartbeat_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            else ${`running for longer than ${Math.round(stuckMs / MINUTE_MS)} minutes`} end)
        where status = 'running' and (lease_until < ${at(now)} or started_at < ${at(stuckSince)})
        returning id, job_name as "jobName", scheduled_for as "scheduledFor", started_at as "startedAt",
          metadata->>'cleanup_reason' as reason
      ), lost as (${loseExecutions(sql`select id, reason from expired`, now, stuckSince)})
      select * from expired`,
  );
  return expired.map((run) => ({
    ...run,
    scheduledFor: instantOf(run.scheduledFor),
    startedAt: instantOf(run.startedAt),
  }));
}
