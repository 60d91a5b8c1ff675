import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MailStatus, RecentMail } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { Button } from "../../ui/basics/button.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import type { Tone } from "../../ui/basics/tone.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { Table } from "../../ui/data/table.tsx";
import { Chips } from "../../ui/form/segmented.tsx";
import { NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { mailWords } from "./words.ts";

const LOOKS: Readonly<Record<MailStatus, { tone: Tone; icon: IconName }>> = {
  sent: { tone: "ok", icon: "check" },
  pending: { tone: "neutral", icon: "clock" },
  retrying: { tone: "warn", icon: "rotate-ccw" },
  skipped: { tone: "neutral", icon: "minus" },
  failed: { tone: "bad", icon: "circle-x" },
};
const STATES = Object.keys(LOOKS) as MailStatus[];

/** The newest mails of the last 24 hours, in any state. */
export function RecentMails(): JSX.Element {
  const w = useWords(mailWords);
  const { values, set } = useQuery();
  const reading = useApi(async (client, options) => (await client.getMonitoring({}, options)).emails.recent);
  const chosen = STATES.find((state) => state === values.state);
  return (
    <Card title={w.recent} hint={w.recentHint} span={12} flush>
      <Reading reading={reading} failed={w.failedToLoad} shape="rows">
        {(mails) =>
          mails.length === 0 ? (
            <EmptyState icon="mail" title={w.noRecent}>
              {w.noMailsNote}
            </EmptyState>
          ) : (
            <>
              <div class="body">
                <Chips
                  label={w.filterState}
                  options={optionsOf(mails, w)}
                  chosen={chosen ? [chosen] : []}
                  onToggle={(state) => set({ state: state === chosen ? undefined : state })}
                />
              </div>
              <Mails mails={mails.filter(({ status }) => chosen === undefined || status === chosen)} />
            </>
          )
        }
      </Reading>
    </Card>
  );
}

type Words = (typeof mailWords)["en"];

const optionsOf = (mails: readonly RecentMail[], w: Words) =>
  STATES.map((value) => ({
    value,
    label: w.states[value],
    count: mails.filter(({ status }) => status === value).length,
  })).filter(({ count }) => count > 0);

/** How many show at first. */
const SHOWN = 10;

function Mails({ mails }: { mails: readonly RecentMail[] }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(mailWords);
  const [all, setAll] = useState(false);
  if (mails.length === 0) return <EmptyState icon="list-filter" title={w.noneInState} />;
  return (
    <>
      <Table
        caption={w.recent}
        rows={all ? mails : mails.slice(0, SHOWN)}
        keyOf={({ id }) => id}
        columns={[
          {
            key: "to",
            head: w.to,
            cell: ({ recipient, userId }) =>
              userId === null ? recipient || NONE : <a href={memberHref(userId)}>{recipient || NONE}</a>,
          },
          { key: "subject", head: w.subject, cell: ({ subject }) => subject || NONE },
          { key: "when", head: w.when, cell: ({ createdAt }) => <Time of={createdAt} /> },
          {
            key: "state",
            head: w.state,
            phone: "state",
            cell: ({ status, error }) => (
              <>
                <StatusPill {...LOOKS[status]}>{w.states[status]}</StatusPill>
                {status === "skipped" && error && <small>{w.skipped[error] ?? error}</small>}
              </>
            ),
          },
        ]}
      />
      {!all && mails.length > SHOWN && (
        <div class="load-more">
          <Button onClick={() => setAll(true)}>{w.showAll(format.number(mails.length))}</Button>
        </div>
      )}
    </>
  );
}

const memberHref = (id: string): string => `/members?member=${encodeURIComponent(id)}`;
