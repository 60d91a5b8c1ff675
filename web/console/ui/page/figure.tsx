import type { ComponentChildren, JSX } from "preact";

interface Props {
  value: ComponentChildren;
  /** What the value counts: "visitors", "of 220 places". */
  label: ComponentChildren;
  /** A `Trend`, or what else belongs beside the figure. */
  children?: ComponentChildren;
  hero?: boolean | undefined;
}

/** A number that is worth reading from afar. */
export function Figure({ value, label, children, hero }: Props): JSX.Element {
  return (
    <p class={hero ? "figure hero" : "figure"}>
      <b>{value}</b> <span>{label}</span> {children}
    </p>
  );
}
