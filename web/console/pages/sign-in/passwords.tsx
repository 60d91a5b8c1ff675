import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { PATHS } from "../../routing/paths.ts";
import { Button, ButtonLink } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useFaultText } from "../shared/account/faults.ts";
import { NewPasswordInput } from "../shared/account/password-input.tsx";
import { accountWords, addressFault } from "../shared/account/words.ts";
import { Box } from "./box.tsx";
import { ExpiredLink } from "./invitation.tsx";
import { useLinkToken } from "./link-token.ts";
import { signInWords } from "./words.ts";

/** Asks for the link with which a forgotten password is replaced. The answer is the same for every address. */
export function ForgotPassword(): JSX.Element {
  const { client } = useUi();
  const words = useWords(accountWords);
  const { forgot } = useWords(signInWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string | undefined>(undefined);
  const back = <a href={PATHS.signIn}>{forgot.back}</a>;
  if (sentTo !== undefined) {
    return (
      <Box title={forgot.sentTitle} lead={forgot.sent(sentTo)} links={back}>
        {null}
      </Box>
    );
  }
  const submit = async () => {
    const address = email.trim();
    if (await run(() => client.requestPasswordReset({ body: { email: address } }))) setSentTo(address);
  };
  return (
    <Box title={forgot.title} lead={forgot.lead} links={back}>
      <Form onSubmit={() => void submit()}>
        {error && (
          <Note tone="bad" live>
            {faultText(error)}
          </Note>
        )}
        <TextInput
          label={words.email}
          type="email"
          name="email"
          autocomplete="username"
          value={email}
          onChange={setEmail}
          check={(entered) => addressFault(entered, words)}
        />
        <Button type="submit" kind="primary" busy={busy}>
          {forgot.submit}
        </Button>
      </Form>
    </Box>
  );
}

/** Sets a new password with the link from the mail. */
export function ResetPassword(): JSX.Element {
  const { client } = useUi();
  const token = useLinkToken();
  const { reset, signIn } = useWords(signInWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  if (token === "" || error?.code === "link-expired" || error?.field === "token") {
    return <ExpiredLink text={reset.expired} again={{ href: PATHS.forgot, label: reset.again }} />;
  }
  if (isDone) {
    return (
      <Box title={reset.doneTitle} lead={reset.done}>
        <div class="form">
          <ButtonLink kind="primary" href={PATHS.signIn}>
            {signIn.submit}
          </ButtonLink>
        </div>
      </Box>
    );
  }
  const submit = async () => {
    if (await run(() => client.resetPassword({ body: { token, password } }, { retries: 0 }))) setDone(true);
  };
  return (
    <Box title={reset.title} lead={reset.lead}>
      <Form onSubmit={() => void submit()}>
        {error && error.field !== "password" && (
          <Note tone="bad" live>
            {faultText(error)}
          </Note>
        )}
        <NewPasswordInput
          value={password}
          onChange={setPassword}
          email=""
          error={error?.field === "password" ? faultText(error) : undefined}
        />
        <Button type="submit" kind="primary" busy={busy}>
          {reset.submit}
        </Button>
      </Form>
    </Box>
  );
}
