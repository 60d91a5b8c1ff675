import type * as z from "zod";
import type { Db } from "../db/db.ts";
import type { Level } from "../log.ts";
import type { Period, PeriodKind } from "../time/periods.ts";

export type Trigger = "cron" | "manual" | "catch-up" | "continuation";

/** What a run keeps between its steps: a cursor of its own making, and how far it is. */
export interface Progress {
  done: number;
  total: number;
}

/** What a run gets. It reads no clock of its own and no environment. */
export interface RunContext<State extends Progress> {
  db: Db;
  /**
   * The database also where a dry run takes back what it does: for what has happened outside, such as requests to others.
   * One with one connection for everything has no such place; there it is `db`.
   */
  lasting: Db;
  /** Whether there are connections beside a step's own; the embedded database and a dry run have one for all. */
  concurrent: boolean;
  /** The one instant of this invocation. */
  now: Date;
  /** The running time, for leases of one's own; never for what the run is about. */
  time: () => Date;
  /** Milliseconds until this invocation has to stop. */
  timeLeft: () => number;
  /** Waits, but not past the moment at which this invocation has to stop, nor after the lease is lost. */
  wait: (ms: number) => Promise<void>;
  /** Where periods begin and end: an IANA zone or a fixed offset. */
  zone: string;
  /** Aborted when the lease is lost. */
  signal: AbortSignal;
  log: (level: Level, event: string, fields?: Record<string, unknown>) => void;
  /** What the last step of an earlier invocation stored; undefined at the beginning. */
  state: State | undefined;
  /**
   * One step: `work` and the state it returns are committed together, or not at all, and only while this run holds its
   * lease. Throws to end the invocation when the lease is lost or the deadline has come; do not catch that.
   */
  checkpoint(work: (tx: Db) => Promise<State>): Promise<State>;
  /**
   * Work of a step on a connection of its own, in a transaction that is fenced likewise and commits before the step does.
   * Where the step then fails it is done again, so it must be idempotent. Only within a step.
   */
  beside<T>(work: (tx: Db) => Promise<T>): Promise<T>;
}

/** What a run did. Counts land in the ledger, the answer and the log; details in the answer only. */
export interface RunResult {
  counts: Record<string, unknown>;
  details?: Record<string, unknown>;
}

export interface PeriodRun {
  period: Period;
  /** Whether this is the newest ended period; side effects for people (mail) belong to that one only. */
  newest: boolean;
}

/** What every job is: a name in the ledger, and work on a target. */
export interface Runnable<State extends Progress, Target> {
  name: string;
  /** Its word on the command line. */
  command: string;
  path: string;
  /** What it does, in one sentence. */
  summary: string;
  run(context: RunContext<State>, target: Target): Promise<RunResult>;
}

/** A job that evaluates each week or month once, after it has ended. */
export interface PeriodJob<State extends Progress = Progress> extends Runnable<State, PeriodRun> {
  kind: PeriodKind;
  /** Names the period in parameters and answers: `week` -> `week`, `weekStart`, `weekEnd`. */
  noun: "week" | "month";
  /** How many ended periods a catch-up reaches back. */
  reach: number;
  /** How long before a period's end its crons may fire early. */
  earlyMs: number;
}

/** Parameters of an occurrence as they were given: texts from a query or a command line, JSON from a body. */
export type RawParameters = Record<string, unknown>;

/** A job that does at each firing of its crons, or when a person asks, what there is to do then. */
export interface OccurrenceJob<State extends Progress = Progress, Parameters = unknown>
  extends Runnable<State, Parameters> {
  /** Where they have a `dryRun`, such a run is on no record and what it does is rolled back. */
  parameters: z.ZodObject & z.ZodType<Parameters>;
  /** What only the database or the time can judge of what a person asks for. @throws AppError `invalid-parameter`. */
  check?(db: Db, parameters: Parameters, now: Date): Promise<void>;
}

export type Job = PeriodJob<Progress> | OccurrenceJob<Progress, unknown>;

export const isPeriodJob = (job: Job): job is PeriodJob<Progress> => "kind" in job;

/** A job's state and parameters are its own business; whoever handles jobs of all kinds needs neither. */
export function anyJob<S extends Progress, P>(job: PeriodJob<S> | OccurrenceJob<S, P>): Job {
  return job as unknown as Job;
}
