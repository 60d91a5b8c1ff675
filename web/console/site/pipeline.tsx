import type { JSX } from "preact";
import type { Monitoring } from "../../client/generated/types.ts";
import type { Action } from "../ui/action.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Figures, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { Instant } from "../ui/text.tsx";
import type { ApiState } from "../ui/use-api.ts";
import type { Words } from "../words/en.ts";

interface Props {
  reading: ApiState<Monitoring>;
}

/** The sweep runs every 15 minutes. Events that wait longer are stuck. */
const OLD_SECONDS = 1_800;

/** The backlog and the dead letters of all sites. */
export function Pipeline({ reading }: Props): JSX.Element {
  const { words, format } = useUi();
  const w = words.site;
  return (
    <>
      <Panel title={w.pipeline} reading={reading} wide>
        {({ sites: { pending, lagSeconds, oldestPending, sites } }) => (
          <>
            <Figures
              figures={[
                {
                  label: w.lag,
                  value: format.duration(lagSeconds * 1000),
                  note: oldestPending !== null && (
                    <>
                      {w.oldest} <Instant of={oldestPending} />
                    </>
                  ),
                  tone: lagSeconds > OLD_SECONDS ? "warn" : undefined,
                },
                { label: w.waitingRaw, value: format.number(pending.raw) },
                { label: w.waitingStaging, value: format.number(pending.staging) },
              ]}
            />
            {sites.length > 0 && (
              <Table
                caption={w.bySite}
                rows={sites}
                keyOf={({ customerId }) => customerId}
                columns={[
                  { head: w.site, cell: ({ name }) => name },
                  { head: w.state, cell: ({ active }) => (active ? w.active : w.inactive) },
                  { head: w.waiting, number: true, cell: ({ pending }) => format.number(pending) },
                  { head: w.deadLetters, number: true, cell: ({ deadLetters }) => format.number(deadLetters) },
                ]}
              />
            )}
          </>
        )}
      </Panel>
      <DeadLetters reading={reading} />
    </>
  );
}

function DeadLetters({ reading }: Props): JSX.Element {
  const { words, format, ask } = useUi();
  const w = words.site;
  return (
    <Panel title={w.deadLettersByReason} reading={reading} wide>
      {({ sites: { deadLetters } }) =>
        deadLetters.length === 0 ? (
          <Empty>{w.noDeadLetters}</Empty>
        ) : (
          <Table
            caption={w.deadLettersByReason}
            rows={deadLetters}
            keyOf={({ reason, layer }) => `${reason} ${layer}`}
            columns={[
              { head: w.reason, cell: ({ reason }) => <code>{reason}</code> },
              { head: w.layer, cell: ({ layer }) => layer },
              { head: w.number, number: true, cell: ({ count }) => format.number(count) },
              {
                head: words.jobs.actions,
                cell: ({ reason }) => (
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`${w.replay}: ${reason}`}
                    onClick={() => ask(replay(words, reason))}
                  >
                    {w.replay}
                  </button>
                ),
              },
            ]}
          />
        )
      }
    </Panel>
  );
}

function replay({ site: w }: Words, reason: string): Action {
  return {
    title: w.replayTitle,
    text: [w.replayText(reason), w.replayAgain],
    confirm: w.replay,
    send: (client) => client.runJob({ body: { job: "site", parameters: { replay: true, reason } } }),
  };
}
