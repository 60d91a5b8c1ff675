import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Form } from "../../ui/form/form.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useAction } from "../../ui/use-action.ts";
import { BackupCodes } from "../shared/account/backup-codes.tsx";
import { useFaultText } from "../shared/account/faults.ts";
import { PasswordInput } from "../shared/account/password-input.tsx";
import { settingsWords } from "./words/settings.ts";

/** Asks for the password, and then shows the new codes once. */
export function RenewBackupCodes({ onClose }: { onClose: () => void }): JSX.Element {
  const { client, club, operator } = useUi();
  const { factor: words } = useWords(settingsWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [password, setPassword] = useState("");
  const [codes, setCodes] = useState<string[] | undefined>(undefined);
  const renew = async () => {
    const renewed = await run(() => client.renewBackupCodes({ body: { password } }, { retries: 0 }));
    if (renewed) setCodes(renewed.answer.backupCodes);
  };
  return (
    <Dialog title={words.renew} onClose={onClose} busy={busy}>
      {codes === undefined ? (
        <Form onSubmit={() => void renew()}>
          <p>{words.renewText}</p>
          <PasswordInput value={password} onChange={setPassword} error={error && faultText(error)} />
          <Button type="submit" kind="primary" busy={busy}>
            {words.renew}
          </Button>
        </Form>
      ) : (
        <BackupCodes codes={codes} owner={`Taktwerk, ${club.name}, ${operator?.email ?? ""}`} onDone={onClose} />
      )}
    </Dialog>
  );
}
