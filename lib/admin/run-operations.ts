import type { JobHost } from "../jobs/endpoint/job-endpoint.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { executionOf } from "./jobs/execution-fields.ts";
import { getExecution } from "./jobs/get-execution.ts";
import { jobReadOperations } from "./jobs/job-operations.ts";
import { listExecutions } from "./jobs/list-executions.ts";
import { pauseOperations } from "./jobs/pause-operations.ts";
import { listRuns } from "./list-runs.ts";
import { jobCommand } from "./run-fields.ts";
import { runJob } from "./run-job.ts";

/** What operators read of runs, and how they start one, and pause a job. */
export const operations = (jobs: JobRegistry, host: JobHost) => {
  const command = jobCommand(jobs);
  const execution = executionOf(command);
  return [
    ...jobReadOperations(jobs, command, execution),
    runJob(jobs, command, host),
    ...pauseOperations(jobs, command),
    listExecutions(jobs, command, execution),
    getExecution(jobs, execution),
    listRuns(jobs, command),
  ];
};
