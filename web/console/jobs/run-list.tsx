import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { JobCommand, Run, RunList as Runs } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { hrefOf } from "../routes.ts";
import { Chart } from "../ui/chart.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { Badge, Instant, type Tone } from "../ui/text.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";

const LISTED = 100;
/** Fits a screen. */
const FIRST = 15;
/** Crons fire within the minute. A later start has a reason and is highlighted. */
const LATE_MS = 60_000;

interface Props {
  /** The newest runs of every job. */
  newest: ApiState<Runs>;
  /** If set, shows only this job, and further back. */
  command: JobCommand | undefined;
}

/** Runs, newest first: scheduled time, actual start and outcome. */
export function RunList({ newest, command }: Props): JSX.Element {
  const { words, format } = useUi();
  const w = words.runs;
  const own = useApi(
    command === undefined ? undefined : (client, options) => client.listRuns({ job: command, limit: LISTED }, options),
    command,
  );
  const [notable, setNotable] = useState(false);
  const [all, setAll] = useState(false);
  const aside = (
    <div class="buttons">
      <label>
        <input type="checkbox" checked={notable} onChange={() => setNotable(!notable)} /> {w.notable}
      </label>
      <select
        aria-label={w.ofJob}
        value={command ?? ""}
        onChange={({ currentTarget: { value } }) => location.assign(hrefOf("jobs", value || undefined))}
      >
        <option value="">{w.allJobs}</option>
        {Object.entries(words.jobs.names).map(([word, name]) => (
          <option key={word} value={word}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
  const name = command === undefined ? w.allJobs : (words.jobs.names[command] ?? command);
  return (
    <Panel title={w.title(name)} reading={command === undefined ? newest : own} aside={aside} wide>
      {({ items: runs }) => {
        const matching = runs.filter((run) => !notable || isNotable(run));
        const shown = matching.slice(0, all ? LISTED : FIRST);
        return (
          <>
            {command !== undefined && runs.length > 1 && <Times runs={runs.slice(0, 50).reverse()} />}
            {shown.length === 0 ? <Empty>{w.none}</Empty> : <List runs={shown} withJob={command === undefined} />}
            {shown.length < matching.length && !all && (
              <button type="button" class="quiet" onClick={() => setAll(true)}>
                {w.showAll(format.number(Math.min(LISTED, matching.length)))}
              </button>
            )}
          </>
        );
      }}
    </Panel>
  );
}

const isNotable = ({ status, missed, lateMs, attempt }: Run): boolean =>
  status === "failed" || missed || attempt > 1 || (lateMs ?? 0) > LATE_MS;

function Times({ runs }: { runs: Run[] }): JSX.Element {
  const { words, format } = useUi();
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  return (
    <Chart
      title={words.runs.times}
      kind="lines"
      labelled={words.runs.scheduledFor}
      labels={runs.map(({ scheduledFor }) => format.minute(scheduledFor))}
      value={(value) => format.duration(value * 1000)}
      steps={SECONDS}
      series={[
        { label: words.runs.duration, colour: 1, values: runs.map(({ durationMs }) => seconds(durationMs)) },
        { label: words.runs.late, colour: 2, values: runs.map(({ lateMs }) => seconds(lateMs)) },
      ]}
    />
  );
}

function List({ runs, withJob }: { runs: Run[]; withJob: boolean }): JSX.Element {
  const { words, format } = useUi();
  const w = words.runs;
  return (
    <Table
      caption={w.caption}
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        { head: w.scheduledFor, cell: ({ scheduledFor }) => <Instant of={scheduledFor} /> },
        ...(withJob ? [{ head: words.jobs.job, cell: ({ jobName }: Run) => <code>{jobName}</code> }] : []),
        { head: w.state, cell: (run) => <State run={run} /> },
        { head: w.startedAt, cell: ({ startedAt }) => <Instant of={startedAt} /> },
        {
          head: w.late,
          number: true,
          cell: ({ lateMs }) =>
            (lateMs ?? 0) > LATE_MS ? <b class="bad">{format.duration(lateMs)}</b> : format.duration(lateMs),
        },
        { head: w.duration, number: true, cell: ({ durationMs }) => format.duration(durationMs) },
        { head: w.attempt, number: true, cell: ({ attempt }) => format.number(attempt) },
        { head: w.trigger, cell: ({ trigger }) => <span class="line">{w.triggers[trigger] ?? trigger}</span> },
        { head: w.why, cell: (run) => <Why run={run} /> },
      ]}
    />
  );
}

const TONES: Record<Run["status"], Tone> = { completed: "good", failed: "bad", running: "calm", pending: "warn" };

function State({ run: { status, missed } }: { run: Run }): JSX.Element {
  const { words } = useUi();
  return <Badge tone={TONES[status]}>{missed ? words.runs.missed : words.runs.states[status]}</Badge>;
}

/** Steps of the time axis, in seconds. */
const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** The error, reason, next attempt and progress of a run. */
function Why({ run: { error, reason, retryAt, progress, status } }: { run: Run }): JSX.Element {
  const { words, format } = useUi();
  const unfinished = status !== "completed" && progress !== null;
  if (error === null && reason === null && retryAt === null && !unfinished) return <>{NONE}</>;
  return (
    <div class="why">
      {error !== null && (
        <p lang="en">
          <code>{error.code}</code> {error.message}
        </p>
      )}
      {reason !== null && <p lang="en">{reason}</p>}
      {retryAt !== null && (
        <p>
          {words.runs.retryAt} <Instant of={retryAt} />
        </p>
      )}
      {unfinished && <p>{words.runs.progress(format.number(progress.done), format.number(progress.total))}</p>}
    </div>
  );
}
