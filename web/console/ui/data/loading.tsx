import type { JSX } from "preact";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props {
  /** The final shape: lines of text, rows of a table, a figure above a chart. */
  shape?: "lines" | "rows" | "figure" | "chart" | undefined;
  rows?: number | undefined;
}

/** Grey shapes of the final size, invisible for the first 300 ms. */
export function Loading({ shape = "lines", rows = 4 }: Props): JSX.Element {
  const { loading } = useWords(words);
  const count = shape === "figure" ? 2 : shape === "chart" ? 3 : rows;
  return (
    <div class={`loading ${shape}`} role="status">
      <span class="unseen">{loading}</span>
      {Array.from({ length: count }, (_, nth) => (
        <span key={nth} class="shape" />
      ))}
    </div>
  );
}
