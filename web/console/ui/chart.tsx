import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { NONE } from "../format.ts";
import { useUi } from "./context.tsx";
import { Table } from "./table.tsx";

export interface Series {
  label: string;
  values: (number | null)[];
  /** One of the colours `--series-1` to `--series-5`; they also differ in lightness. */
  colour: 1 | 2 | 3 | 4 | 5;
}

interface Props {
  title: string;
  /** The column heading of the labels. */
  labelled: string;
  labels: string[];
  series: Series[];
  /** Stacked bars add up; the first series is at the bottom. */
  kind: "lines" | "bars" | "stacked";
  value: (value: number) => string;
  /** Allowed distances of the grid lines; by default round numbers. */
  steps?: number[];
}

const HEIGHT = 190;
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3], [1, 5]];

/** A line or bar chart, with the same numbers in a table below. */
export function Chart(shown: Props): JSX.Element {
  const { title, labelled, labels, series, value } = shown;
  const { words, dark } = useUi();
  const holder = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | undefined>(undefined);

  // Compare by content, because each response brings new arrays.
  const drawn = JSON.stringify([labels, series, shown.kind]);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const plot = new uPlot(optionsOf(shown, element, setPointed), dataOf(shown), element);
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [drawn, dark]);

  const columns = [
    { head: labelled, cell: (nth: number) => labels[nth] },
    ...series.map(({ label, values }) => ({
      head: label,
      number: true,
      cell: (nth: number) => formatted(values[nth], value),
    })),
  ];
  return (
    <figure class="chart">
      <figcaption>
        {series.map(({ label, values, colour }) => (
          <span key={label} class="key">
            <svg class={`colour-${colour}`} viewBox="0 0 14 10" aria-hidden="true">
              {shown.kind === "lines" ? (
                <path
                  d="M0 5H14"
                  stroke-dasharray={DASHES[series.findIndex((item) => item.label === label)]?.join(" ")}
                />
              ) : (
                <rect width="14" height="10" rx="2" />
              )}
            </svg>
            {label}
            {pointed !== undefined && <b>{formatted(values[pointed], value)}</b>}
          </span>
        ))}
        {pointed !== undefined && <span>{labels[pointed]}</span>}
      </figcaption>
      <div ref={holder} class="plot" role="img" aria-label={summaryOf(shown, words.chart)} />
      <details>
        <summary>{words.asTable}</summary>
        <Table caption={title} columns={columns} rows={labels.map((_, nth) => nth)} keyOf={(nth) => nth} />
      </details>
    </figure>
  );
}

const formatted = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? NONE : format(value);

/** Describes the chart, with one sentence per series. */
function summaryOf(
  { title, labels, series, value }: Props,
  sentence: (series: string, last: string, lowest: string, highest: string) => string,
): string {
  const sentences = series.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${label}: ${NONE}`;
    const [last, lowest, highest] = [known.at(-1) ?? 0, Math.min(...known), Math.max(...known)].map(value);
    return sentence(label, last ?? NONE, lowest ?? NONE, highest ?? NONE);
  });
  return `${title}, ${labels[0] ?? NONE} – ${labels.at(-1) ?? NONE}. ${sentences.join(" ")}`;
}

/** Stacked series are drawn as sums, the largest first, so that each next one covers all but the part above it. */
function dataOf({ labels, series, kind }: Props): uPlot.AlignedData {
  const places = labels.map((_, nth) => nth);
  if (kind !== "stacked") return [places, ...series.map(({ values }) => values)];
  const sums = series.map((_, upTo) =>
    places.map((nth) => series.slice(0, upTo + 1).reduce((sum, { values }) => sum + (values[nth] ?? 0), 0)),
  );
  return [places, ...sums.reverse()];
}

function optionsOf(
  { labels, series, kind, value, steps }: Props,
  element: HTMLElement,
  point: (nth: number | undefined) => void,
): uPlot.Options {
  const colour = colours(element);
  const axis = { stroke: colour("--muted"), font: "12px system-ui, sans-serif", ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.7, 36] });
  const ordered = kind === "stacked" ? [...series].reverse() : series;
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: kind === "lines" } },
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? undefined)] },
    scales: {
      x: { time: false, range: [-0.6, labels.length - 0.4] },
      y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.08 : 1] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: Math.max(50, ...labels.map(({ length }) => 7 * length)),
        grid: { show: false },
        incrs: [1, 2, 3, 5, 7, 10, 14, 20, 30, 60, 100, 200, 500, 1000],
        values: (_plot, places) => places.map((nth) => labels[nth] ?? ""),
      },
      {
        ...axis,
        size: 58,
        space: 40,
        grid: { stroke: colour("--rule"), width: 1 },
        ...(steps && { incrs: steps }),
        values: (_plot, values) => values.map(value),
      },
    ],
    series: [
      {},
      ...ordered.map((item, nth) => ({
        stroke: colour(`--series-${item.colour}`),
        ...(kind === "lines"
          ? { width: 2, dash: DASHES[nth] ?? [], points: { show: labels.length <= 62, size: 5 } }
          : {
              fill: colour(`--series-${item.colour}`),
              width: 0,
              points: { show: false },
              ...(bars && { paths: bars }),
            }),
      })),
    ],
  };
}

/** Resolves the colours: a canvas understands neither custom properties nor light-dark(), but an element's computed colour does. */
function colours(element: HTMLElement): (name: string) => string {
  const probe = element.appendChild(document.createElement("span"));
  const resolved = new Map<string, string>();
  const names = ["--muted", "--rule", ...[1, 2, 3, 4, 5].map((nth) => `--series-${nth}`)];
  for (const name of names) {
    probe.style.color = `var(${name})`;
    resolved.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => resolved.get(name) ?? "gray";
}
