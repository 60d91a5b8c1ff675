import type { JSX } from "preact";
import type { SignInStep } from "../../../client/generated/types.ts";
import { PATHS } from "../../routing/paths.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useFaultText } from "../shared/account/faults.ts";
import { PasswordInput } from "../shared/account/password-input.tsx";
import { accountWords, addressFault } from "../shared/account/words.ts";
import { Box } from "./box.tsx";
import { signInWords } from "./words.ts";

interface Entered {
  email: string;
  password: string;
}

interface Props extends Entered {
  /** Whether this deployment has what a sign-in needs. */
  canSignIn: boolean;
  /** Said above the form: why it starts again. */
  notice: string | undefined;
  enter(entered: Entered): void;
  onStep(next: SignInStep["next"]): void;
}

/** The first step: e-mail address and password. What was entered stays if it is wrong. */
export function PasswordStep({ email, password, canSignIn, notice, enter, onStep }: Props): JSX.Element {
  const { client } = useUi();
  const words = useWords(accountWords);
  const { signIn } = useWords(signInWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const submit = async () => {
    const step = await run(() => client.signIn({ body: { email: email.trim(), password } }, { retries: 0 }));
    if (step) onStep(step.answer.next);
  };
  const wrong = error?.code === "wrong-credentials" || error?.status === 429 ? faultText(error) : undefined;
  return (
    <Box title={signIn.title} lead={signIn.lead}>
      <Form onSubmit={() => void submit()}>
        {!canSignIn && <Note tone="warn">{signIn.unset}</Note>}
        {notice && !error && <Note tone="info">{notice}</Note>}
        {error && wrong === undefined && (
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
          onChange={(entered) => enter({ email: entered, password })}
          check={(entered) => addressFault(entered, words)}
        />
        <div class="beside">
          <PasswordInput value={password} onChange={(entered) => enter({ email, password: entered })} error={wrong} />
          <a href={PATHS.forgot}>{signIn.forgot}</a>
        </div>
        <Button type="submit" kind="primary" busy={busy}>
          {signIn.submit}
        </Button>
      </Form>
    </Box>
  );
}
