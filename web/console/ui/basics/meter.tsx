import type { JSX } from "preact";

interface Part {
  /** A share of the whole, from 0 to 1. */
  share: number;
  tone?: "accent" | "warn" | "bad" | "neutral" | undefined;
}

interface Props {
  /** What is measured and how much it is, for screen readers. The same words stand beside the bar. */
  label: string;
  parts: Part[];
}

/** A bar that shows shares of a whole. */
export function Meter({ label, parts }: Props): JSX.Element {
  return (
    <span class="meter" role="img" aria-label={label}>
      {parts.map(({ share, tone = "accent" }, nth) => (
        <span key={nth} class={tone} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      ))}
    </span>
  );
}
