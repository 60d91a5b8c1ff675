/** One of the colours `--c1` to `--c5`, to be used in this order. Beyond five: "other". */
export type Colour = 1 | 2 | 3 | 4 | 5;

/** What all charts with a time axis take. */
export interface ChartProps {
  /** What the chart shows: read aloud, and the caption of its table. */
  title: string;
  /** One per value. Dates (`YYYY-MM-DD`) are written as words; other labels as they are. */
  labels: readonly string[];
  /** Writes a value: in the axis, the tooltip and the table. */
  value: (value: number) => string;
  /** Pixels of the plot without its axis. */
  height?: number | undefined;
  /** Leaves out the legend, if the words beside the chart say what it shows. */
  bare?: boolean | undefined;
}

export interface Line {
  label: string;
  /** `null` leaves a gap. */
  values: readonly (number | null)[];
  colour?: Colour | undefined;
}

export interface LineChartProps extends ChartProps {
  lines: readonly Line[];
  /** The span before, at the same places: dashed and grey. */
  previous?: Omit<Line, "colour"> | undefined;
  /** How many values at the end are not final yet: dashed, to a hollow dot. */
  provisional?: number | undefined;
  /** Where the axis starts; counts start at 0, which is the default, and rates may start higher (`"auto"`). */
  from?: number | "auto" | undefined;
  /** More words in the tooltip of a place. */
  noteOf?: ((place: number) => string | undefined) | undefined;
}

export interface Scale {
  min: number;
  max: number;
  /** The grid lines, from `min` to `max`. */
  lines: number[];
}

const FACTORS = [1, 2, 2.5, 3, 4, 5, 6];

/** The axis for values: three to five grid lines at round numbers, with as little space above the values as possible. Pure. */
export function scaleOf(least: number, most: number): Scale {
  const span = most > least ? most - least : 1;
  const power = 10 ** Math.floor(Math.log10(span));
  const whole = Number.isInteger(least) && Number.isInteger(most);
  const steps = [power / 10, power, power * 10].flatMap((size) => FACTORS.map((factor) => factor * size));
  const scales = steps.flatMap((step) => {
    const min = Math.floor(least / step) * step;
    const count = Math.ceil((most - min) / step - 1e-9);
    const fits = count >= 2 && count <= 4 && (!whole || Number.isInteger(step));
    return fits ? [{ min, step, count }] : [];
  });
  // Of one height, the axis with more lines is first.
  const [best] = scales.sort((a, b) => a.step * a.count - b.step * b.count || b.count - a.count);
  const { min, step, count } = best ?? { min: Math.floor(least), step: 1, count: Math.max(1, Math.ceil(span)) };
  const lines = Array.from({ length: count + 1 }, (_, nth) => Number((min + nth * step).toPrecision(12)));
  return { min, max: lines.at(-1) ?? most, lines };
}

/** Which labels of the x axis to write: the first, the last and up to `most - 2` between them. Pure. */
export function ticksOf(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, nth) => nth);
  return [...new Set(Array.from({ length: most }, (_, nth) => Math.round((nth * (count - 1)) / (most - 1))))];
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const isDate = (label: string): boolean => DATE.test(label);
