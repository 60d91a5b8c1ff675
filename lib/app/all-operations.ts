import { processOperations } from "../analytics/pipeline/process-operations.ts";
import type { Operation } from "../http/operation.ts";
import { jobOperations } from "../jobs/endpoint/job-endpoint.ts";
import { GROUPS } from "./api.ts";
import { HOST } from "./job-host.ts";
import { JOBS } from "./registry.ts";

/** An operation and the tag of its group. */
export interface Tagged {
  tag: string;
  operation: Operation;
}

/** Every operation of this deployment, for the document, checks and tests. */
export async function allOperations(): Promise<Tagged[]> {
  const groups = GROUPS.map(async ({ tag, load }) => (await load()).map((operation) => ({ tag, operation })));
  const jobs = Object.values(JOBS).map(async (job) => {
    const operations = job === JOBS.site ? processOperations(HOST) : jobOperations(await job.load(), HOST);
    return operations.map((operation) => ({ tag: "Jobs", operation }));
  });
  return (await Promise.all([...groups, ...jobs])).flat();
}
