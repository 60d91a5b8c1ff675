import { sql } from "drizzle-orm";
import type { Actor } from "../audit/actor.ts";
import { at, type Db, instantOf, rows } from "../db/db.ts";
import type { Invocation } from "./execute.ts";

/** A job that is paused is started by people only (docs/domain.md, section 2). The row of a pause stays after its end. */
export interface Pause {
  jobName: string;
  pausedAt: Date;
  /** Its end; null until an operator resumes the job. */
  until: Date | null;
  reason: string;
  /** The name of the operator or token. */
  by: string;
}

/** The last pause of each job by the job's name, also if it is over. */
export type Pauses = ReadonlyMap<string, Pause>;

type PauseRow = Omit<Pause, "pausedAt" | "until"> & { pausedAt: string; until: string | null };

const COLUMNS = sql`job_name as "jobName", paused_at as "pausedAt", until, reason, actor_name as by`;

const pauseOf = (stored: PauseRow): Pause => ({
  ...stored,
  pausedAt: instantOf(stored.pausedAt),
  until: stored.until === null ? null : instantOf(stored.until),
});

export async function loadPauses(db: Db): Promise<Pauses> {
  const pauses = await rows<PauseRow>(db, sql`select ${COLUMNS} from job_pauses`);
  return new Map(pauses.map((stored) => [stored.jobName, pauseOf(stored)]));
}

/** Whether a pause is in force. */
export const isInForce = (pause: Pause | undefined, now: Date): boolean =>
  pause !== undefined && (pause.until === null || pause.until > now);

/** Whether an occurrence was not to run because of a pause: it was due in the pause, or its grace was not over before. */
export const isExcused = (pause: Pause | undefined, due: Date, graceMs: number): boolean =>
  pause !== undefined && Number(due) + graceMs > Number(pause.pausedAt) && (pause.until === null || due < pause.until);

/**
 * Finds the pause because of which an invocation must not start a run. People may start it, and a run that waits to be continued
 * goes on. A run that starts while the job is being paused is one in progress, so this needs no lock.
 */
export async function findPauseAgainst(
  { db, now, trigger }: Invocation,
  jobName: string,
  scheduledFor: Date,
): Promise<Pause | undefined> {
  if (trigger === "manual") return undefined;
  const [pause] = await rows<PauseRow>(
    db,
    sql`select ${COLUMNS} from job_pauses where job_name = ${jobName} and coalesce(until > ${at(now)}, true)
      and not exists (select from job_runs
        where job_name = ${jobName} and scheduled_for = ${at(scheduledFor)} and status = 'pending')`,
  );
  return pause && pauseOf(pause);
}

/** Says in one sentence why a run was skipped. */
export function pauseDetail({ pausedAt, until, by, reason }: Pause): string {
  const end = until === null ? "until it is resumed" : `until ${until.toISOString()}`;
  return `it was paused at ${pausedAt.toISOString()}, ${end}, by ${by}: ${reason}`;
}

/** Pauses a job. If it is paused already, the pause gets this end and reason and keeps its beginning. */
export async function pauseJob(
  db: Db,
  jobName: string,
  { until, reason, actor }: { until: Date | null; reason: string; actor: Actor },
  now: Date,
): Promise<void> {
  await rows(
    db,
    sql`insert into job_pauses (job_name, paused_at, until, reason, actor_kind, actor_id, actor_name)
      values (${jobName}, ${at(now)}, ${until && at(until)}, ${reason}, ${actor.kind}, ${actor.id}, ${actor.name})
      on conflict (job_name) do update set until = excluded.until, reason = excluded.reason,
        actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, actor_name = excluded.actor_name,
        paused_at = case when coalesce(job_pauses.until > ${at(now)}, true) then job_pauses.paused_at
          else excluded.paused_at end`,
  );
}

/** Ends the pause of a job. The pause stays stored, so that supervision knows what was not to run. */
export async function resumeJob(db: Db, jobName: string, now: Date): Promise<void> {
  await rows(
    db,
    sql`update job_pauses set until = ${at(now)} where job_name = ${jobName} and coalesce(until > ${at(now)}, true)`,
  );
}
