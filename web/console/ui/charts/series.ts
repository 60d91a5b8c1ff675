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

/** Where the axis ends and which grid lines it has: three to five, at round numbers. Pure. */
export function scaleOf(least: number, most: number): { min: number; max: number; lines: number[] } {
  const span = most > least ? most - least : 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power * 10;
  const whole = Number.isInteger(least) && Number.isInteger(most) && step < 1 ? 1 : step;
  const min = Math.floor(least / whole) * whole;
  const count = Math.max(2, Math.ceil((most - min) / whole - 1e-9));
  const lines = Array.from({ length: count + 1 }, (_, nth) => Number((min + nth * whole).toPrecision(12)));
  return { min, max: lines.at(-1) ?? most, lines };
}

/** Which labels of the x axis to write: the first, the last and up to `most - 2` between them. Pure. */
export function ticksOf(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, nth) => nth);
  return [...new Set(Array.from({ length: most }, (_, nth) => Math.round((nth * (count - 1)) / (most - 1))))];
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const isDate = (label: string): boolean => DATE.test(label);
