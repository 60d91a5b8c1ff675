import type { JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import { Field, type FieldProps } from "./field.tsx";

export type Option<Value extends string> = readonly [value: Value, label: string];

interface Props<Value extends string> extends FieldProps<Value> {
  options: readonly Option<Value>[];
}

export function Select<Value extends string>(props: Props<Value>): JSX.Element {
  const { options, value, onChange } = props;
  return (
    <Field {...props}>
      {(attributes) => (
        <span class="input select">
          <select
            {...attributes}
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
          >
            {options.map(([option, label]) => (
              <option key={option} value={option}>
                {label}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      )}
    </Field>
  );
}

interface SmallProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
}

/** A select without a visible label, for the head of a page or card. */
export function InlineSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SmallProps<Value>): JSX.Element {
  return (
    <span class="input select inline">
      <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  );
}
