import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FailedMail, MailOverview, MailsRetried } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { Button } from "../../ui/basics/button.tsx";
import { Time } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { LoadMore } from "../../ui/data/load-more.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Chips } from "../../ui/form/segmented.tsx";
import type { Format } from "../../ui/format.ts";
import { NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { usePages } from "../../ui/use-pages.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { sharedWords } from "../shared/words.ts";
import { REASONS, type Reason, reasonOf } from "./reasons.ts";
import { mailWords } from "./words.ts";

const PAGE = 20;

interface Props {
  overview: ApiState<MailOverview>;
}

/** The failed mails with their reason; staff can send one or all of them again. */
export function FailedMails({ overview }: Props): JSX.Element {
  const { can } = useUi();
  const { format } = useLocale();
  const w = useWords(mailWords);
  const shared = useWords(sharedWords);
  const { values, set } = useQuery();
  const [asked, setAsked] = useState<FailedMail | "all" | undefined>(undefined);
  const list = usePages((client, options, cursor) => client.getMailOverview({ days: 1, limit: PAGE, cursor }, options));
  const failed = overview.data?.queue.failed ?? 0;
  const chosen = REASONS.find((reason) => reason === values.reason);
  const shown = list.items.filter((mail) => chosen === undefined || reasonOf(mail) === chosen);
  const toggle = (reason: Reason) => set({ reason: reason === chosen ? undefined : reason });
  return (
    <Card
      title={w.failed}
      count={overview.data && failed}
      span={12}
      flush
      actions={
        can("staff") &&
        failed > 1 && (
          <Button small icon="rotate-ccw" onClick={() => setAsked("all")}>
            {w.retryAll(format.number(failed))}
          </Button>
        )
      }
    >
      <Reading reading={list.reading} failed={w.failedToLoad} shape="rows">
        {() =>
          list.items.length === 0 ? (
            <EmptyState icon="mail-check" title={w.noneFailed}>
              {w.noneFailedNote}
            </EmptyState>
          ) : (
            <>
              <div class="body">
                <Chips
                  label={w.filter}
                  options={optionsOf(list.items, list.more === undefined, w)}
                  chosen={chosen ? [chosen] : []}
                  onToggle={toggle}
                />
              </div>
              {shown.length === 0 ? (
                <EmptyState icon="list-filter" title={w.noneOfReason} />
              ) : (
                <Table
                  caption={w.failed}
                  rows={shown}
                  keyOf={({ id }) => id}
                  columns={columnsOf(w, format, can("staff") ? setAsked : undefined)}
                />
              )}
              {list.moreError && (
                <ErrorState inline error={list.moreError} title={shared.moreFailed} again={list.more} />
              )}
              {list.more && <LoadMore count={PAGE} busy={list.moreBusy} onClick={list.more} />}
            </>
          )
        }
      </Reading>
      {asked === "all" && <RetryAll overview={overview} onClose={() => setAsked(undefined)} />}
      {typeof asked === "object" && <RetryOne mail={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

type Words = (typeof mailWords)["en"];

/** The reasons that occur. Their numbers are only known once all mails are loaded. */
function optionsOf(mails: readonly FailedMail[], complete: boolean, w: Words) {
  const counts = new Map<Reason, number>();
  for (const mail of mails) counts.set(reasonOf(mail), (counts.get(reasonOf(mail)) ?? 0) + 1);
  return REASONS.filter((reason) => counts.has(reason)).map((value) => ({
    value,
    label: w.reasons[value].short,
    ...(complete && { count: counts.get(value) }),
  }));
}

function columnsOf(w: Words, format: Format, retry: ((mail: FailedMail) => void) | undefined): Column<FailedMail>[] {
  return [
    {
      key: "to",
      head: w.to,
      cell: ({ recipient, subject }) => (
        <>
          {recipient || NONE}
          <small>{subject || NONE}</small>
        </>
      ),
    },
    {
      key: "happened",
      head: w.happened,
      cell: (mail) => (
        <>
          {w.reasons[reasonOf(mail)].sentence}
          {mail.error && mail.failure !== "unknown" && (
            <small lang="en" title={w.said}>
              {mail.error}
            </small>
          )}
        </>
      ),
    },
    {
      key: "when",
      head: w.when,
      cell: ({ processedAt, attempts }) => (
        <>
          <Time of={processedAt} />
          <small>{w.attempts(format.number(attempts))}</small>
        </>
      ),
    },
    ...(retry
      ? [
          {
            key: "retry",
            head: "",
            phone: "actions" as const,
            cell: (mail: FailedMail) => (
              <Button small onClick={() => retry(mail)}>
                {w.retry}
                <span class="unseen">
                  : {mail.recipient}, {mail.subject}
                </span>
              </Button>
            ),
          },
        ]
      : []),
  ];
}

interface DialogProps {
  onClose: () => void;
}

function RetryOne({ mail, onClose }: DialogProps & { mail: FailedMail }): JSX.Element {
  const w = useWords(mailWords);
  const done = useDone();
  return (
    <ConfirmDialog
      title={w.retryTitle}
      confirm={w.retry}
      send={(client) => client.retryMails({ body: { ids: [mail.id] } })}
      done={done}
      onClose={onClose}
    >
      <p>{w.retryText(mail.subject || NONE, mail.recipient)}</p>
      <p>{mail.failure === "unknown" ? w.retryUnclear : w.retryGone}</p>
    </ConfirmDialog>
  );
}

function RetryAll({ overview, onClose }: DialogProps & Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(mailWords);
  const done = useDone();
  const { failed = 0, deliveryUnknown = 0 } = overview.data?.queue ?? {};
  const count = format.number(Math.max(0, failed - deliveryUnknown));
  return (
    <ConfirmDialog
      title={w.retryAllTitle}
      confirm={w.retryAllConfirm(count)}
      send={(client) => client.retryMails({ body: { all: true } })}
      done={done}
      onClose={onClose}
    >
      <p>{w.retryAllText(count)}</p>
      <p>{deliveryUnknown > 0 ? w.retryAllLeft(format.number(deliveryUnknown)) : w.retryAllSuppressed}</p>
    </ConfirmDialog>
  );
}

function useDone(): (result: MailsRetried) => string {
  const { format } = useLocale();
  const w = useWords(mailWords);
  return ({ requeued, leftUnknown, leftSuppressed }) => {
    const left = leftUnknown + leftSuppressed;
    const queued = w.queuedAgain(format.number(requeued));
    return left > 0 ? `${queued} ${w.left(format.number(left))}` : queued;
  };
}
