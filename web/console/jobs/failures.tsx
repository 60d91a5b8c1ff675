import type { JSX } from "preact";
import type { Monitoring } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { Instant } from "../ui/text.tsx";
import type { ApiState } from "../ui/use-api.ts";

interface Props {
  reading: ApiState<Monitoring>;
}

/** Runs of the last 7 days that failed and have not succeeded since. */
export function Failures({ reading }: Props): JSX.Element {
  const { words, format } = useUi();
  const w = words.failures;
  return (
    <Panel title={w.title} reading={reading} wide>
      {({ jobs: { recentFailures } }) =>
        recentFailures.length === 0 ? (
          <Empty>{w.none}</Empty>
        ) : (
          <Table
            caption={w.title}
            rows={recentFailures}
            keyOf={({ id }) => id}
            columns={[
              { head: words.jobs.job, cell: ({ jobName }) => <code>{jobName}</code> },
              { head: words.runs.scheduledFor, cell: ({ scheduledFor }) => <Instant of={scheduledFor} /> },
              { head: words.runs.attempt, number: true, cell: ({ attempt }) => format.number(attempt) },
              { head: w.retryAt, cell: ({ retryAt }) => <Instant of={retryAt} /> },
              {
                head: words.runs.why,
                cell: ({ error, cleanupReason }) => (
                  <div class="why" lang="en">
                    {error === null ? (cleanupReason ?? NONE) : `${error.code}: ${error.message}`}
                  </div>
                ),
              },
            ]}
          />
        )
      }
    </Panel>
  );
}

/** Occurrences of the last 7 days that did not run. */
export function Missed({ reading }: Props): JSX.Element {
  const { words } = useUi();
  const w = words.missed;
  return (
    <Panel title={w.title} reading={reading}>
      {({ jobs: { missed } }) =>
        missed.length === 0 ? (
          <Empty>{w.none}</Empty>
        ) : (
          <Table
            caption={w.title}
            rows={missed}
            keyOf={({ jobName, scheduledFor }) => `${jobName} ${scheduledFor}`}
            columns={[
              { head: words.jobs.job, cell: ({ jobName }) => <code>{jobName}</code> },
              { head: words.runs.scheduledFor, cell: ({ scheduledFor }) => <Instant of={scheduledFor} /> },
              {
                head: words.runs.why,
                cell: ({ reason }) => (
                  <div class="why" lang="en">
                    {reason ?? NONE}
                  </div>
                ),
              },
            ]}
          />
        )
      }
    </Panel>
  );
}

/** Runs that the next clean-up will mark as failed. */
export function Stuck({ reading }: Props): JSX.Element {
  const { words } = useUi();
  const w = words.stuck;
  return (
    <Panel title={w.title} reading={reading}>
      {({ jobs: { stuckJobs } }) =>
        stuckJobs.length === 0 ? (
          <Empty>{w.none}</Empty>
        ) : (
          <Table
            caption={w.title}
            rows={stuckJobs}
            keyOf={({ id }) => id}
            columns={[
              { head: words.jobs.job, cell: ({ jobName }) => <code>{jobName}</code> },
              { head: words.runs.startedAt, cell: ({ startedAt }) => <Instant of={startedAt} /> },
              { head: w.heartbeat, cell: ({ heartbeatAt }) => <Instant of={heartbeatAt} /> },
              { head: w.lease, cell: ({ leaseUntil }) => <Instant of={leaseUntil} /> },
            ]}
          />
        )
      }
    </Panel>
  );
}
