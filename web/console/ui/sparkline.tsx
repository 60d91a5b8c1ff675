import type { JSX } from "preact";

export interface Spark {
  key: string;
  /** Undefined if unknown: drawn as a full, hollow bar. */
  value: number | undefined;
  bad: boolean;
}

const HEIGHT = 26;
const STEP = 5;

/** A series as small bars, oldest first. Bad ones are red and have a foot. */
export function Sparkline({ label, sparks }: { label: string; sparks: Spark[] }): JSX.Element {
  const most = Math.max(1, ...sparks.map(({ value }) => value ?? 0));
  const width = Math.max(1, sparks.length) * STEP;
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
    >
      {sparks.map(({ key, value, bad }, nth) => {
        const height = value === undefined ? HEIGHT - 6 : Math.max(2, ((HEIGHT - 6) * value) / most);
        const kind = [bad ? "bad" : "", value === undefined ? "hollow" : ""].join(" ");
        return (
          <g key={key} class={kind}>
            <rect x={nth * STEP + 0.5} y={HEIGHT - 4 - height} width={STEP - 2} height={height} />
            {bad && <rect x={nth * STEP + 0.5} y={HEIGHT - 2.5} width={STEP - 2} height={2} />}
          </g>
        );
      })}
    </svg>
  );
}
