import type { JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { Field, type FieldProps } from "./field.tsx";

interface Props extends FieldProps<string> {
  type?: "text" | "email" | "password" | "search" | "tel" | "url" | "time" | undefined;
  inputMode?: "numeric" | "decimal" | "text" | undefined;
  autocomplete?: string | undefined;
  placeholder?: string | undefined;
  icon?: IconName | undefined;
  /** A unit behind the value. */
  unit?: string | undefined;
  maxLength?: number | undefined;
  /** Takes the focus when it appears. One per dialog or page. */
  focused?: boolean | undefined;
}

export function TextInput(props: Props): JSX.Element {
  const {
    type = "text",
    inputMode,
    autocomplete,
    placeholder,
    icon,
    unit,
    maxLength,
    focused,
    value,
    onChange,
  } = props;
  return (
    <Field {...props}>
      {(attributes) => (
        <span class="input">
          {icon && <Icon name={icon} />}
          <input
            {...(attributes as object)}
            type={type as "text"}
            inputMode={inputMode}
            autocomplete={autocomplete}
            placeholder={placeholder}
            maxLength={maxLength}
            data-focus={focused || undefined}
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
          {unit && <span class="unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

interface AreaProps extends FieldProps<string> {
  rows?: number | undefined;
  maxLength?: number | undefined;
}

/** Text of several lines. */
export function TextArea(props: AreaProps): JSX.Element {
  const { rows = 3, maxLength, value, onChange } = props;
  return (
    <Field {...props}>
      {(attributes) => (
        <textarea
          {...attributes}
          class="input"
          rows={rows}
          maxLength={maxLength}
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SearchProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
}

/** A search field without a visible label, above a list. */
export function SearchInput({ label, value, onChange, placeholder = label }: SearchProps): JSX.Element {
  return (
    <span class="input search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </span>
  );
}
