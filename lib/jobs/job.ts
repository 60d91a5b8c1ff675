import type * as z from "zod";
import type { Db } from "../db/db.ts";
import type { Level } from "../log.ts";
import type { Period, PeriodKind } from "../time/periods.ts";

/** What starts a run. */
export const TRIGGERS = ["cron", "manual", "catch-up", "continuation"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** The state that a run stores between its steps: a cursor of the job's own, and how far the run is. */
export interface Progress {
  done: number;
  total: number;
}

/** What a run receives. A run reads neither the clock nor the environment itself. */
export interface RunContext<State extends Progress> {
  db: Db;
  /**
   * The database outside the transaction that a dry run rolls back, for records of what happened elsewhere, such as requests to
   * other services. If the database has only one connection, this is `db`.
   */
  lasting: Db;
  /** Whether work can run on other connections during a step. The embedded database and a dry run have only one. */
  concurrent: boolean;
  /** The time at which the invocation started. */
  now: Date;
  /** Reads the current time, only for the job's own leases. Results must depend on `now` alone. */
  time: () => Date;
  /** Milliseconds until this invocation must pause. */
  timeLeft: () => number;
  /** Waits, but not beyond the deadline of this invocation, and not after the lease is lost. */
  wait: (ms: number) => Promise<void>;
  /** The time zone of weeks and months: an IANA zone or a fixed offset. */
  zone: string;
  /** Aborted when the lease is lost. */
  signal: AbortSignal;
  log: (level: Level, event: string, fields?: Record<string, unknown>) => void;
  /**
   * Says which step of the work begins; the step before ends. A step that begins again continues: each is recorded once, with the
   * number of its checkpoints. The name is in kebab-case.
   */
  step: (name: string) => void;
  /** The state that the last step of an earlier invocation stored; undefined in a new run. */
  state: State | undefined;
  /**
   * Runs one part of the work in a transaction. The work and the state it returns are committed together or not at all, and only while this run holds its
   * lease. Throws to end the invocation if the lease is lost or the deadline is reached; do not catch that error.
   */
  checkpoint(work: (tx: Db) => Promise<State>): Promise<State>;
  /**
   * Runs part of a step on another connection, in a transaction that checks the lease too and commits before the step. If the
   * step then fails, this work is repeated, so it must be idempotent. Call it only within a step.
   */
  beside<T>(work: (tx: Db) => Promise<T>): Promise<T>;
}

/** The result of a run. Counts go to the ledger, the response and the log, details only to the response. */
export interface RunResult {
  counts: Record<string, unknown>;
  details?: Record<string, unknown>;
}

export interface PeriodRun {
  period: Period;
  /** Whether this is the newest ended period. Only that one may have effects on people, such as mails. */
  newest: boolean;
}

/** What all jobs have: a name in the ledger, and a function that works on a target. */
export interface Runnable<State extends Progress, Target> {
  name: string;
  /** Its word on the command line. */
  command: string;
  path: string;
  /** What it does, in one sentence. */
  summary: string;
  /** The schema of what a completed run returns: its counts and details, as the response has them. */
  result: z.ZodObject;
  run(context: RunContext<State>, target: Target): Promise<RunResult>;
}

/** A job that evaluates each week or month once, after it has ended. */
export interface PeriodJob<State extends Progress = Progress> extends Runnable<State, PeriodRun> {
  kind: PeriodKind;
  /** The name of the period in parameters and responses: `week` -> `week`, `weekStart`, `weekEnd`. */
  noun: "week" | "month";
  /** How many ended periods a catch-up reaches back. */
  reach: number;
  /** How long before a period's end its crons may fire early. */
  earlyMs: number;
}

/** Parameters before they are parsed: texts from a query or a command line, JSON from a body. */
export type RawParameters = Record<string, unknown>;

/** A job that runs each time one of its crons fires, or when a person starts it. */
export interface OccurrenceJob<State extends Progress = Progress, Parameters = unknown>
  extends Runnable<State, Parameters> {
  /** With `dryRun` among them, such a run is not recorded, and its work is rolled back. */
  parameters: z.ZodObject & z.ZodType<Parameters>;
  /** Checks parameters against the database or the time. @throws AppError `invalid-parameter`. */
  check?(db: Db, parameters: Parameters, now: Date): Promise<void>;
}

export type Job = PeriodJob<Progress> | OccurrenceJob<Progress, unknown>;

export const isPeriodJob = (job: Job): job is PeriodJob<Progress> => "kind" in job;

/** Hides the types of a job's state and parameters, for code that handles jobs of all kinds. */
export function anyJob<S extends Progress, P>(job: PeriodJob<S> | OccurrenceJob<S, P>): Job {
  return job as unknown as Job;
}
