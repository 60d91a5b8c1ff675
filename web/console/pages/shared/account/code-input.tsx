import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Field } from "../../../ui/form/field.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { accountWords } from "./words.ts";

interface Props {
  label?: string | undefined;
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
}

/** The six digits of an authenticator app. One field, so that phones and password managers can fill it. */
export function CodeInput({ label, value, onChange, error }: Props): JSX.Element {
  const words = useWords(accountWords);
  const input = useRef<HTMLInputElement>(null);
  // The next code replaces a wrong one.
  useEffect(() => {
    if (error !== undefined) input.current?.select();
  }, [error]);
  return (
    <Field
      label={label ?? words.code}
      name="code"
      value={value}
      onChange={onChange}
      error={error}
      check={(entered) => (/^\d{6}$/.test(entered) ? undefined : words.codeMissing)}
    >
      {(attributes) => (
        <span class="input code">
          <input
            {...attributes}
            ref={input}
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={7}
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value.replaceAll(/\D/g, "").slice(0, 6))}
          />
        </span>
      )}
    </Field>
  );
}
