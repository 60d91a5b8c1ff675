import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { renderSVG } from "uqr";
import type { SecondFactorSetUp } from "../../../../client/generated/types.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useUi } from "../../../ui/context.tsx";
import { Loading } from "../../../ui/data/loading.tsx";
import { Form } from "../../../ui/form/form.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { useAction } from "../../../ui/use-action.ts";
import { CodeInput } from "./code-input.tsx";
import { CopyButton } from "./copy-button.tsx";
import { useFaultText } from "./faults.ts";
import { PasswordInput } from "./password-input.tsx";
import { accountWords } from "./words.ts";

interface Props {
  /** The password, if it was just entered. */
  password: string | undefined;
  /** Called with the backup codes once the app works. */
  onDone: (backupCodes: string[]) => void;
}

/** Picture and key for the authenticator app, and the first code of it as proof. */
export function SetUpSecondFactor({ password: known, onDone }: Props): JSX.Element {
  const { client } = useUi();
  const { setUp } = useWords(accountWords);
  const faultText = useFaultText();
  const [password, setPassword] = useState(known ?? "");
  const [secret, setSecret] = useState<SecondFactorSetUp | undefined>(undefined);
  const [code, setCode] = useState("");
  const starting = useAction();
  const confirming = useAction();
  const start = async () => {
    const started = await starting.run(() => client.startSecondFactor({ body: { password } }));
    if (started) setSecret(started.answer);
  };
  useEffect(() => {
    if (known !== undefined) void start();
  }, []);
  if (secret === undefined) {
    if (known !== undefined && starting.error === undefined) return <Loading />;
    return (
      <Form onSubmit={() => void start()}>
        <p>{setUp.password}</p>
        <PasswordInput value={password} onChange={setPassword} error={starting.error && faultText(starting.error)} />
        <Button type="submit" kind="primary" busy={starting.busy}>
          {setUp.next}
        </Button>
      </Form>
    );
  }
  const confirm = async () => {
    const confirmed = await confirming.run(() => client.confirmSecondFactor({ body: { code } }));
    if (confirmed) onDone(confirmed.answer.backupCodes);
  };
  const wrong = confirming.error?.code === "wrong-code" ? faultText(confirming.error) : undefined;
  return (
    <Form onSubmit={() => void confirm()}>
      <p>{setUp.lead}</p>
      <div class="qr-code" role="img" aria-label={setUp.picture}>
        <div dangerouslySetInnerHTML={{ __html: renderSVG(secret.uri, { border: 2 }) }} />
      </div>
      <div class="setup-key">
        <span>{setUp.key}</span>
        <code>{secret.setupKey.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
        <CopyButton text={secret.setupKey} />
      </div>
      {confirming.error && wrong === undefined && (
        <Note tone="bad" live>
          {faultText(confirming.error)}
        </Note>
      )}
      <CodeInput label={setUp.code} value={code} onChange={setCode} error={wrong} />
      <Button type="submit" kind="primary" busy={confirming.busy}>
        {setUp.confirm}
      </Button>
    </Form>
  );
}
