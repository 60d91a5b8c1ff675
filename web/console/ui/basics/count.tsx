import type { JSX } from "preact";
import { useLocale } from "../locale.tsx";

interface Props {
  value: number;
  tone?: "neutral" | "warn" | "bad" | undefined;
  /** What is counted, for screen readers: "open incidents". */
  label?: string | undefined;
}

/** The number of things that wait, beside the word for them. */
export function Count({ value, tone = "neutral", label }: Props): JSX.Element {
  const { format } = useLocale();
  return (
    <span class={`count ${tone}`}>
      {format.number(value)}
      {label && <span class="unseen"> {label}</span>}
    </span>
  );
}
