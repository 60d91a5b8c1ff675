import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../../ui/basics/icon.tsx";
import { Field } from "../../../ui/form/field.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { accountWords, MIN_PASSWORD, passwordFault } from "./words.ts";

interface Props {
  label?: string | undefined;
  value: string;
  onChange: (password: string) => void;
  error?: string | undefined;
}

/** The password that the operator has. */
export function PasswordInput({ label, value, onChange, error }: Props): JSX.Element {
  const words = useWords(accountWords);
  return (
    <Field
      label={label ?? words.password}
      name="password"
      value={value}
      onChange={onChange}
      error={error}
      check={(entered) => (entered === "" ? words.passwordMissing : undefined)}
    >
      {(attributes) => (
        <Shown>
          {(type) => (
            <input
              {...attributes}
              type={type as "password"}
              autocomplete="current-password"
              value={value}
              onInput={({ currentTarget }) => onChange(currentTarget.value)}
            />
          )}
        </Shown>
      )}
    </Field>
  );
}

/** A new password, with how far it is from long enough. */
export function NewPasswordInput({ label, value, onChange, error, email }: Props & { email: string }): JSX.Element {
  const words = useWords(accountWords);
  const length = [...value].length;
  return (
    <Field
      label={label ?? words.newPassword}
      name="new-password"
      value={value}
      onChange={onChange}
      error={error}
      check={(entered) => passwordFault(entered, email, words)}
      hint={length >= MIN_PASSWORD ? `${words.strong} ${words.passwordHint}` : words.passwordHint}
    >
      {(attributes) => (
        <>
          <Shown>
            {(type) => (
              <input
                {...attributes}
                type={type as "password"}
                autocomplete="new-password"
                value={value}
                onInput={({ currentTarget }) => onChange(currentTarget.value)}
              />
            )}
          </Shown>
          <meter
            class="password-length"
            aria-hidden="true"
            min={0}
            max={MIN_PASSWORD}
            value={Math.min(length, MIN_PASSWORD)}
          />
        </>
      )}
    </Field>
  );
}

/** A field with a button that shows what was typed. */
function Shown({ children }: { children: (type: "text" | "password") => JSX.Element }): JSX.Element {
  const words = useWords(accountWords);
  const [shown, setShown] = useState(false);
  return (
    <span class="input password">
      {children(shown ? "text" : "password")}
      <button
        type="button"
        aria-pressed={shown}
        aria-label={shown ? words.hide : words.show}
        onClick={() => setShown(!shown)}
      >
        <Icon name="eye" />
      </button>
    </span>
  );
}
