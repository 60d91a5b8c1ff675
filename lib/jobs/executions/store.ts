import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../audit/actor.ts";
import { at, type Db, json, row, rows } from "../../db/db.ts";
import { DAY_MS } from "../../time/durations.ts";
import type { RawParameters } from "../job.ts";
import type { EXECUTION_TRIGGERS } from "../schema.ts";
import type { EndedOutcome, ExecutionLine, ExecutionStep } from "./record.ts";

/** The rows of `job_executions` (docs/domain.md, section 2): one for every time anything ran. */

export type ExecutionTrigger = (typeof EXECUTION_TRIGGERS)[number];

/** What is known when an execution begins. */
export interface ExecutionBegin {
  jobName: string;
  scheduledFor: Date;
  trigger: ExecutionTrigger;
  actor: Actor | undefined;
  parameters: RawParameters;
  attempt: number;
  startedAt: Date;
}

/** What an execution leaves. */
export interface ExecutionEnd {
  id: string;
  outcome: EndedOutcome;
  endedAt: Date;
  /** The counts of a job that completed; otherwise how far it came, `done` and `total`, if it stored any progress. */
  counts?: Record<string, unknown> | undefined;
  error?: { code: string; message: string } | undefined;
  steps: readonly ExecutionStep[];
  log: readonly ExecutionLine[];
}

const TAKEN_OVER = { code: "lost", message: "its process stopped, or another invocation took the run over" };

/**
 * Records the beginning of an execution of a run. An earlier execution that never ended is lost: the lease is another's now. The
 * lock keeps others from taking the run over before this row is there for them to see.
 * @returns its id; undefined if the lease is lost.
 */
export async function beginExecution(
  db: Db,
  lease: { id: string; token: string },
  begin: ExecutionBegin,
): Promise<string | undefined> {
  const [begun] = await rows<{ id: string }>(
    db,
    sql`with run as (
        select id from job_runs where id = ${lease.id} and lease_token = ${lease.token} and status = 'running' for share
      ), lost as (
        update job_executions set outcome = 'lost', ended_at = ${at(begin.startedAt)}, error = ${json(TAKEN_OVER)}
        where run_id in (select id from run) and outcome = 'running'
      )
      insert into job_executions (run_id, ${COLUMNS}) select id, ${valuesOf(begin)} from run returning id`,
  );
  return begun?.id;
}

/** Records the beginning of a dry run, which has no run in the ledger. @returns its id. */
export async function beginDryRun(db: Db, begin: ExecutionBegin): Promise<string> {
  const { id } = await row<{ id: string }>(
    db,
    sql`insert into job_executions (dry_run, ${COLUMNS}) select true, ${valuesOf(begin)} returning id`,
  );
  return id;
}

const COLUMNS = sql.raw(
  "job_name, scheduled_for, trigger, actor_kind, actor_id, actor_name, parameters, attempt, started_at",
);

function valuesOf({ jobName, scheduledFor, trigger, actor, parameters, attempt, startedAt }: ExecutionBegin): SQL {
  return sql`${jobName}, ${at(scheduledFor)}, ${trigger}, ${actor?.kind ?? null}, ${actor?.id ?? null},
    ${actor?.name ?? null}, ${json(parameters)}, ${attempt}::int, ${at(startedAt)}`;
}

/** The statement that records the end of an execution. One that was given up meanwhile stays lost. */
export function endExecution({ id, outcome, endedAt, counts, error, steps, log }: ExecutionEnd): SQL {
  return sql`update job_executions set
      outcome = case outcome when 'running' then ${outcome} else outcome end, ended_at = coalesce(ended_at, ${at(endedAt)}),
      counts = ${counts === undefined ? null : json(counts)}, error = coalesce(${error === undefined ? null : json(error)}, error),
      steps = ${json(steps)}, log = ${json(log)}
    where id = ${id}`;
}

/**
 * The statement that gives up executions that never ended: those of expired runs, those whose run was ended or deleted without
 * them, and dry runs, which have no lease, after the time for stuck runs.
 * @param expired A query for the ids and reasons of the runs that the same statement expires.
 */
export function loseExecutions(expired: SQL, now: Date, stuckSince: Date): SQL {
  return sql`update job_executions as execution set outcome = 'lost', ended_at = ${at(now)},
      error = jsonb_build_object('code', 'lost', 'message', coalesce(
        (select reason from (${expired}) as expired where expired.id = run_id), ${TAKEN_OVER.message}))
    where outcome = 'running' and case when dry_run then started_at < ${at(stuckSince)}
      else run_id in (select id from (${expired}) as expired)
        or not exists (select from job_runs where id = run_id and status = 'running') end`;
}

/** Executions prove what ran for longer than runs are kept. */
const KEPT_DAYS = 400;

/** Deletes old executions, at most `limit`. @returns how many. */
export async function deleteOldExecutions(db: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const deleted = await rows(
    db,
    sql`delete from job_executions where id in (select id from job_executions
      where started_at < ${at(before)} order by started_at limit ${limit}) returning id`,
  );
  return deleted.length;
}
