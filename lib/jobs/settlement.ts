import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";

/** Late entries (docs/domain.md, section 3): if an evaluated period changes, the next tick evaluates it again. */

/** Records that periods (named by their exclusive end) changed. Call it in the transaction of the change. */
export async function recordChanges(tx: Db, jobName: string, periodEnds: Date[], now: Date): Promise<void> {
  if (periodEnds.length === 0) return;
  await rows(
    tx,
    sql`insert into period_changes (job_name, scheduled_for, changed_at)
      select ${jobName}, ended::timestamptz, ${at(now)} from jsonb_array_elements_text(${json(periodEnds)}) as ended`,
  );
}

/**
 * The ends of the evaluated periods that changed within `settlementDays` of their first evaluation. A day has 24 hours
 * here.
 */
export async function loadPeriodsToSettle(db: Db, jobName: string, settlementDays: number): Promise<Date[]> {
  const changed = await rows<{ scheduledFor: string }>(
    db,
    sql`select distinct runs.scheduled_for as "scheduledFor"
      from period_changes as changes join job_runs as runs using (job_name, scheduled_for)
      where job_name = ${jobName} and runs.status = 'completed'
        and changes.changed_at <= (runs.metadata->>'evaluatedAt')::timestamptz + make_interval(hours => ${24 * settlementDays})
      order by 1`,
  );
  return changed.map(({ scheduledFor }) => instantOf(scheduledFor));
}

/** Changes that came too late for any settlement are deleted after this time. */
const FORGOTTEN_AFTER_MS = 90 * DAY_MS;

/**
 * Deletes the recorded changes of a period. Call it in the first step of a run, before it reads anything: a change that commits
 * later stays recorded, so none is lost.
 */
export async function consumeChanges(tx: Db, jobName: string, periodEnd: Date, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  await rows(
    tx,
    sql`delete from period_changes
      where job_name = ${jobName} and (scheduled_for = ${at(periodEnd)} or changed_at < ${at(forgotten)})`,
  );
}
