import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useLocale } from "../locale.tsx";
import { ChartFrame, type Shown } from "./chart-frame.tsx";
import { type ChartProps, type Colour, type Scale, scaleOf } from "./series.ts";

export interface Line {
  label: string;
  /** `null` leaves a gap. */
  values: readonly (number | null)[];
  colour?: Colour | undefined;
}

interface Props extends ChartProps {
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

/** Lines over time. A single line has an area of 9% below it. */
export function LineChart(props: Props): JSX.Element {
  const { lines, previous, provisional = 0, from = 0, height = 160 } = props;
  const { dark } = useLocale();
  const holder = useRef<HTMLDivElement>(null);
  const known = [...lines, ...(previous ? [previous] : [])].flatMap(({ values }) =>
    values.filter((value) => value !== null),
  );
  const most = Math.max(...known, from === "auto" ? Number.NEGATIVE_INFINITY : from);
  const least = from === "auto" ? Math.min(...known) : from;
  const scale = known.length > 0 ? scaleOf(least, most) : scaleOf(0, 1);
  const provisionalFrom = provisional > 0 ? props.labels.length - provisional : undefined;

  // Compare by content, because each response brings new arrays.
  const drawn = JSON.stringify([props.labels, lines, previous, provisional, scale]);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const plot = new uPlot(optionsOf(props, scale, element), dataOf(props), element);
    const watch = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [drawn, dark, height]);

  const shown: Shown[] = lines.map(({ label, values, colour }, nth) => ({
    ...{ label, values, look: "line" as const },
    colour: colour ?? ((nth + 1) as Colour),
  }));
  if (previous) shown.push({ ...previous, colour: 5, look: "previous" });
  return (
    <ChartFrame {...props} {...{ shown, scale, provisionalFrom }}>
      <div ref={holder} class="canvas" />
    </ChartFrame>
  );
}

/** Each line is drawn in two parts: the final values, and from the last of them on the provisional ones. */
function dataOf({ labels, lines, previous, provisional = 0 }: Props): uPlot.AlignedData {
  const end = labels.length - provisional;
  return [
    labels.map((_, nth) => nth),
    ...(previous ? [[...previous.values]] : []),
    ...lines.flatMap(({ values }) => [
      values.map((value, nth) => (nth < end ? value : null)),
      values.map((value, nth) => (nth >= end - 1 && provisional > 0 ? value : null)),
    ]),
  ];
}

function optionsOf(props: Props, { min, max }: Scale, element: HTMLElement): uPlot.Options {
  const { labels, lines, previous } = props;
  const resolve = coloursOf(element);
  const last = labels.length - 1;
  return {
    ...sizeOf(element),
    padding: [MARGIN, MARGIN, MARGIN, MARGIN],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, Math.max(1, last)] }, y: { range: [min, max] } },
    axes: [{ show: false }, { show: false }],
    series: [
      {},
      ...(previous ? [{ stroke: resolve("var(--c-prev)"), width: 1.5, dash: [4, 4], points: { show: false } }] : []),
      ...lines.flatMap(({ values, colour }, nth) => {
        const name = `var(--c${colour ?? nth + 1})`;
        const stroke = resolve(name);
        const area =
          lines.length === 1 && min === 0 ? { fill: resolve(`color-mix(in srgb, ${name} 9%, transparent)`) } : {};
        return [
          { stroke, width: 2, ...area, fillTo: () => min, points: dots(isolated(values), stroke, stroke) },
          { stroke, width: 2, dash: [3, 4], points: dots([last], stroke, resolve("var(--surface)")) },
        ];
      }),
    ],
  };
}

/** How far the canvas reaches beyond the plot, so that dots at its edges show whole (styles/charts.css). */
const MARGIN = 6;

const sizeOf = ({ clientWidth: width, clientHeight: height }: HTMLElement): { width: number; height: number } => ({
  width,
  height,
});

/** Points at the given places only. */
const dots = (places: number[], stroke: string, fill: string): uPlot.Series.Points => ({
  ...{ show: true, filter: () => places, size: 8, width: 2, stroke, fill },
});

/** Values without a neighbour would not show as a line. Pure. */
function isolated(values: readonly (number | null)[]): number[] {
  const absent = (nth: number) => (values[nth] ?? null) === null;
  return values.flatMap((value, nth) => (value !== null && absent(nth - 1) && absent(nth + 1) ? [nth] : []));
}

/** Resolves colours: a canvas understands neither custom properties nor light-dark(), but an element's computed colour does. */
function coloursOf(element: HTMLElement): (colour: string) => string {
  return (colour) => {
    const probe = element.appendChild(document.createElement("span"));
    probe.style.color = colour;
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    return resolved;
  };
}
