import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: ComponentChildren;
  disabled?: boolean | undefined;
  name?: string | undefined;
}

export function Checkbox(props: Props): JSX.Element {
  return <Tick {...props} kind="checkbox" />;
}

/** On or off, at once and without a button to save. */
export function Switch(props: Props): JSX.Element {
  return <Tick {...props} kind="switch" />;
}

function Tick({
  label,
  checked,
  onChange,
  hint,
  disabled,
  name,
  kind,
}: Props & { kind: "checkbox" | "switch" }): JSX.Element {
  const id = useId();
  return (
    <span class={`choice ${kind}`}>
      <input
        type="checkbox"
        id={id}
        name={name}
        role={kind === "switch" ? "switch" : undefined}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <small id={`${id}-hint`} class="field-hint">
          {hint}
        </small>
      )}
    </span>
  );
}

interface RadioProps<Value extends string> {
  /** The question that the options answer. */
  label: string;
  value: Value | undefined;
  options: readonly { value: Value; label: ComponentChildren; hint?: ComponentChildren; disabled?: boolean }[];
  onChange: (value: Value) => void;
}

/** One of a few options that all deserve to be seen. */
export function RadioGroup<Value extends string>({ label, value, options, onChange }: RadioProps<Value>): JSX.Element {
  const id = useId();
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {options.map((option) => (
        <span key={option.value} class="choice radio">
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            disabled={option.disabled}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            onChange={() => onChange(option.value)}
          />
          <label for={`${id}-${option.value}`}>{option.label}</label>
          {option.hint && (
            <small id={`${id}-${option.value}-hint`} class="field-hint">
              {option.hint}
            </small>
          )}
        </span>
      ))}
    </fieldset>
  );
}
