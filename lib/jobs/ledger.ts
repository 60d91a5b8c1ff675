import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, json, row, rows } from "../db/db.ts";
import { MINUTE_MS } from "../time/durations.ts";
import { MAX_ATTEMPTS } from "./backoff.ts";
import type { Progress, RawParameters, Trigger } from "./job.ts";

/** How long a run may go without a sign of life before another may take it over. */
export const LEASE_MS = MINUTE_MS;

/** A run this process holds; `token` fences every write of its bookkeeping. */
export interface Lease {
  id: string;
  token: string;
  scheduledFor: Date;
  attempt: number;
  /** Time this attempt has spent running before, over all continuations. */
  activeMs: number;
  progress: Progress | undefined;
  /** What the run was asked for when it began. */
  parameters: RawParameters;
}

export type SkipReason = "already-running" | "already-processed" | "not-due";

export type Claim = { won: true; lease: Lease } | { won: false; reason: SkipReason; detail: string };

export type Force = boolean | "where-changed";

export interface ClaimRequest {
  jobName: string;
  scheduledFor: Date;
  trigger: Trigger;
  /** Also takes a completed run: any, or one with changes not taken in yet. Never one that holds a live lease. */
  force: Force;
  /** What the run is asked for; one that goes on keeps what it began with. */
  parameters?: RawParameters;
  at: Date;
}

/**
 * Takes an occurrence, or tells why not (domain, section 2). The taking is one statement. Two at once: the unique key
 * lets one insert, or one update, through; the loser's condition is judged again on the winner's row and fails. The
 * look beforehand decides nothing; it spares a lost claim, by far the most frequent, from locking and writing.
 */
export async function claimRun(db: Db, request: ClaimRequest): Promise<Claim> {
  const before = await readRun(db, request);
  if (before !== undefined && !before.claimable) return { won: false, ...skipReason(before) };
  // A date from a header alone must not make a run: a row of the far future would pass for the newest one for ever.
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
  const { jobName, scheduledFor, trigger } = request;
  const begun = json(request.parameters === undefined ? {} : { parameters: request.parameters });
  const [taken] = await rows<Omit<Lease, "scheduledFor" | "progress"> & { progress: Progress | null }>(
    db,
    sql`insert into job_runs
        (job_name, scheduled_for, status, started_at, lease_token, lease_until, heartbeat_at, trigger, metadata)
      values (${jobName}, ${at(scheduledFor)}, 'running', ${at(request.at)}, gen_random_uuid(),
        ${at(leaseEnd(request.at))}, ${at(request.at)}, ${trigger}, ${begun})
      on conflict (job_name, scheduled_for) do update set
        status = 'running',
        -- what a person asked for stays theirs, whoever goes on with it
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
 * Condition on a row of `job_runs`: may this request take it? A person may retry what the crons have given up; what was
 * recorded as missed was never tried, and whoever comes late may do it.
 */
function isClaimable(request: ClaimRequest): SQL {
  const retryable =
    request.trigger === "manual"
      ? sql`true`
      : sql`job_runs.missed
          or job_runs.attempt < ${MAX_ATTEMPTS} and coalesce(job_runs.retry_at <= ${at(request.at)}, true)`;
  // Who finds the changes gone comes second: another has taken the run, and them, and is done.
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
    return { reason: "already-processed", detail: "done before; force=true does it again" };
  if (seen?.status !== "failed") return { reason: "already-running", detail: "another invocation is at it" };
  return seen.attempt < MAX_ATTEMPTS
    ? { reason: "not-due", detail: "it failed and waits for its next attempt" }
    : { reason: "not-due", detail: `it failed ${MAX_ATTEMPTS} times and waits for a person: POST runs it again` };
}

/** Extends the lease. @returns false where the lease is lost: the run must stop and change nothing more. */
export function renewLease(db: Db, lease: Lease, now: Date): Promise<boolean> {
  return updateFenced(db, lease, sql`heartbeat_at = ${at(now)}, lease_until = ${at(leaseEnd(now))}`);
}

/** Stores a step's state, inside the step's transaction, and extends the lease. */
export function saveProgress(db: Db, lease: Lease, now: Date, progress: Progress, activeMs: number): Promise<boolean> {
  const change = json({ progress, activeMs });
  return updateFenced(
    db,
    lease,
    sql`metadata = metadata || ${change}, heartbeat_at = ${at(now)}, lease_until = ${at(leaseEnd(now))}`,
  );
}

/** Whether a run still holds its lease, which then nobody takes over before the transaction ends. */
export async function holdsLease(tx: Db, lease: Lease): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select from job_runs where id = ${lease.id} and lease_token = ${lease.token} and status = 'running' for share`,
  );
  return found.length === 1;
}

/** Closes a run that is done; what it found replaces its cursor, and whatever was said of it while it was not. */
export function completeRun(db: Db, lease: Lease, now: Date, metadata: Record<string, unknown>): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'completed', completed_at = ${at(now)}, lease_token = null, lease_until = null,
      metadata = (metadata - '{progress,error,missed,reason,cleanup_reason}'::text[]) || ${json(metadata)}
        || jsonb_build_object('evaluatedAt', coalesce(metadata->'evaluatedAt', to_jsonb(${now.toISOString()}::text)))`,
  );
}

/** Lays a run down at its deadline, for the next invocation to take up. */
export function pauseRun(db: Db, lease: Lease, activeMs: number): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'pending', lease_token = null, lease_until = null, metadata = metadata || ${json({ activeMs })}`,
  );
}

/** Records a failure, and when the next attempt is due. The cursor stays: the next attempt goes on from there. */
export function failRun(
  db: Db,
  lease: Lease,
  now: Date,
  retryAt: Date,
  error: { code: string; message: string },
): Promise<boolean> {
  return updateFenced(
    db,
    lease,
    sql`status = 'failed', completed_at = ${at(now)}, retry_at = ${at(retryAt)}, lease_token = null, lease_until = null,
      metadata = metadata || ${json({ error: { ...error, at: now.toISOString() } })}`,
  );
}

/** Every write of a run's bookkeeping goes through here and names its token. */
async function updateFenced(db: Db, lease: Lease, changes: SQL): Promise<boolean> {
  const written = await rows(
    db,
    sql`update job_runs set ${changes}
      where id = ${lease.id} and lease_token = ${lease.token} and status = 'running' returning id`,
  );
  return written.length === 1;
}

const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

/**
 * The newest occurrence of a job on record before an instant; undefined where there is none. One that somebody asked
 * for by its date does not count: it does not mean that those after it were expected.
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

/** Puts occurrences on record that will not be run, with the reason; those already on record stay as they are. */
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

/** Whether an occurrence is on record as done. */
export async function isCompleted(db: Db, jobName: string, scheduledFor: Date): Promise<boolean> {
  const done = await rows(
    db,
    sql`select from job_runs
      where job_name = ${jobName} and scheduled_for = ${at(scheduledFor)} and status = 'completed'`,
  );
  return done.length === 1;
}

/**
 * Whether a run, by the name of its table in a statement, was about all that its job does at a firing, and so makes up for
 * earlier ones: a person who gives parameters may ask for less.
 */
export const isFullRun = (run: "later" | "job_runs"): SQL =>
  sql.raw(`(${run}.trigger <> 'manual' or coalesce(${run}.metadata->'parameters', '{}') = '{}')`);
