import type { JSX } from "preact";
import type { PageProps } from "../../routing/page.ts";
import "./runs.css";
import { JobsPage } from "./all/jobs-page.tsx";
import { JobPage } from "./job/job-page.tsx";
import { UnknownJob } from "./job/unknown-job.tsx";
import { isCommand } from "./sentences/jobs.ts";

/** All jobs, or one job with its executions. */
export default function RunsPage({ params: { job, execution } }: PageProps): JSX.Element {
  if (job === undefined) return <JobsPage />;
  return isCommand(job) ? <JobPage key={job} command={job} executionId={execution} /> : <UnknownJob />;
}
