import type { JSX } from "preact";
import type { Execution, Job, Run } from "../../../../client/generated/types.ts";
import { StatusPill } from "../../../ui/basics/status-pill.tsx";
import { Time } from "../../../ui/basics/time.tsx";
import { type Column, Table } from "../../../ui/data/table.tsx";
import { NONE } from "../../../ui/format.ts";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { BoldNumbers } from "../execution/sentence-list.tsx";
import { titleOf } from "../execution-words.ts";
import { DurationBars } from "../job/duration-bars.tsx";
import { summarizeRun } from "../sentences/describe-run.ts";
import { isCommand, jobWords } from "../sentences/jobs.ts";
import { whenLabel } from "../sentences/period.ts";
import { type RunsWords, words } from "../words.ts";
import { LOOKS, stateOf } from "./job-state.ts";

interface Props {
  jobs: readonly Job[];
  /** The newest runs of every job, once loaded. */
  runs: readonly Run[];
}

/** The jobs: state, last and next run, durations. A row leads to its job. */
export function JobTable({ jobs, runs }: Props): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  return (
    <Table
      caption={w.jobs}
      columns={columnsOf(runs, w, locale)}
      rows={jobs}
      keyOf={({ command }) => command}
      hrefOf={({ command }) => `/runs/${command}`}
    />
  );
}

const columnsOf = (runs: readonly Run[], w: RunsWords, locale: Locale): Column<Job>[] => [
  {
    key: "job",
    head: w.columns.job,
    cell: ({ command, jobName }) => (isCommand(command) ? jobWords(command, locale.language).name : jobName),
    phone: "title",
  },
  { key: "state", head: w.columns.state, cell: (job) => <State job={job} />, phone: "state" },
  { key: "last", head: w.columns.last, cell: ({ lastExecution }) => <LastRun execution={lastExecution} /> },
  { key: "next", head: w.columns.next, cell: (job) => <NextRun job={job} /> },
  {
    key: "onTime",
    head: w.columns.onTime,
    number: true,
    cell: ({ figures: { onTime, expected } }) =>
      expected === 0 ? NONE : locale.format.percent((100 * onTime) / expected),
  },
  {
    key: "duration",
    head: w.columns.duration,
    number: true,
    cell: ({ figures }) => locale.format.duration(figures.p50Ms),
  },
  {
    key: "recent",
    head: w.columns.recent,
    cell: ({ command }) => <Recent runs={runs.filter((run) => run.command === command)} />,
    phone: "hidden",
  },
];

function Recent({ runs }: { runs: readonly Run[] }): JSX.Element {
  if (runs.length === 0) return <>{NONE}</>;
  const bars = runs.map(({ id, durationMs, status }) => ({ id, durationMs, bad: status === "failed" }));
  return <DurationBars bars={bars} small />;
}

function State({ job }: { job: Job }): JSX.Element {
  const w = useWords(words);
  const state = stateOf(job);
  return (
    <StatusPill tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
      {w.states[state]}
    </StatusPill>
  );
}

/** What the last run did, and when. */
function LastRun({ execution }: { execution: Execution | null }): JSX.Element {
  const locale = useLocale();
  const { language, zone } = locale;
  if (execution === null) return <>{NONE}</>;
  const { command, counts, dryRun, startedAt } = execution;
  const summary =
    counts !== null && isCommand(command)
      ? summarizeRun(command, { counts, dryRun }, language)
      : titleOf(execution, locale);
  return (
    <span class="two-lines">
      <BoldNumbers text={summary} />
      <small>{whenLabel(startedAt, new Date(), zone, language)}</small>
    </span>
  );
}

function NextRun({ job: { pause, nextRun } }: { job: Job }): JSX.Element {
  const w = useWords(words).facts;
  const { format } = useLocale();
  if (pause !== null) {
    return (
      <span class="two-lines">
        {w.paused}
        <small>{pause.until === null ? w.untilResumed : w.until(format.dateTime(pause.until))}</small>
      </span>
    );
  }
  if (nextRun === null) return <>{w.none}</>;
  return (
    <span class="two-lines">
      <Time of={nextRun} />
      <small>{format.relative(nextRun)}</small>
    </span>
  );
}
