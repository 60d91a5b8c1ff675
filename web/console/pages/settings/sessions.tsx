import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { RowList } from "../../ui/data/row-list.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { browserOf } from "./browser-of.ts";
import { settingsWords } from "./words/settings.ts";

/** Where the operator is signed in, and how that ends. */
export function SessionsCard(): JSX.Element {
  const { sessionLost: readSession } = useUi();
  const { sessions: words, failed } = useWords(settingsWords);
  const sessions = useApi((client, options) => client.listSessions({}, options), "sessions");
  const [ending, setEnding] = useState<string | "everywhere" | undefined>(undefined);
  const close = () => setEnding(undefined);
  return (
    <Card
      title={words.title}
      flush
      actions={
        <Button small onClick={() => setEnding("everywhere")}>
          {words.everywhere}
        </Button>
      }
    >
      <Reading reading={sessions} failed={failed} shape="rows">
        {({ items }) => (
          <RowList
            rows={items.map(({ id, isPresent, userAgent, createdAt, lastSeenAt }) => ({
              key: id,
              icon: /Mobile|Android|iPhone/.test(userAgent ?? "") ? "smartphone" : "monitor",
              title: browserOf(userAgent, words.on) ?? words.unknown,
              note: (
                <>
                  {words.since} <Time of={createdAt} as="day" />, {words.seen} <Time of={lastSeenAt} as="day" />
                </>
              ),
              end: isPresent ? (
                <StatusPill tone="ok">{words.present}</StatusPill>
              ) : (
                <Button small onClick={() => setEnding(id)}>
                  {words.end}
                </Button>
              ),
            }))}
          />
        )}
      </Reading>
      {ending === "everywhere" && (
        <ConfirmDialog
          title={words.everywhere}
          confirm={words.everywhere}
          danger
          send={(client) => client.signOutEverywhere()}
          done={() => words.ended}
          onClose={() => {
            close();
            readSession();
          }}
        >
          <p>{words.everywhereText}</p>
        </ConfirmDialog>
      )}
      {ending !== undefined && ending !== "everywhere" && (
        <ConfirmDialog
          title={words.end}
          confirm={words.end}
          send={(client) => client.revokeSession({ id: ending })}
          done={() => words.ended}
          onClose={close}
        >
          <p>
            {browserOf(sessions.data?.items.find(({ id }) => id === ending)?.userAgent ?? null, words.on) ??
              words.unknown}
          </p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
