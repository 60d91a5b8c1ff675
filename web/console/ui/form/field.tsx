import type { ComponentChildren, JSX } from "preact";
import { useContext, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../basics/icon.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";
import { FormContext } from "./form-context.ts";

/** What all controls with a label take. */
export interface FieldProps<Value> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  hint?: ComponentChildren;
  optional?: boolean | undefined;
  /** Says in words what is wrong with a value. Asked when the field is left, and on submit. */
  check?: ((value: Value) => string | undefined) | undefined;
  /** What the server said of the value. */
  error?: string | undefined;
  disabled?: boolean | undefined;
  /** Marks a value that is not saved yet. */
  changed?: boolean | undefined;
  /** For password managers and tests. */
  name?: string | undefined;
}

/** What a control inside `Field` puts on its element. */
export interface ControlAttributes {
  id: string;
  name: string | undefined;
  disabled: boolean | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  onBlur: () => void;
}

interface Props<Value> extends FieldProps<Value> {
  children: (attributes: ControlAttributes) => ComponentChildren;
}

/** Label above, control, then the error in words or the hint. */
export function Field<Value>(props: Props<Value>): JSX.Element {
  const { label, value, hint, optional, check, error, disabled, changed, name, children } = props;
  const id = useId();
  const texts = useWords(words);
  const { submitted } = useContext(FormContext);
  const [left, setLeft] = useState(false);
  const refusal = useRefusal(error, value);
  const checked = left || submitted ? check?.(value) : undefined;
  const wrong = checked ?? refusal;
  const note = wrong !== undefined || hint !== undefined ? `${id}-note` : undefined;
  return (
    <div
      class={changed ? "field changed" : "field"}
      data-refused={(checked === undefined && refusal !== undefined) || undefined}
    >
      <label for={id}>
        {label}
        {optional && <span class="optional"> {texts.optional}</span>}
      </label>
      {children({
        ...{ id, name, disabled },
        "aria-describedby": note,
        "aria-invalid": wrong === undefined ? undefined : true,
        onBlur: () => setLeft(true),
      })}
      {wrong !== undefined ? (
        <span id={note} class="field-error">
          <Icon name="circle-alert" size="small" />
          {wrong}
        </span>
      ) : (
        hint !== undefined && (
          <span id={note} class="field-hint">
            {hint}
          </span>
        )
      )}
    </div>
  );
}

/** What the server said, as long as the value is the one that it refused. */
function useRefusal<Value>(error: string | undefined, value: Value): string | undefined {
  const refused = useRef({ error, value });
  if (refused.current.error !== error) refused.current = { error, value };
  return refused.current.value === value ? error : undefined;
}
