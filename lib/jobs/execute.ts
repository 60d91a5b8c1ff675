import { setTimeout as sleep } from "node:timers/promises";
import { type Db, limitIdleTime, oneConnection, transact } from "../db/db.ts";
import { type Outage, whyUnavailable } from "../db/failures/unavailable.ts";
import { AppError, describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { traced } from "../trace.ts";
import { backoffMs } from "./backoff.ts";
import type { Progress, RunContext, Runnable, RunResult, Trigger } from "./job.ts";
import {
  completeRun,
  failRun,
  holdsLease,
  LEASE_MS,
  type Lease,
  pauseRun,
  renewLease,
  saveProgress,
} from "./ledger.ts";
import { stopSignal } from "./stopping.ts";

/**
 * Observes a run from its start, for example to ping a watchdog. It must not throw.
 * @returns A function that is called when the run has ended in this invocation, with its outcome and active time.
 */
export type RunObserver = (
  job: string,
  run: Lease,
) => (outcome: RunOutcome["status"], durationMs: number) => Promise<void>;

/** What one request, command or tick gives to the runs it starts. */
export interface Invocation {
  db: Db;
  /** The time at which the invocation started. */
  now: Date;
  /** The current time in milliseconds since the epoch; only for leases, the deadline and durations. */
  clock: () => number;
  /** Waits some milliseconds of `clock`, or until the signal is aborted. By default a timer of the machine. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When the runs must pause, on `clock`; infinite for a command. */
  deadline: number;
  trigger: Trigger;
  jobTimeoutMs: number;
  settlementDays: number;
  zone: string;
  onProgress?: ((progress: Progress) => void) | undefined;
  observers?: readonly RunObserver[];
}

export type RunOutcome =
  | { status: "completed"; result: RunResult }
  | { status: "partial"; progress: Progress | undefined }
  | Failed
  | { status: "lost" };

interface Failed {
  status: "failed";
  error: { code: string; message: string };
  attempt: number;
  runId: string | undefined;
  /** Set if the database was unavailable. */
  outage?: Outage | undefined;
}

/** How long a transaction may be idle: a frozen step loses its locks well before the lease ends. */
const IDLE_MS = LEASE_MS / 3;

/** Waits some milliseconds, but not beyond the invocation's deadline. An aborted signal ends the wait early. */
export async function waitUntilDeadline(
  { clock, deadline, ...invocation }: Invocation,
  ms: number,
  signal: AbortSignal,
) {
  const bearable = Math.max(0, Math.min(ms, deadline - clock()));
  const ended = AbortSignal.any([signal, stopSignal]);
  await (invocation.sleep?.(bearable, ended) ?? sleep(bearable, undefined, { signal: ended }).catch(() => {}));
}

class LeaseLost extends Error {}
class DeadlineReached extends Error {}

/**
 * Executes a claimed run until it completes, fails or reaches its deadline. Keeps the lease alive and records the outcome.
 * @param note Extra metadata for a completed run, stored beside its counts.
 */
export async function execute<S extends Progress, T>(
  job: Runnable<S, T>,
  lease: Lease,
  target: T,
  invocation: Invocation,
  note: Record<string, unknown> = {},
): Promise<RunOutcome> {
  const run = new ActiveRun<S>(job.name, lease, invocation);
  const stopHeartbeat = heartbeat(invocation, [lease], () => run.abort());
  const observed = (invocation.observers ?? []).map((observe) => observe(job.name, lease));
  let outcome: RunOutcome;
  try {
    const result = await traced({ job: job.name, runId: lease.id }, () => job.run(run.context(), target));
    outcome = await run.completed(result, note);
  } catch (error) {
    outcome = await run.stopped(error);
    if (outcome.status === "failed") inBackground(reportError(error, { job: job.name, runId: lease.id }));
  } finally {
    stopHeartbeat();
  }
  logRun(job.name, lease, invocation.trigger, run.activeMs(), outcome);
  for (const ended of observed) inBackground(ended(outcome.status, run.activeMs()));
  return outcome;
}

/**
 * Renews leases three times within their length, and calls `onLost` when one is lost. A failed renewal is retried by the
 * next.
 */
export function heartbeat(invocation: Invocation, runs: Lease[], onLost: () => void): () => void {
  const timer = setInterval(() => {
    for (const lease of runs) {
      renewLease(invocation.db, lease, new Date(invocation.clock())).then(
        (kept) => kept || onLost(),
        (error: unknown) => log("warn", "heartbeat_failed", { runId: lease.id, error: describeError(error) }),
      );
    }
  }, LEASE_MS / 3);
  timer.unref();
  return () => clearInterval(timer);
}

class ActiveRun<S extends Progress> {
  readonly #name: string;
  readonly #lease: Lease;
  readonly #invocation: Invocation;
  readonly #startedAt: number;
  readonly #abort = new AbortController();
  #state: S | undefined;

  constructor(name: string, lease: Lease, invocation: Invocation) {
    this.#name = name;
    this.#lease = lease;
    this.#invocation = invocation;
    this.#startedAt = invocation.clock();
    this.#state = lease.progress as S | undefined;
  }

  abort(): void {
    this.#abort.abort(new LeaseLost());
  }

  context(): RunContext<S> {
    return {
      db: this.#invocation.db,
      lasting: this.#invocation.db,
      concurrent: !oneConnection.has(this.#invocation.db),
      now: this.#invocation.now,
      time: () => this.#time(),
      timeLeft: () => this.#invocation.deadline - this.#invocation.clock(),
      wait: (ms) => waitUntilDeadline(this.#invocation, ms, this.#abort.signal),
      zone: this.#invocation.zone,
      signal: this.#abort.signal,
      log: (level, event, fields) => log(level, event, { job: this.#name, runId: this.#lease.id, ...fields }),
      state: this.#state,
      checkpoint: (work) => this.#checkpoint(work),
      beside: (work) => this.#beside(work),
    };
  }

  /**
   * The lease is checked last in the transaction, so that another invocation can take the run over without waiting for this
   * step. If it did, the token no longer matches and the whole step is rolled back.
   */
  async #checkpoint(work: (tx: Db) => Promise<S>): Promise<S> {
    this.#abort.signal.throwIfAborted();
    if (this.activeMs() >= this.#invocation.jobTimeoutMs) {
      throw new AppError("job-timeout", `the run has taken ${this.activeMs()} ms over all its continuations`);
    }
    if (stopSignal.aborted || this.#invocation.clock() >= this.#invocation.deadline) throw new DeadlineReached();
    const state = await transact(this.#invocation.db, async (tx) => {
      await limitIdleTime(tx, IDLE_MS);
      const next = await work(tx);
      if (!(await saveProgress(tx, this.#lease, this.#time(), next, this.activeMs()))) throw new LeaseLost();
      return next;
    });
    this.#state = state;
    this.#invocation.onProgress?.(state);
    return state;
  }

  /** Checks the lease with a lock that keeps other invocations from taking the run over before the commit. */
  #beside<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return transact(this.#invocation.db, async (tx) => {
      await limitIdleTime(tx, IDLE_MS);
      const result = await work(tx);
      if (!(await holdsLease(tx, this.#lease))) throw new LeaseLost();
      return result;
    });
  }

  async completed(result: RunResult, note: Record<string, unknown>): Promise<RunOutcome> {
    const metadata = { ...result.counts, ...note, durationMs: this.activeMs() };
    const kept = await completeRun(this.#invocation.db, this.#lease, this.#time(), metadata);
    return kept ? { status: "completed", result } : { status: "lost" };
  }

  async stopped(error: unknown): Promise<RunOutcome> {
    const { db } = this.#invocation;
    if (error instanceof LeaseLost) return { status: "lost" };
    if (error instanceof DeadlineReached) {
      const kept = await pauseRun(db, this.#lease, this.activeMs());
      return kept ? { status: "partial", progress: this.#state } : { status: "lost" };
    }
    const described = describeError(error);
    if (!(await recordFailure(db, this.#lease, this.#time(), described))) return { status: "lost" };
    const { attempt, id } = this.#lease;
    return { status: "failed", error: described, attempt, runId: id, outage: whyUnavailable(error) };
  }

  #time(): Date {
    return new Date(this.#invocation.clock());
  }

  /** How long this attempt has run, in milliseconds, over all its continuations. */
  activeMs(): number {
    return Math.round(this.#lease.activeMs + this.#invocation.clock() - this.#startedAt);
  }
}

/**
 * Records a failure. If even that cannot be written, the lease ends and the next tick takes the run over.
 * @returns false if the lease is lost: then another invocation is responsible for the run.
 */
export function recordFailure(
  db: Db,
  lease: Lease,
  now: Date,
  error: { code: string; message: string },
): Promise<boolean> {
  const retryAt = new Date(now.getTime() + backoffMs(lease.attempt));
  return failRun(db, lease, now, retryAt, error).catch(() => true);
}

/** Logs the run as one JSON line. */
function logRun(job: string, lease: Lease, trigger: Trigger, durationMs: number, outcome: RunOutcome): void {
  const { status } = outcome;
  log(status === "failed" ? "error" : "info", "job_run", {
    job,
    runId: lease.id,
    scheduledFor: lease.scheduledFor.toISOString(),
    trigger,
    attempt: lease.attempt,
    status,
    durationMs,
    ...(status === "completed" ? outcome.result.counts : {}),
    ...(status === "partial" ? { progress: { done: outcome.progress?.done, total: outcome.progress?.total } } : {}),
    ...(status === "failed" ? { error: outcome.error } : {}),
  });
}
