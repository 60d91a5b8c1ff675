import type { JobHost } from "../jobs/endpoint/job-endpoint.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { listRuns } from "./list-runs.ts";
import { jobCommand } from "./run-fields.ts";
import { runJob } from "./run-job.ts";

/** What operators read of runs, and how they start one. */
export const operations = (jobs: JobRegistry, host: JobHost) => {
  const command = jobCommand(jobs);
  return [listRuns(jobs, command), runJob(jobs, command, host)];
};
