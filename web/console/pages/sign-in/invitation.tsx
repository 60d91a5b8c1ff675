import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenInvitation } from "../../../client/generated/types.ts";
import { PATHS } from "../../routing/paths.ts";
import { Button, ButtonLink } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Loading } from "../../ui/data/loading.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useFaultText } from "../shared/account/faults.ts";
import { NewPasswordInput } from "../shared/account/password-input.tsx";
import { accountWords } from "../shared/account/words.ts";
import { Box } from "./box.tsx";
import { useLinkToken } from "./link-token.ts";
import { SecondFactorStep } from "./second-factor-step.tsx";
import { signInWords } from "./words.ts";

/** Makes the account of an invitation: name and password, the second factor, the backup codes. */
export function Invitation({ onDone }: { onDone(): void }): JSX.Element {
  const { client } = useUi();
  const { language } = useLocale();
  const token = useLinkToken();
  const words = useWords(accountWords);
  const { invitation: texts } = useWords(signInWords);
  const faultText = useFaultText();
  const opening = useAction();
  const accepting = useAction();
  const [invitation, setInvitation] = useState<OpenInvitation | undefined>(undefined);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [isAccepted, setAccepted] = useState(false);
  const open = async () => {
    const opened = await opening.run(() => client.getInvitation({ body: { token } }));
    if (opened) setInvitation(opened.answer);
  };
  useEffect(() => void open(), []);

  const fault = accepting.error ?? opening.error;
  if (fault?.code === "link-expired" || fault?.field === "token") return <ExpiredLink text={texts.expired} />;
  if (invitation === undefined) {
    return (
      <Box title={texts.title}>{opening.error ? <Note tone="bad">{faultText(opening.error)}</Note> : <Loading />}</Box>
    );
  }
  if (isAccepted) return <SecondFactorStep email={invitation.email} password={password} onDone={onDone} />;
  const accept = async () => {
    const body = { token, name: name.trim(), password, language };
    if (await accepting.run(() => client.acceptInvitation({ body }, { retries: 0 }))) setAccepted(true);
  };
  const role = words.roles[invitation.role];
  return (
    <Box title={texts.title} lead={texts.lead}>
      <p class="invited">
        {invitation.invitedBy ? texts.by(invitation.invitedBy, role) : texts.invited(role)}
        <small>{words.may[invitation.role]}</small>
      </p>
      <Form onSubmit={() => void accept()}>
        {accepting.error && accepting.error.field !== "password" && (
          <Note tone="bad" live>
            {faultText(accepting.error)}
          </Note>
        )}
        <div class="field">
          <label for="invited-email">{words.email}</label>
          <span class="input">
            <input id="invited-email" type="email" autocomplete="username" readOnly value={invitation.email} />
          </span>
          <span class="field-hint">{texts.emailHint}</span>
        </div>
        <TextInput
          label={words.name}
          name="name"
          autocomplete="name"
          value={name}
          onChange={setName}
          check={(entered) => (entered.trim() === "" ? words.nameMissing : undefined)}
        />
        <NewPasswordInput
          value={password}
          onChange={setPassword}
          email={invitation.email}
          error={accepting.error?.field === "password" ? faultText(accepting.error) : undefined}
        />
        <Button type="submit" kind="primary" busy={accepting.busy}>
          {texts.submit}
        </Button>
      </Form>
      <p class="after">{texts.next}</p>
    </Box>
  );
}

/** A link that was used, is too old or was replaced. */
export function ExpiredLink({ text, again }: { text: string; again?: { href: string; label: string } }): JSX.Element {
  const words = useWords(signInWords);
  return (
    <Box title={words.expired} links={<a href={PATHS.signIn}>{words.forgot.back}</a>}>
      <div class="form">
        <Note tone="warn">{text}</Note>
        {again && (
          <ButtonLink kind="primary" href={again.href}>
            {again.label}
          </ButtonLink>
        )}
      </div>
    </Box>
  );
}
