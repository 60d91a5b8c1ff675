import type { JSX } from "preact";
import { useApi } from "../ui/use-api.ts";
import { isCommand } from "./commands.ts";
import { Failures, Missed, Stuck } from "./failures.tsx";
import { Incidents } from "./incidents.tsx";
import { JobList } from "./job-list.tsx";
import { RunList } from "./run-list.tsx";

/** How many runs of each job are shown beside it. */
const NEWEST = 25;

/** Incidents, jobs and runs; `#jobs/weekly` shows the runs of one job. */
export function JobsTab({ at }: { at: string | undefined }): JSX.Element {
  const monitoring = useApi((client, options) => client.getMonitoring({}, options));
  const runs = useApi((client, options) => client.listRuns({ perJob: NEWEST, limit: 200 }, options));
  return (
    <div class="panels">
      <Incidents reading={monitoring} />
      <JobList reading={monitoring} runs={runs.data?.items} />
      <RunList newest={runs} command={at !== undefined && isCommand(at) ? at : undefined} />
      <Failures reading={monitoring} />
      <Missed reading={monitoring} />
      <Stuck reading={monitoring} />
    </div>
  );
}
