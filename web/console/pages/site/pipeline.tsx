import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DeadLetterCount, RejectReason, SitesSummary } from "../../../client/generated/types.ts";
import { Button, ButtonLink } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { FactList } from "../../ui/page/facts.tsx";
import { Stack } from "../../ui/page/grid.tsx";
import { Note } from "../../ui/page/note.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { siteWords } from "./words.ts";

interface Props {
  reading: ApiState<SitesSummary>;
}

/** The sweep runs every 15 minutes. Events that wait longer than two of them are stuck. */
const OLD_SECONDS = 1_800;

/** How far the events of all sites are behind. */
export function Pipeline({ reading }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(siteWords);
  return (
    <Card title={w.pipeline} span={6} flush link={{ href: "/runs/site", label: w.seePipeline }}>
      <Reading reading={reading} failed={w.pipelineFailed} shape="rows">
        {({ pending, lagSeconds, sites }) => {
          const waiting = pending.raw + pending.staging;
          const wait = format.duration(lagSeconds * 1_000);
          return (
            <>
              <div class="body">
                <Stack tight>
                  {lagSeconds > OLD_SECONDS && (
                    <Note
                      tone="warn"
                      title={w.late}
                      actions={<ButtonLink href="/runs/site">{w.seePipeline}</ButtonLink>}
                    >
                      {w.lateNote}
                    </Note>
                  )}
                  <p>{waiting === 0 ? w.flowing : w.waitingEvents(format.number(waiting), wait)}</p>
                  {waiting > 0 && (
                    <FactList
                      facts={[
                        { label: w.raw, value: format.number(pending.raw) },
                        { label: w.staging, value: format.number(pending.staging) },
                      ]}
                    />
                  )}
                </Stack>
              </div>
              {sites.length > 0 && (
                <Table
                  caption={w.pipeline}
                  rows={sites}
                  keyOf={({ customerId }) => customerId}
                  columns={[
                    { key: "site", head: w.site, cell: ({ name }) => name },
                    {
                      key: "state",
                      head: w.state,
                      phone: "state",
                      cell: ({ active }) => (
                        <StatusPill tone={active ? "ok" : "neutral"} icon={active ? "check" : "pause"}>
                          {active ? w.active : w.off}
                        </StatusPill>
                      ),
                    },
                    {
                      key: "waiting",
                      head: w.waiting,
                      number: true,
                      cell: ({ pending: count }) => format.number(count),
                    },
                    {
                      key: "dead",
                      head: w.deadLetters,
                      number: true,
                      cell: ({ deadLetters }) => format.number(deadLetters),
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Reading>
    </Card>
  );
}

/** The events that could not be processed, by reason; staff can process them again. */
export function DeadLetters({ reading }: Props): JSX.Element {
  const { can } = useUi();
  const { format } = useLocale();
  const w = useWords(siteWords);
  const [asked, setAsked] = useState<DeadLetterCount | undefined>(undefined);
  const retry: Column<DeadLetterCount> = {
    key: "retry",
    head: "",
    phone: "actions",
    cell: (group) => (
      <Button small onClick={() => setAsked(group)}>
        {w.retry}
        <span class="unseen">: {w.reasons[group.reason] ?? group.reason}</span>
      </Button>
    ),
  };
  return (
    <Card title={w.rejected} hint={w.rejectedHint} span={6} flush>
      <Reading reading={reading} failed={w.pipelineFailed} shape="rows">
        {({ deadLetters }) =>
          deadLetters.length === 0 ? (
            <EmptyState icon="circle-check" title={w.noRejected}>
              {w.noRejectedNote}
            </EmptyState>
          ) : (
            <Table
              caption={w.rejected}
              rows={deadLetters}
              keyOf={({ reason, layer }) => `${reason} ${layer}`}
              columns={[
                {
                  key: "reason",
                  head: w.reason,
                  cell: ({ reason }) => (
                    <>
                      {w.reasons[reason] ?? reason}
                      <small>
                        <code>{reason}</code>
                      </small>
                    </>
                  ),
                },
                { key: "layer", head: w.layer, cell: ({ layer }) => w.layers[layer] ?? layer },
                { key: "count", head: w.count, number: true, cell: ({ count }) => format.number(count) },
                ...(can("staff") ? [retry] : []),
              ]}
            />
          )
        }
      </Reading>
      {asked && (
        <ConfirmDialog
          title={w.retryTitle}
          confirm={w.retryConfirm(format.number(asked.count))}
          send={(client) =>
            client.runJob({
              body: { job: "site", parameters: { replay: true, reason: asked.reason as RejectReason } },
            })
          }
          done={() => w.retried}
          onClose={() => setAsked(undefined)}
        >
          <p>{w.retryText(format.number(asked.count), w.reasons[asked.reason] ?? asked.reason)}</p>
          <p>{w.retryAgain}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
