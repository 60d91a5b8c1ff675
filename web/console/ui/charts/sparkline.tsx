import type { JSX } from "preact";

interface Props {
  /** What the line shows and where it ends, for screen readers. */
  label: string;
  values: readonly (number | null)[];
  /** `bars` for counts of separate things, such as runs. */
  kind?: "line" | "bars" | undefined;
}

const WIDTH = 100;
const HEIGHT = 24;

/** A small line without axes, beside a figure. */
export function Sparkline({ label, values, kind = "line" }: Props): JSX.Element {
  const most = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const x = (nth: number) => (values.length > 1 ? (nth / (values.length - 1)) * WIDTH : 0);
  const y = (value: number) => HEIGHT - (value / most) * HEIGHT;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {kind === "line" ? (
        <path
          d={values.map((value, nth) => (value === null ? "" : `${pen(values, nth)}${x(nth)} ${y(value)}`)).join("")}
        />
      ) : (
        values.map((value, nth) => (
          <rect
            key={nth}
            x={(nth * WIDTH) / values.length}
            width={(WIDTH / values.length) * 0.75}
            y={y(value ?? 0)}
            height={HEIGHT - y(value ?? 0)}
          />
        ))
      )}
    </svg>
  );
}

/** Starts a new line after a gap. */
const pen = (values: readonly (number | null)[], nth: number): string =>
  (values[nth - 1] ?? null) === null ? "M" : "L";
