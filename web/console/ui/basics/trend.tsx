import type { JSX } from "preact";
import { useLocale, useWords } from "../locale.tsx";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
  /** The change; its sign decides the arrow. */
  change: number;
  /** The change in words, such as "11%" or "1.9 points"; by default the number without its sign. */
  children?: string | undefined;
  /** Whether more is better; `false` for refused mails and the like, `undefined` if neither is. */
  moreIsBetter?: boolean | undefined;
}

/** A change against the span before: an arrow and words. */
export function Trend({ change, children, moreIsBetter = true }: Props): JSX.Element {
  const { format } = useLocale();
  const { up, down, unchanged } = useWords(words);
  const direction = change > 0 ? "up" : change < 0 ? "down" : "flat";
  const tone = direction === "flat" ? "neutral" : (direction === "up") === moreIsBetter ? "ok" : "bad";
  const icon = direction === "up" ? "arrow-up" : direction === "down" ? "arrow-down" : "minus";
  const word = direction === "up" ? up : direction === "down" ? down : unchanged;
  return (
    <span class={`trend ${tone}`}>
      <Icon name={icon} size="small" />
      <span class="unseen">{word} </span>
      {children ?? format.number(Math.abs(change))}
    </span>
  );
}
