import type { ComponentChildren, JSX } from "preact";

export interface LogLine {
  /** When, already formatted. */
  time?: string | undefined;
  text: ComponentChildren;
  tone?: "warn" | "bad" | undefined;
}

/** The lines of a log, or the words of another server. */
export function LogBox({ label, lines }: { label: string; lines: LogLine[] }): JSX.Element {
  return (
    <ol class="log-box" aria-label={label}>
      {lines.map(({ time, text, tone }, nth) => (
        <li key={nth} class={tone}>
          {time && <time>{time}</time>}
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
