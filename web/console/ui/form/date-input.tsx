import type { JSX } from "preact";
import { useLocale } from "../locale.tsx";
import { Field, type FieldProps } from "./field.tsx";

interface Props extends FieldProps<string> {
  /** `YYYY-MM-DD`, as the value; an empty value is no date. */
  min?: string | undefined;
  max?: string | undefined;
}

/** A date by picker or typing. Names the weekday below, unless there is a hint. */
export function DateInput(props: Props): JSX.Element {
  const { format } = useLocale();
  const { min, max, value, onChange, hint = value ? format.longDay(value) : undefined } = props;
  return (
    <Field {...props} hint={hint}>
      {(attributes) => (
        <span class="input date">
          <input
            {...attributes}
            type="date"
            min={min}
            max={max}
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
        </span>
      )}
    </Field>
  );
}
