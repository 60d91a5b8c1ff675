import type { Job } from "./job.ts";

/** What the engine knows about a job without loading the job's code. */
export interface JobEntry {
  /** Its name in the ledger. */
  name: string;
  /** Its endpoint, which its crons call. */
  path: string;
  /** Which kind of period it evaluates; undefined for a job that runs at each firing of its crons. */
  period?: "week" | "month";
  load: () => Promise<Job>;
}

/** All jobs by their command. The composition root (lib/app/registry.ts) holds the only one. */
export type JobRegistry = Readonly<Record<string, JobEntry>>;

/** The commands of all jobs, as the command line and requests name them. */
export const commandsOf = (jobs: JobRegistry) => Object.keys(jobs) as [string, ...string[]];
