import type { JSX } from "preact";

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  choose: (value: T) => void;
}

/** A labelled select for one of a few values. */
export function Choice<T extends string>({ label, value, options, choose }: Props<T>): JSX.Element {
  return (
    <label class="choice">
      {label}{" "}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as T)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
