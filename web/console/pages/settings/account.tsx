import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Language } from "../../preferences.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { Form } from "../../ui/form/form.tsx";
import { Select } from "../../ui/form/select.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { useToast } from "../../ui/overlay/toast.tsx";
import { Card } from "../../ui/page/card.tsx";
import { FactList } from "../../ui/page/facts.tsx";
import { Note } from "../../ui/page/note.tsx";
import { usePreferences } from "../../ui/preferences-context.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useFaultText } from "../shared/account/faults.ts";
import { NewPasswordInput, PasswordInput } from "../shared/account/password-input.tsx";
import { accountWords } from "../shared/account/words.ts";
import { RenewBackupCodes } from "./backup-codes.tsx";
import { SessionsCard } from "./sessions.tsx";
import { settingsWords } from "./words/settings.ts";

/** The operator's own account. */
export function AccountSection(): JSX.Element {
  return (
    <div class="settings">
      <div class="stack">
        <ProfileCard />
        <PasswordCard />
      </div>
      <div class="stack">
        <FactorCard />
        <SessionsCard />
      </div>
    </div>
  );
}

const LANGUAGES = [
  ["de", "Deutsch"],
  ["en", "English"],
] as const;

function ProfileCard(): JSX.Element | null {
  const { operator, client, sessionLost: readSession } = useUi();
  const { language, setLanguage } = usePreferences();
  const words = useWords(settingsWords);
  const account = useWords(accountWords);
  const toast = useToast();
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [name, setName] = useState(operator?.name ?? "");
  if (operator === null) return null;
  const save = async () => {
    if (!(await run(() => client.updateAccount({ body: { name: name.trim() } })))) return;
    readSession();
    toast({ text: words.saved });
  };
  return (
    <Card title={words.profile}>
      <Form onSubmit={() => void save()}>
        <FactList
          facts={[
            { label: account.email, value: operator.email },
            { label: words.role, value: account.roles[operator.role], note: account.may[operator.role] },
          ]}
        />
        {error && (
          <Note tone="bad" live>
            {faultText(error)}
          </Note>
        )}
        <TextInput
          label={account.name}
          name="name"
          autocomplete="name"
          value={name}
          onChange={setName}
          changed={name !== operator.name}
          check={(entered) => (entered.trim() === "" ? account.nameMissing : undefined)}
        />
        <Select<Language> label={words.language} value={language} options={LANGUAGES} onChange={setLanguage} />
        <Button type="submit" kind="primary" busy={busy}>
          {words.save}
        </Button>
      </Form>
    </Card>
  );
}

function PasswordCard(): JSX.Element | null {
  const { operator, client } = useUi();
  const { password: words } = useWords(settingsWords);
  const toast = useToast();
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [times, setTimes] = useState(0);
  if (operator === null) return null;
  const change = async () => {
    const body = { currentPassword: current, newPassword: next };
    if (!(await run(() => client.changePassword({ body }, { retries: 0 })))) return;
    toast({ text: words.done });
    setCurrent("");
    setNext("");
    setTimes(times + 1);
  };
  const isNew = error?.field === "newPassword";
  return (
    <Card title={words.title}>
      <p>{words.text}</p>
      <Form key={times} onSubmit={() => void change()}>
        {/* Password managers know by it whose password this is. */}
        <input type="text" name="email" autocomplete="username" value={operator.email} readOnly hidden />
        <PasswordInput
          label={words.current}
          value={current}
          onChange={setCurrent}
          error={error && !isNew ? faultText(error) : undefined}
        />
        <NewPasswordInput
          value={next}
          onChange={setNext}
          email={operator.email}
          error={error && isNew ? faultText(error) : undefined}
        />
        <Button type="submit" busy={busy}>
          {words.change}
        </Button>
      </Form>
    </Card>
  );
}

function FactorCard(): JSX.Element {
  const { factor: words } = useWords(settingsWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words.title}>
      <Note tone="ok" icon="shield-check" title={words.on}>
        {words.lost}
      </Note>
      <Button icon="key-round" onClick={() => setOpen(true)}>
        {words.renew}
      </Button>
      {isOpen && <RenewBackupCodes onClose={() => setOpen(false)} />}
    </Card>
  );
}
