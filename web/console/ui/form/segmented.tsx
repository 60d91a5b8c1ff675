import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Count } from "../basics/count.tsx";
import { Icon } from "../basics/icon.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props<Value extends string> {
  /** What is chosen, for screen readers: "Span". */
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, label: string])[];
  onChange: (value: Value) => void;
}

/** One of two to five short options, side by side: spans, views. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="unseen">{label}</legend>
      {options.map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TabsProps {
  label: string;
  /** The tab is part of the page's address, so that Back returns to it. */
  tabs: readonly { href: string; label: string; current: boolean; count?: number | undefined }[];
}

/** Parts of a page as links. */
export function Tabs({ label, tabs }: TabsProps): JSX.Element {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, label: text, current, count }) => (
        <a key={href} href={href} aria-current={current ? "page" : undefined}>
          {text}
          {count !== undefined && count > 0 && <Count value={count} />}
        </a>
      ))}
    </nav>
  );
}

interface ChipProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: ComponentChildren; count?: number | undefined }[];
  /** The chosen values; several if the page allows it. */
  chosen: readonly Value[];
  onToggle: (value: Value) => void;
}

/** Filters that can be switched on and off. */
export function Chips<Value extends string>({ label, options, chosen, onToggle }: ChipProps<Value>): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent with a form
    <div class="chips" role="group" aria-label={label}>
      {options.map(({ value, label: text, count }) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-pressed={chosen.includes(value)}
          onClick={() => onToggle(value)}
        >
          {text}
          {count !== undefined && <Count value={count} />}
        </button>
      ))}
    </div>
  );
}

/** A filter that is on and can be removed: "Country Germany ×". */
export function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }): JSX.Element {
  const { remove } = useWords(words);
  return (
    <button type="button" class="chip" aria-pressed="true" aria-label={remove(label)} onClick={onRemove}>
      {label}
      <Icon name="x" size="small" />
    </button>
  );
}
