import uPlot from "uplot";
import type { LineChartProps, Scale } from "./series.ts";

/** Draws the lines of a chart into an element, and again when its size changes. @returns removes them. */
export function drawLines(props: LineChartProps, scale: Scale, element: HTMLElement): () => void {
  const plot = new uPlot(optionsOf(props, scale, element), dataOf(props), element);
  const watch = new ResizeObserver(() => plot.setSize(sizeOf(element)));
  watch.observe(element);
  return () => {
    watch.disconnect();
    plot.destroy();
  };
}

/** Each line is drawn in two parts: the final values, and from the last of them on the provisional ones. */
function dataOf({ labels, lines, previous, provisional = 0 }: LineChartProps): uPlot.AlignedData {
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

function optionsOf(props: LineChartProps, { min, max }: Scale, element: HTMLElement): uPlot.Options {
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
