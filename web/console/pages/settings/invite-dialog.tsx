import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { InvitationSent } from "../../../client/generated/types.ts";
import { ROLES, type Role } from "../../operator.ts";
import type { Language } from "../../preferences.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { RadioGroup } from "../../ui/form/choices.tsx";
import { Form } from "../../ui/form/form.tsx";
import { Select } from "../../ui/form/select.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useToast } from "../../ui/overlay/toast.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { CopyButton } from "../shared/account/copy-button.tsx";
import { useFaultText } from "../shared/account/faults.ts";
import { accountWords, addressFault } from "../shared/account/words.ts";
import { accountsWords } from "./words/accounts.ts";

/** Invites someone by mail. If no mail can be sent, shows the link instead. */
export function InviteDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { client, reload } = useUi();
  const words = useWords(accountsWords);
  const account = useWords(accountWords);
  const { language: own } = useLocale();
  const toast = useToast();
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("staff");
  const [language, setLanguage] = useState<Language>(own);
  const [unsent, setUnsent] = useState<InvitationSent | undefined>(undefined);
  const invite = async () => {
    const invited = await run(() => client.inviteOperator({ body: { email: email.trim(), role, language } }));
    if (!invited) return;
    reload();
    if (invited.answer.mail === "no-sender") return setUnsent(invited.answer);
    const said = invited.answer.mail === "sent" ? words.sent : words.queued;
    toast({ text: said(invited.answer.invitation.email) });
    onClose();
  };
  return (
    <Dialog title={words.invite} onClose={onClose} busy={busy}>
      {unsent !== undefined ? (
        <UnsentLink link={unsent.link ?? ""} />
      ) : (
        <Form onSubmit={() => void invite()}>
          {error && (
            <Note tone="bad" live>
              {faultText(error)}
            </Note>
          )}
          <TextInput
            label={account.email}
            type="email"
            name="invited"
            autocomplete="off"
            focused
            value={email}
            onChange={setEmail}
            check={(entered) => addressFault(entered, account)}
          />
          <RadioGroup
            label={words.role}
            value={role}
            onChange={setRole}
            options={ROLES.map((value) => ({ value, label: account.roles[value], hint: account.may[value] }))}
          />
          <Select<Language>
            label={words.language}
            value={language}
            onChange={setLanguage}
            options={[
              ["de", "Deutsch"],
              ["en", "English"],
            ]}
          />
          <Button type="submit" kind="primary" busy={busy}>
            {words.inviteSubmit}
          </Button>
        </Form>
      )}
    </Dialog>
  );
}

/** The link of an invitation for which no mail could be sent. */
export function UnsentLink({ link }: { link: string }): JSX.Element {
  const words = useWords(accountsWords);
  return (
    <div class="form">
      <Note tone="warn">{words.noSender}</Note>
      <code class="token-once">{link}</code>
      <CopyButton text={link} />
    </div>
  );
}
