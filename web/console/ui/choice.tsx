import type { JSX } from "preact";

interface Shown<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  choose: (value: T) => void;
}

/** One of a few. */
export function Choice<T extends string>({ label, value, options, choose }: Shown<T>): JSX.Element {
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
