import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, json, row, rows } from "../db/db.ts";
import { MINUTE_MS } from "../time/durations.ts";
import { MAX_ATTEMPTS } from "./backoff.ts";
import { type ExecutionEnd, type ExecutionTrigger, endExecution } from "./executions/store.ts";
import type { Progress, RawParameters } from "./job.ts";

/** How long a lease lasts without being renewed. After that, another invocation may take the run over. */
export const LEASE_MS = MINUTE_MS;

/** The right to work on a run. Every write to the run's row names the `token`, so a lease that was lost writes nothing. */
export interface Lease {
  id: string;
  token: string;
  scheduledFor: Date;
  attempt: number;
  /** How long this attempt has run so far, in milliseconds, over all its continuations. */
  activeMs: number;
  progress: Progress | undefined;
  /** The parameters with which the run began. */
  parameters: RawParameters;
}

export const SKIP_REASONS = ["already-running", "already-processed", "not-due", "paused"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type Claim = { won: true; lease: Lease } | { won: false; reason: SkipReason; detail: string };

export type Force = boolean | "where-changed";

export interface ClaimRequest {
  jobName: string;
  scheduledFor: Date;
  trigger: ExecutionTrigger;
  /** Whether to take a completed run too: any, or only one whose period has changed since. Never one with a live lease. */
  force: Force;
  /** The parameters of a new run; a continued run keeps the ones it began with. */
  parameters?: RawParameters;
  at: Date;
}

/**
 * Claims the run of an occurrence, or says why it cannot be claimed (docs/domain.md, section 2). One statement claims it. If
 * two invocations claim at once, the unique key lets one insert or update through; the condition of the other is evaluated
 * again on the new row and fails. Reading the row first decides nothing, but saves most claims from locking and writing.
 */
export async function claimRun(db: Db, request: ClaimRequest): Promise<Claim> {
  const before = await readRun(db, request);
  if (before !== undefined && !before.claimable) return { won: false, ...skipReason(before) };
  // The date of a continuation comes from a header and must not create a run: one in the far future would stay the newest.
  if (before === undefined && request.trigger === "continuation") return { won: false, ...NOTHING_TO_CONTINUE };
  const lease = await takeRun(db, request);
  return lease === undefined ? { won: false, ...skipReason(await readRun(db, request)) } : { won: true, lease: lease };
}

const NOTHING_TO_CONTINUE = { reason: "not-due", detail: "there is no such run to continue" } as const;

interface StoredRun {
  status: "pending" | "running" | "completed" | "failed";
  attempt: number;
  claimable: boolean;
}

async function readRun(db: Db, request: ClaimRequest): Promise<StoredRun | undefined> {
  const [seen] = await rows<StoredRun>(
    db,
    sql`select status, attempt, ${isClaimable(request)} as claimable from job_runs
      where job_name = ${request.jobName} and scheduled_for = ${at(request.scheduledFor)}`,
  );
  return seen;
}

async function takeRun(db: Db, request: ClaimRequest): Promise<Lease | undefined> {
  const { jobName, scheduledFor } = request;
  // For the ledger, the settlement of a period is one of the things that a tick catches up with.
  const trigger = request.trigger === "settlement" ? "catch-up" : request.trigger;
  const begun = json(request.parameters === undefined ? {} : { parameters: request.parameters });
  const [taken] = await rows<Omit<Lease, "scheduledFor" | "progress"> & { progress: Progress | null }>(
    db,
    sql`insert into job_runs
        (job_name, scheduled_for, status, started_at, lease_token, lease_until, heartbeat_at, trigger, metadata)
      values (${jobName}, ${at(scheduledFor)}, 'running', ${at(request.at)}, gen_random_uuid(),
        ${at(leaseEnd(request.at))}, ${at(request.at)}, ${trigger}, ${begun})
      on conflict (job_name, scheduled_for) do update set
        status = 'running',
        -- a run that a person started keeps that trigger when it is continued
        trigger = case when excluded.trigger = 'continuation' and job_runs.trigger = 'manual' then 'manual'
          else excluded.trigger end,
        attempt = case when job_runs.status = 'pending' then job_runs.attempt
          when job_runs.status = 'completed' or job_runs.missed then 1 else job_runs.attempt + 1 end,
        started_at = excluded.started_at,
        metadata = case when job_runs.status = 'pending' then job_runs.metadata
          when job_runs.status = 'completed'
            then excluded.metadata || jsonb_build_object('evaluatedAt', job_runs.metadata->'evaluatedAt')
          when job_runs.missed then excluded.metadata
          else job_runs.metadata - 'activeMs' end,
        completed_at = null, retry_at = null, lease_token = excluded.lease_token,
        lease_until = excluded.lease_until, heartbeat_at = excluded.heartbeat_at
      where ${isClaimable(request)}
      returning id, lease_token as token, attempt, coalesce((metadata->>'activeMs')::int, 0) as "activeMs",
        metadata->'progress' as progress, coalesce(metadata->'parameters', '{}') as parameters`,
  );
  return taken && { ...taken, scheduledFor, progress: taken.progress ?? undefined };
}

/**
 * Condition on a row of `job_runs`: this request may claim it. A person may retry a run after its last attempt. A run that was
 * recorded as missed was never tried, so any request may claim it.
 */
function isClaimable(request: ClaimRequest): SQL {
  const retryable =
    request.trigger === "manual"
      ? sql`true`
      : sql`job_runs.missed
          or job_runs.attempt < ${MAX_ATTEMPTS} and coalesce(job_runs.retry_at <= ${at(request.at)}, true)`;
  // If the changes are gone, another invocation has settled them meanwhile.
  const again =
    request.force === "where-changed"
      ? sql`exists (select from period_changes as changes
          where changes.job_name = job_runs.job_name and changes.scheduled_for = job_runs.scheduled_for)`
      : sql`${request.force}`;
  return sql`case job_runs.status
    when 'pending' then true
    when 'running' then job_runs.lease_until < ${at(request.at)}
    when 'failed' then ${retryable}
    else ${again} end`;
}

function skipReason(seen: StoredRun | undefined): { reason: SkipReason; detail: string } {
  if (seen?.status === "completed")
    return { reason: "already-processed", detail: "it has run; force=true runs it again" };
  if (seen?.status !== "failed") return { reason: "already-running", detail: "another invocation is running it" };
  return seen.attempt < MAX_ATTEMPTS
    ? { reason: "not-due", detail: "it failed, and its next attempt is not due yet" }
    : { reason: "not-due", detail: `it failed ${MAX_ATTEMPTS} times; send a POST request to run it again` };
}

/** Renews a lease. @returns false if the lease is lost: then the run must stop and write nothing more. */
export function renewLease(db: Db, lease: Lease, now: Date): Promise<boolean> {
  return updateFenced(db, lease, sql`heartbeat_at = ${at(now)}, lease_until = ${at(leaseEnd(now))}`);
}

/** Stores the state of a step in the step's transaction, and renews the lease. @returns false if the lease is lost. */
export function saveProgress(db: Db, lease: Lease, now: Date, progress: Progress, activeMs: number): Promise<boolean> {
  const change = json({ progress, activeMs });
  return updateFenced(
    db,
    lease,
    sql`metadata = metadata || ${change}, heartbeat_at = ${at(now)}, lease_until = ${at(leaseEnd(now))}`,
  );
}

/** Whether a lease is still held. If so, no other invocation can take the run over before the transaction ends. */
export async function holdsLease(tx: Db, lease: Lease): Promise<boolean> {
  const matching = await rows(
    tx,
    sql`select from job_runs where id = ${lease.id} and lease_token = ${lease.token} and status = 'running' for share`,
  );
  return matching.length === 1;
}

/**
 * Marks a run as completed. Its results replace its progress and the errors of earlier attempts.
 * @returns false if the lease is lost.
 */
export function completeRun(
  db: Db,
  lease: Lease,
  now: Date,
  metadata: Record<string, unknown>,
  execution?: ExecutionEnd,
): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'completed', completed_at = ${at(now)}, lease_token = null, lease_until = null,
      metadata = (metadata - '{progress,error,missed,reason,cleanup_reason}'::text[]) || ${json(metadata)}
        || jsonb_build_object('evaluatedAt', coalesce(metadata->'evaluatedAt', to_jsonb(${now.toISOString()}::text)))`,
    execution,
  );
}

/** Pauses a run at its deadline, so that the next invocation can continue it. @returns false if the lease is lost. */
export function pauseRun(db: Db, lease: Lease, activeMs: number, execution?: ExecutionEnd): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'pending', lease_token = null, lease_until = null, metadata = metadata || ${json({ activeMs })}`,
    execution,
  );
}

/**
 * Records a failure and the time of the next attempt, which continues from the stored progress.
 * @returns false if the lease is lost.
 */
export function failRun(
  db: Db,
  lease: Lease,
  now: Date,
  retryAt: Date,
  error: { code: string; message: string },
  execution?: ExecutionEnd,
): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'failed', completed_at = ${at(now)}, retry_at = ${at(retryAt)}, lease_token = null, lease_until = null,
      metadata = metadata || ${json({ error: { ...error, at: now.toISOString() } })}`,
    execution,
  );
}

/**
 * Updates a run only if the lease is still held: another invocation that took the run over has a different token. The same
 * statement records the end of the execution, so that the two never disagree.
 */
async function updateFenced(db: Db, lease: Lease, changes: SQL, execution?: ExecutionEnd): Promise<boolean> {
  const updated = sql`update job_runs set ${changes}
    where id = ${lease.id} and lease_token = ${lease.token} and status = 'running' returning id`;
  const written = await rows(
    db,
    execution === undefined
      ? updated
      : sql`with run as (${updated}), ended as (${endExecution(execution)} and exists (select from run))
          select id from run`,
  );
  return written.length === 1;
}

const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

/**
 * The newest occurrence of a job in the ledger before an instant; undefined if there is none. A run for a date that a person
 * named does not count, because the occurrences after it need not have been expected.
 */
export async function lastScheduledBefore(db: Db, jobName: string, before: Date): Promise<Date | undefined> {
  const { last } = await row<{ last: string | null }>(
    db,
    sql`select max(scheduled_for) as last from job_runs
      where job_name = ${jobName} and scheduled_for < ${at(before)}
        and not (trigger = 'manual' and metadata ? 'catchUp')`,
  );
  return last === null ? undefined : instantOf(last);
}

/** Records occurrences that did not run, with the reason. Occurrences that are in the ledger already stay unchanged. */
export async function recordMissedRuns(
  db: Db,
  jobName: string,
  missed: Date[],
  now: Date,
  reason: string,
): Promise<void> {
  await rows(
    db,
    sql`insert into job_runs (job_name, scheduled_for, status, completed_at, attempt, trigger, metadata)
      select ${jobName}, missed::timestamptz, 'failed', ${at(now)}, ${MAX_ATTEMPTS}, 'catch-up',
        ${json({ missed: true, reason })}
      from jsonb_array_elements_text(${json(missed)}) as missed
      on conflict (job_name, scheduled_for) do nothing`,
  );
}

/** Whether the run of an occurrence has completed. */
export async function isCompleted(db: Db, jobName: string, scheduledFor: Date): Promise<boolean> {
  const done = await rows(
    db,
    sql`select from job_runs
      where job_name = ${jobName} and scheduled_for = ${at(scheduledFor)} and status = 'completed'`,
  );
  return done.length === 1;
}

/**
 * Condition that a run did everything its job does when a cron fires, so that it makes up for earlier runs. A person who gives
 * parameters may have asked for less.
 * @param run The name of the table in the statement.
 */
export const isFullRun = (run: "later" | "job_runs"): SQL =>
  sql.raw(`(${run}.trigger <> 'manual' or coalesce(${run}.metadata->'parameters', '{}') = '{}')`);
