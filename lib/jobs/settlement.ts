import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";

/** Late entries (domain, section 3, decided): a change to an evaluated period makes the next tick evaluate it again. */

/** Notes, in the transaction of the change itself, that periods (by their exclusive end) are to be evaluated again. */
export async function recordChanges(tx: Db, jobName: string, periodEnds: Date[], now: Date): Promise<void> {
  if (periodEnds.length === 0) return;
  await rows(
    tx,
    sql`insert into period_changes (job_name, scheduled_for, changed_at)
      select ${jobName}, ended::timestamptz, ${at(now)} from jsonb_array_elements_text(${json(periodEnds)}) as ended`,
  );
}

/** Ends of evaluated periods with a change not taken in yet that came within `settlementDays` of the evaluation. */
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

/** Changes that no evaluation will take in any more (they came after every settlement) are dropped after this long. */
const FORGOTTEN_AFTER_MS = 90 * DAY_MS;

/**
 * Takes a period's changes off the list. To be called in a run's first step, before it reads anything: a change that
 * commits after this stays on the list, so none falls between.
 */
export async function consumeChanges(tx: Db, jobName: string, periodEnd: Date, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  await rows(
    tx,
    sql`delete from period_changes
      where job_name = ${jobName} and (scheduled_for = ${at(periodEnd)} or changed_at < ${at(forgotten)})`,
  );
}
