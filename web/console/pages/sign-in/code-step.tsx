import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Checkbox } from "../../ui/form/choices.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { CodeInput } from "../shared/account/code-input.tsx";
import { useFaultText } from "../shared/account/faults.ts";
import { Box } from "./box.tsx";
import { signInWords } from "./words.ts";

interface Props {
  onDone(): void;
  /** Back to the password, with the reason if the step took too long. */
  onRestart(reason?: string): void;
}

const BACKUP_CODE = /^[a-zA-Z0-9]{5}-[a-zA-Z0-9]{5}$/;

/** The second step: a code of the app, or a backup code. */
export function CodeStep({ onDone, onRestart }: Props): JSX.Element {
  const { client } = useUi();
  const words = useWords(signInWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [isBackup, setBackup] = useState(false);
  const [code, setCode] = useState("");
  const [trustDevice, setTrust] = useState(false);
  const submit = async () => {
    const done = await run(() =>
      isBackup
        ? client.useBackupCode({ body: { code: code.trim() } }, { retries: 0 })
        : client.verifySecondFactor({ body: { code, trustDevice } }, { retries: 0 }),
    );
    if (done) onDone();
  };
  useEffect(() => {
    if (error?.code === "sign-in-expired") onRestart(faultText(error));
  }, [error]);
  const wrong = error?.code === "wrong-code" || error?.status === 429 ? faultText(error) : undefined;
  const step = isBackup ? words.backup : words.code;
  const change = () => {
    setBackup(!isBackup);
    setCode("");
  };
  return (
    <Box
      title={step.title}
      lead={step.lead}
      links={
        <>
          <button type="button" onClick={change}>
            {isBackup ? words.backup.useApp : words.code.useBackup}
          </button>
          <button type="button" onClick={() => onRestart()}>
            {words.code.other}
          </button>
        </>
      }
    >
      <Form key={String(isBackup)} onSubmit={() => void submit()}>
        {error && wrong === undefined && (
          <Note tone="bad" live>
            {faultText(error)}
          </Note>
        )}
        {isBackup ? (
          <TextInput
            label={words.backup.label}
            name="backup-code"
            autocomplete="off"
            value={code}
            onChange={setCode}
            error={wrong}
            check={(entered) => (BACKUP_CODE.test(entered.trim()) ? undefined : words.backup.missing)}
          />
        ) : (
          <>
            <CodeInput value={code} onChange={setCode} error={wrong} />
            <Checkbox label={words.code.trust} hint={words.code.trustHint} checked={trustDevice} onChange={setTrust} />
          </>
        )}
        <Button type="submit" kind="primary" busy={busy}>
          {words.code.submit}
        </Button>
      </Form>
    </Box>
  );
}
