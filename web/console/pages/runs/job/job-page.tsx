import type { JSX } from "preact";
import type { JobDetails } from "../../../../client/generated/types.ts";
import { useOpenItem } from "../../../routing/open-item.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useUi } from "../../../ui/context.tsx";
import { EmptyState } from "../../../ui/data/empty-state.tsx";
import { Reading } from "../../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { PageHeader } from "../../../ui/page/page-header.tsx";
import { useApi } from "../../../ui/use-api.ts";
import { usePages } from "../../../ui/use-pages.ts";
import { ExecutionCard } from "../execution/execution-card.tsx";
import { PauseDialog } from "../pause/pause-dialog.tsx";
import { PausedNote } from "../pause/paused-note.tsx";
import { ResumeButton } from "../pause/resume-button.tsx";
import { type Command, jobWords } from "../sentences/jobs.ts";
import { RunDialog } from "../start/run-dialog.tsx";
import { words } from "../words.ts";
import { ExecutionList } from "./execution-list.tsx";
import { JobFacts } from "./job-facts.tsx";

/** How many executions are read at first, and how many more at a time. */
const FIRST = 30;
const MORE = 20;

interface Props {
  command: Command;
  executionId: string | undefined;
}

/** One job: its facts, its executions, and one of them in detail. */
export function JobPage({ command, executionId }: Props): JSX.Element {
  const w = useWords(words);
  const { can } = useUi();
  const { language } = useLocale();
  const { name, does } = jobWords(command, language);
  const job = useApi((client, options) => client.getJob({ job: command }, options), command);
  const executions = usePages(
    (client, options, cursor) =>
      client.listExecutions({ job: command, limit: cursor === undefined ? FIRST : MORE, cursor }, options),
    command,
  );
  const reload = () => {
    job.again();
    executions.reading.again();
  };
  const selected = executionId ?? executions.items[0]?.id;
  const hrefOf = (id: string) => `/runs/${command}/${id}`;
  return (
    <>
      <PageHeader
        title={name}
        sentence={does}
        crumb={{ href: "/runs", label: w.title }}
        actions={can("staff") && job.data && <JobActions command={command} job={job.data} reload={reload} />}
      />
      <Reading reading={job} failed={w.failedJobs} shape="figure">
        {(data) => (
          <>
            {data.pause && <PausedNote pause={data.pause} />}
            <JobFacts job={data} />
          </>
        )}
      </Reading>
      <Reading reading={executions.reading} failed={w.failedExecutions} shape="rows">
        {() =>
          selected === undefined ? (
            <EmptyState icon="timer" title={`${name} ${w.never}`}>
              {w.neverText}
            </EmptyState>
          ) : (
            <div class="runs-split">
              <ExecutionList
                executions={executions.items}
                selected={selected}
                hrefOf={({ id }) => hrefOf(id)}
                more={executions.more && { load: executions.more, busy: executions.moreBusy, count: MORE }}
              />
              <ExecutionCard key={selected} id={selected} hrefOf={hrefOf} />
            </div>
          )
        }
      </Reading>
    </>
  );
}

interface ActionsProps {
  command: Command;
  job: JobDetails;
  reload: () => void;
}

/** Running and pausing, for those who may. */
function JobActions({ command, job, reload }: ActionsProps): JSX.Element {
  const w = useWords(words).actions;
  const dialog = useOpenItem("dialog");
  return (
    <>
      {job.pause === null ? (
        <Button icon="pause" onClick={() => dialog.open("pause")}>
          {w.pause}
        </Button>
      ) : (
        <ResumeButton command={command} pause={job.pause} onDone={reload} />
      )}
      <Button kind="primary" icon="play" onClick={() => dialog.open("run")}>
        {w.run}
      </Button>
      {dialog.id === "run" && <RunDialog command={command} job={job} onClose={dialog.close} onRan={reload} />}
      {dialog.id === "pause" && <PauseDialog command={command} onClose={dialog.close} onPaused={reload} />}
    </>
  );
}
