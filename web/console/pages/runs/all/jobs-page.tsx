import type { JSX } from "preact";
import type { Job } from "../../../../client/generated/types.ts";
import { Reading } from "../../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Card } from "../../../ui/page/card.tsx";
import { PageHeader } from "../../../ui/page/page-header.tsx";
import { useApi } from "../../../ui/use-api.ts";
import { COMMANDS, isCommand, jobWords } from "../sentences/jobs.ts";
import { list } from "../sentences/language.ts";
import { words } from "../words.ts";
import { isTroubled } from "./job-state.ts";
import { JobTable } from "./job-table.tsx";
import { LatestExecutions } from "./latest-executions.tsx";

/** How many runs of each job show as bars. */
const NEWEST = 20;

/** All jobs with their state, and the latest executions of all of them. */
export function JobsPage(): JSX.Element {
  const w = useWords(words);
  const jobs = useApi((client, options) => client.listJobs({}, options));
  const runs = useApi((client, options) =>
    client.listRuns({ perJob: NEWEST, limit: NEWEST * COMMANDS.length }, options),
  );
  return (
    <>
      <PageHeader title={w.title} sentence={jobs.data && <Verdict jobs={jobs.data.items} />} zone />
      <div class="stack">
        <Card title={w.jobs} flush>
          <Reading reading={jobs} failed={w.failedJobs} shape="rows">
            {({ items }) => <JobTable jobs={items} runs={runs.data?.items ?? []} />}
          </Reading>
        </Card>
        <LatestExecutions />
      </div>
    </>
  );
}

/** One sentence: is everything all right? */
function Verdict({ jobs }: { jobs: readonly Job[] }): JSX.Element {
  const w = useWords(words);
  const { language } = useLocale();
  const troubled = jobs
    .filter(isTroubled)
    .map(({ command, jobName }) => (isCommand(command) ? jobWords(command, language).inSentence : jobName));
  return <>{troubled.length === 0 ? w.allWell : w.troubled(list(troubled, language))}</>;
}
