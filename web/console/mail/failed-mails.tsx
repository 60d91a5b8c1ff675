import type { JSX } from "preact";
import type { FailedMail, MailOverview } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import type { Action } from "../ui/action.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { Instant } from "../ui/text.tsx";
import type { ApiState } from "../ui/use-api.ts";
import type { Words } from "../words/en.ts";

/** Failed emails with their reason; the operator can send one or all of them again. */
export function FailedMails({ reading }: { reading: ApiState<MailOverview> }): JSX.Element {
  const { words, format, ask } = useUi();
  const w = words.mail;
  const some = (reading.data?.items.length ?? 0) > 0;
  const aside = some && (
    <button type="button" class="quiet" onClick={() => ask(retryAll(words))}>
      {w.retryAll}
    </button>
  );
  return (
    <Panel title={w.failed} reading={reading} aside={aside} wide>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{w.noneFailed}</Empty>
        ) : (
          <Table
            caption={w.failed}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: w.recipient, cell: ({ recipient }) => recipient || NONE },
              { head: w.subject, cell: ({ subject }) => <div class="why">{subject || NONE}</div> },
              {
                head: w.reason,
                cell: ({ error }) => (
                  <div class="why" lang="en">
                    {error ?? NONE}
                  </div>
                ),
              },
              { head: words.runs.attempt, number: true, cell: ({ attempts }) => format.number(attempts) },
              { head: w.createdAt, cell: ({ createdAt }) => <Instant of={createdAt} /> },
              { head: w.processedAt, cell: ({ processedAt }) => <Instant of={processedAt} /> },
              {
                head: words.jobs.actions,
                cell: (mail) => (
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`${w.retry}: ${mail.recipient}, ${mail.subject}`}
                    onClick={() => ask(retryOne(words, mail))}
                  >
                    {w.retry}
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

function retryOne({ mail: w }: Words, { id, recipient, subject }: FailedMail): Action {
  return {
    title: w.retryTitle,
    text: [w.retryText(recipient, subject), w.retryUnknown],
    confirm: w.retry,
    send: (client) => client.retryMails({ body: { ids: [id] } }),
  };
}

function retryAll({ mail: w }: Words): Action {
  return {
    title: w.retryAllTitle,
    text: [w.retryAllText, w.retryAllLeft],
    confirm: w.retryAll,
    send: (client) => client.retryMails({ body: { all: true } }),
  };
}
