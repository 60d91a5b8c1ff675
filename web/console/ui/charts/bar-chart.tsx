import type { JSX } from "preact";
import { ChartFrame, type Shown } from "./chart-frame.tsx";
import { type ChartProps, type Colour, scaleOf } from "./series.ts";

export interface Bars {
  label: string;
  values: readonly (number | null)[];
  colour?: Colour | undefined;
  /** Hatched, for what went wrong or is not final. */
  hatched?: boolean | undefined;
}

interface Props extends ChartProps {
  /** Stacked, the first at the bottom. */
  bars: readonly Bars[];
  /** How many places at the end are not final yet. */
  provisional?: number | undefined;
  noteOf?: ((place: number) => string | undefined) | undefined;
}

/** Bars over time, stacked if there are several. */
export function BarChart(props: Props): JSX.Element {
  const { bars, labels, provisional = 0 } = props;
  const sums = labels.map((_, place) => bars.reduce((sum, { values }) => sum + (values[place] ?? 0), 0));
  const scale = scaleOf(0, Math.max(1, ...sums));
  const provisionalFrom = provisional > 0 ? labels.length - provisional : undefined;
  const shown: Shown[] = bars.map(({ label, values, colour, hatched }, nth) => ({
    ...{ label, values, look: hatched ? ("hatched" as const) : ("bar" as const) },
    colour: colour ?? ((nth + 1) as Colour),
  }));
  return (
    <ChartFrame {...props} {...{ shown, scale, provisionalFrom }} between>
      <div class="bars">
        {labels.map((label, place) => (
          <span
            key={label}
            class={provisionalFrom !== undefined && place >= provisionalFrom ? "provisional" : undefined}
          >
            {shown.map(({ label: name, values, colour, look }) => (
              <span
                key={name}
                class={`colour-${colour} ${look}`}
                style={{ height: `${((values[place] ?? 0) / scale.max) * 100}%` }}
              />
            ))}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}
