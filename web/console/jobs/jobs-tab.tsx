import type { JSX } from "preact";
import type { Monitoring } from "../api/monitoring.ts";
import type { Runs } from "../api/runs.ts";
import { useApi } from "../ui/use-api.ts";
import { Failures, Missed, Stuck } from "./failures.tsx";
import { Incidents } from "./incidents.tsx";
import { JobList } from "./job-list.tsx";
import { RunList } from "./run-list.tsx";

/** Incidents, jobs and runs; `#jobs/weekly` shows the runs of one job. */
export function JobsTab({ at }: { at: string | undefined }): JSX.Element {
  const monitoring = useApi<Monitoring>("/api/admin/monitoring");
  const runs = useApi<Runs>("/api/admin/runs");
  return (
    <div class="panels">
      <Incidents reading={monitoring} />
      <JobList reading={monitoring} runs={runs.data?.runs} />
      <RunList newest={runs} command={at} />
      <Failures reading={monitoring} />
      <Missed reading={monitoring} />
      <Stuck reading={monitoring} />
    </div>
  );
}
