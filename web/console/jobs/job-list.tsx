import type { JSX } from "preact";
import type { JobCommand, JobSummary, Monitoring, Run } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { hrefOf } from "../routes.ts";
import { useUi } from "../ui/context.tsx";
import { Panel } from "../ui/panel.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { Table } from "../ui/table.tsx";
import { Instant } from "../ui/text.tsx";
import type { ApiState } from "../ui/use-api.ts";
import { isCommand } from "./commands.ts";
import { cleanUp, forced, runs as running, testAlert, tried } from "./job-actions.ts";

interface Props {
  reading: ApiState<Monitoring>;
  /** The newest runs of every job, once loaded. */
  runs: Run[] | undefined;
}

/** Each job with its figures of 30 days and its actions. */
export function JobList({ reading, runs }: Props): JSX.Element {
  const { words, format, ask } = useUi();
  const w = words.jobs;
  const aside = (
    <div class="buttons">
      <button type="button" class="quiet" onClick={() => ask(cleanUp(words))}>
        {w.cleanUp}
      </button>
      <button type="button" class="quiet" onClick={() => ask(testAlert(words))}>
        {w.testAlert}
      </button>
    </div>
  );
  const own = (job: JobSummary) => (runs ?? []).filter(({ command }) => command === job.command);
  return (
    <Panel title={w.title} reading={reading} aside={aside} wide>
      {({ jobs: { byJob, stuckJobs } }) => (
        <Table
          caption={w.title}
          rows={byJob}
          keyOf={({ command }) => command}
          columns={[
            { head: w.job, cell: ({ command, jobName }) => <Name command={command} jobName={jobName} /> },
            { head: w.lastRun, cell: ({ lastRun }) => <Instant of={lastRun} toMinute /> },
            { head: w.nextRun, cell: ({ nextExpectedRun }) => <Instant of={nextExpectedRun} toMinute /> },
            { head: w.success, number: true, cell: ({ successRate }) => format.percent(successRate) },
            {
              head: "p50 / p95",
              number: true,
              cell: ({ p50Ms, p95Ms }) =>
                p50Ms === null ? NONE : `${format.duration(p50Ms)} / ${format.duration(p95Ms)}`,
            },
            { head: w.durations, cell: (job) => (runs === undefined ? NONE : <Durations runs={own(job)} />) },
            { head: w.late, number: true, cell: (job) => format.duration(latest(own(job))) },
            { head: w.missed, number: true, cell: ({ missed }) => <Count of={missed} /> },
            {
              head: w.stuck,
              number: true,
              cell: ({ jobName }) => <Count of={stuckJobs.filter((stuck) => stuck.jobName === jobName).length} />,
            },
            { head: w.actions, cell: ({ command }) => isCommand(command) && <Buttons command={command} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Name({ command, jobName }: { command: string; jobName: string }): JSX.Element {
  const { words } = useUi();
  return (
    <span class="job">
      <a href={hrefOf("jobs", command)}>{words.jobs.names[command] ?? jobName}</a>
      <code>{jobName}</code>
    </span>
  );
}

function Count({ of }: { of: number }): JSX.Element {
  const { format } = useUi();
  return of > 0 ? <b class="bad">{format.number(of)}</b> : <span>{format.number(of)}</span>;
}

/** The largest delay of these runs in ms; null if none has a delay. Pure. */
function latest(runs: Run[]): number | null {
  const known = runs.flatMap(({ lateMs }) => lateMs ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

function Durations({ runs }: { runs: Run[] }): JSX.Element {
  const { words, format } = useUi();
  if (runs.length === 0) return <>{NONE}</>;
  const longest = Math.max(...runs.map(({ durationMs }) => durationMs ?? 0));
  const failed = runs.filter(({ status }) => status === "failed").length;
  const sparks = runs
    .map(({ id, durationMs, status }) => ({ key: id, value: durationMs ?? undefined, bad: status === "failed" }))
    .reverse();
  const label = words.jobs.spark(format.number(runs.length), format.number(failed), format.duration(longest));
  return <Sparkline label={label} sparks={sparks} />;
}

/** Jobs with the parameter `force`, and jobs with `dryRun`. The jobs themselves define their parameters. */
const FORCED: readonly JobCommand[] = ["weekly", "monthly"];
const TRIED: readonly JobCommand[] = ["weekly", "monthly", "slots", "tracking"];

function Buttons({ command }: { command: JobCommand }): JSX.Element {
  const { words, ask } = useUi();
  const w = words.jobs;
  const name = w.names[command] ?? command;
  return (
    <div class="buttons">
      <button type="button" class="quiet" aria-label={`${w.run}: ${name}`} onClick={() => ask(running(words, command))}>
        {w.run}
      </button>
      {TRIED.includes(command) && (
        <button type="button" class="quiet" aria-label={`${w.try}: ${name}`} onClick={() => ask(tried(words, command))}>
          {w.try}
        </button>
      )}
      {FORCED.includes(command) && (
        <button
          type="button"
          class="quiet"
          aria-label={`${w.force}: ${name}`}
          onClick={() => ask(forced(words, command))}
        >
          {w.force}
        </button>
      )}
    </div>
  );
}
