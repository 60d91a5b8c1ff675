import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../audit/actor.ts";
import { type Db, limitIdleTime, oneConnection, rows, transact } from "../db/db.ts";
import { type Outage, whyUnavailable } from "../db/failures/unavailable.ts";
import { AppError, describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { traced } from "../trace.ts";
import { backoffMs } from "./backoff.ts";
import { type EndedOutcome, ExecutionRecord } from "./executions/record.ts";
import { beginExecution, type ExecutionEnd, type ExecutionTrigger, endExecution } from "./executions/store.ts";
import { heartbeat } from "./heartbeat.ts";
import type { Progress, RawParameters, RunContext, Runnable, RunResult } from "./job.ts";
import { completeRun, failRun, holdsLease, LEASE_MS, type Lease, pauseRun, saveProgress } from "./ledger.ts";
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
  trigger: ExecutionTrigger;
  /** Who started it; undefined for crons and ticks. */
  actor?: Actor | undefined;
  jobTimeoutMs: number;
  settlementDays: number;
  zone: string;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Receives the id of each execution as it begins. */
  onExecution?: ((id: string) => void) | undefined;
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
 * Executes a claimed run until it completes, fails or reaches its deadline. Keeps the lease alive and records the outcome, in the
 * ledger and as an execution of its own.
 * @param options.note Extra metadata for a completed run, stored beside its counts.
 * @param options.parameters What was asked for, for the record; by default the parameters with which the run began.
 */
export async function execute<S extends Progress, T>(
  job: Runnable<S, T>,
  lease: Lease,
  target: T,
  invocation: Invocation,
  { note = {}, parameters = lease.parameters }: { note?: Record<string, unknown>; parameters?: RawParameters } = {},
): Promise<RunOutcome> {
  const run = new ActiveRun<S>(job.name, lease, invocation);
  const stopHeartbeat = heartbeat(invocation, [lease], () => run.abort());
  const observed = (invocation.observers ?? []).map((observe) => observe(job.name, lease));
  let outcome: RunOutcome;
  try {
    await run.begin(parameters);
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

class ActiveRun<S extends Progress> {
  readonly #name: string;
  readonly #lease: Lease;
  readonly #invocation: Invocation;
  readonly #startedAt: number;
  readonly #abort = new AbortController();
  readonly #record: ExecutionRecord;
  #executionId: string | undefined;
  #state: S | undefined;

  constructor(name: string, lease: Lease, invocation: Invocation) {
    this.#name = name;
    this.#lease = lease;
    this.#invocation = invocation;
    this.#startedAt = invocation.clock();
    this.#record = new ExecutionRecord(invocation.clock);
    this.#state = lease.progress as S | undefined;
  }

  abort(): void {
    this.#abort.abort(new LeaseLost());
  }

  /** Records that the execution begins. */
  async begin(parameters: RawParameters): Promise<void> {
    const { db, trigger, actor } = this.#invocation;
    const { scheduledFor, attempt } = this.#lease;
    const begin = { jobName: this.#name, scheduledFor, trigger, actor, parameters, attempt, startedAt: this.#time() };
    this.#executionId = await beginExecution(db, this.#lease, begin);
    if (this.#executionId === undefined) throw new LeaseLost();
    this.#record.log("info", "started", { trigger, attempt, ...(this.#state && { from: progressOf(this.#state) }) });
    this.#invocation.onExecution?.(this.#executionId);
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
      log: (level, event, fields) => {
        log(level, event, { job: this.#name, runId: this.#lease.id, ...fields });
        this.#record.log(level, event, fields);
      },
      step: (name) => this.#record.step(name),
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
    this.#record.committed();
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
    this.#record.log("info", "completed", { durationMs: this.activeMs() });
    const end = this.#end("completed", { counts: result.counts });
    const kept = await completeRun(this.#invocation.db, this.#lease, this.#time(), metadata, end);
    return kept ? { status: "completed", result } : this.#lost();
  }

  async stopped(error: unknown): Promise<RunOutcome> {
    const { db } = this.#invocation;
    if (error instanceof LeaseLost) return this.#lost();
    if (error instanceof DeadlineReached) {
      const counts = this.#state && progressOf(this.#state);
      this.#record.log("info", "paused", counts);
      const kept = await pauseRun(db, this.#lease, this.activeMs(), this.#end("partial", { counts }));
      return kept ? { status: "partial", progress: this.#state } : this.#lost();
    }
    const described = describeError(error);
    this.#record.log("error", "failed", described);
    const end = this.#end("failed", { counts: this.#state && progressOf(this.#state), error: described });
    if (!(await recordFailure(db, this.#lease, this.#time(), described, end))) return this.#lost();
    const { attempt, id } = this.#lease;
    return { status: "failed", error: described, attempt, runId: id, outage: whyUnavailable(error) };
  }

  /** What the execution leaves; undefined if its beginning could not be recorded. */
  #end(outcome: EndedOutcome, result: Pick<ExecutionEnd, "counts" | "error">): ExecutionEnd | undefined {
    if (this.#executionId === undefined) return undefined;
    return { id: this.#executionId, outcome, endedAt: this.#time(), ...result, ...this.#record.end(outcome) };
  }

  /** The run is another's now. Only what this execution did is still recorded, and nothing depends on that. */
  async #lost(): Promise<RunOutcome> {
    this.#record.log("warn", "lost");
    const end = this.#end("lost", {});
    if (end !== undefined) {
      await rows(this.#invocation.db, endExecution(end)).catch((error: unknown) =>
        log("warn", "execution_not_recorded", { runId: this.#lease.id, error: describeError(error) }),
      );
    }
    return { status: "lost" };
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
  execution?: ExecutionEnd,
): Promise<boolean> {
  const retryAt = new Date(now.getTime() + backoffMs(lease.attempt));
  return failRun(db, lease, now, retryAt, error, execution).catch(() => true);
}

const progressOf = ({ done, total }: Progress) => ({ done, total });

/** Logs the run as one JSON line. */
function logRun(job: string, lease: Lease, trigger: ExecutionTrigger, durationMs: number, outcome: RunOutcome): void {
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
