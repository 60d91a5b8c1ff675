import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Invitation } from "../../../client/generated/types.ts";
import { Button } from "../../ui/basics/button.tsx";
import { Time } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { RowList } from "../../ui/data/row-list.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useToast } from "../../ui/overlay/toast.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useApi } from "../../ui/use-api.ts";
import { useFaultText } from "../shared/account/faults.ts";
import { accountWords } from "../shared/account/words.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { UnsentLink } from "./invite-dialog.tsx";
import { accountsWords } from "./words/accounts.ts";
import { settingsWords } from "./words/settings.ts";

/** Who is invited and has not answered yet. */
export function InvitationsCard(): JSX.Element {
  const { client, reload } = useUi();
  const words = useWords(accountsWords);
  const { roles } = useWords(accountWords);
  const { failed } = useWords(settingsWords);
  const toast = useToast();
  const faultText = useFaultText();
  const invitations = useApi((caller, options) => caller.listInvitations({}, options), "invitations");
  const [revoked, setRevoked] = useState<Invitation | undefined>(undefined);
  const [link, setLink] = useState<string | undefined>(undefined);
  const { busy, error, run } = useAction();
  const resend = async ({ id, email }: Invitation) => {
    const sent = await run(() => client.resendInvitation({ id }));
    if (!sent) return;
    reload();
    if (sent.answer.link !== null) setLink(sent.answer.link);
    else toast({ text: (sent.answer.mail === "sent" ? words.sent : words.queued)(email) });
  };
  return (
    <Card title={words.invitations} flush>
      {error && (
        <Note tone="bad" live>
          {faultText(error)}
        </Note>
      )}
      <Reading reading={invitations} failed={failed} shape="rows">
        {({ items }) =>
          items.length === 0 ? (
            <div class="body">{words.noInvitations}</div>
          ) : (
            <RowList
              rows={items.map((invitation) => ({
                key: invitation.id,
                icon: "mail" as const,
                title: invitation.email,
                note: (
                  <>
                    {roles[invitation.role]}
                    {invitation.invitedBy && `, ${words.by(invitation.invitedBy)}`},{" "}
                    {new Date(invitation.expiresAt) < new Date() ? (
                      words.expired
                    ) : (
                      <>
                        {words.validUntil} <Time of={invitation.expiresAt} />
                      </>
                    )}
                  </>
                ),
                end: (
                  <span class="row">
                    <Button small busy={busy} onClick={() => void resend(invitation)}>
                      {words.resend}
                    </Button>
                    <Button small kind="quiet" onClick={() => setRevoked(invitation)}>
                      {words.revoke}
                    </Button>
                  </span>
                ),
              }))}
            />
          )
        }
      </Reading>
      {link !== undefined && (
        <Dialog title={words.resend} onClose={() => setLink(undefined)}>
          <UnsentLink link={link} />
        </Dialog>
      )}
      {revoked && (
        <ConfirmDialog
          title={words.revokeOf(revoked.email)}
          confirm={words.revoke}
          danger
          send={(caller) => caller.revokeInvitation({ id: revoked.id })}
          done={() => words.revoked}
          onClose={() => setRevoked(undefined)}
        >
          <p>{words.revokeText}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
