import type { JSX } from "preact";
import { useWords } from "../../../ui/locale.tsx";
import { words } from "../words.ts";

export interface DurationBar {
  id: string;
  durationMs: number | null;
  bad: boolean;
}

interface Props {
  /** Newest first. */
  bars: readonly DurationBar[];
  selected?: string | undefined;
  small?: boolean | undefined;
}

/** The durations of executions as bars, oldest first; failed ones are hatched. */
export function DurationBars({ bars, selected, small }: Props): JSX.Element {
  const w = useWords(words);
  const longest = Math.max(1, ...bars.map(({ durationMs }) => durationMs ?? 0));
  const failed = bars.filter(({ bad }) => bad).length;
  return (
    <div
      class={small ? "duration-bars small" : "duration-bars"}
      role="img"
      aria-label={w.recentLabel(bars.length, failed)}
    >
      {[...bars].reverse().map(({ id, durationMs, bad }) => (
        <i
          key={id}
          class={[bad && "bad", id === selected && "selected"].filter(Boolean).join(" ")}
          style={{ "--height": `${Math.max(4, Math.round((100 * (durationMs ?? 0)) / longest))}%` }}
        />
      ))}
    </div>
  );
}
