import { escapeHtml } from "../../mail/template/letter.ts";
import type { GroupMetrics } from "../metrics/report-queries.ts";
import type { Formats } from "./formats.ts";
import type { BarPart } from "./report-texts.ts";

/** The chart of the weekly report: one stacked bar of outcomes per day, with the show rate above it. Pure. */

export interface Bar {
  label: string;
  /** The text above the bar. */
  rate: string;
  /** Counts without overlap, so that they add up to the height of the bar. */
  parts: Readonly<Record<BarPart, number>>;
}

export interface ChartTexts {
  title: string;
  parts: Readonly<Record<BarPart, string>>;
  /** Shown if all bars are empty. */
  empty: string;
}

/** The bar of a day. Separates sold from completed; an import may not state what was sold. */
export function dayBar(day: GroupMetrics, { tinyDay, wholePercent }: Formats): Bar {
  const sold = Math.min(day.sold ?? 0, day.completed);
  return {
    label: tinyDay(day.group),
    rate: wholePercent(day.showRate),
    parts: {
      sold,
      completed: day.completed - sold,
      missed: day.noShows + day.ghosts,
      cancelled: day.cancelled + day.rescheduled,
      overhang: day.overhang,
    },
  };
}

/** In CSS pixels. All texts are large enough to be read at half this size, on a phone. */
export const CHART = { width: 600, height: 440 };

/**
 * The colours differ in hue and lightness as much as possible, also for people with colour blindness. Each has a contrast of
 * at least 3:1 against white (WCAG 2.2, 1.4.11).
 */
export const COLOURS: Readonly<Record<BarPart, string>> = {
  sold: "#0f5c4a",
  completed: "#18a085",
  missed: "#f05400",
  cancelled: "#16205f",
  overhang: "#8a2aa6",
};

/** The parts of a bar from bottom to top. */
const STACK: readonly BarPart[] = ["sold", "completed", "missed", "cancelled", "overhang"];

/** The area of the bars. */
const PLOT = { left: 52, right: CHART.width - 4, top: 142, bottom: CHART.height - 40 };
const BAR_WIDTH = 46;
const LEGEND: readonly { part: BarPart; x: number; y: number }[] = [
  { part: "completed", x: 0, y: 62 },
  { part: "sold", x: 218, y: 62 },
  { part: "overhang", x: 446, y: 62 },
  { part: "missed", x: 0, y: 94 },
  { part: "cancelled", x: 218, y: 94 },
];
const INK = "#1d2b26";
const FAINT_INK = "#5b6b65";

/** Draws the chart as SVG, with the font Inter. */
export function chartSvg(bars: readonly Bar[], texts: ChartTexts): string {
  const { width, height } = CHART;
  const ticks = ticksUpTo(Math.max(...bars.map(totalOf)));
  const y = (value: number): number => PLOT.bottom - ((PLOT.bottom - PLOT.top) * value) / (ticks.at(-1) ?? 1);
  const barSpace = (PLOT.right - PLOT.left) / bars.length;
  const drawn = bars.map((bar, n) => barSvg(bar, PLOT.left + barSpace * (n + 0.5), y));
  const isEmpty = bars.every((bar) => totalOf(bar) === 0);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">
<rect width="${width}" height="${height}" fill="#fff"/>
${text(texts.title, { x: 0, y: 26, size: 23, weight: 600 })}
${LEGEND.map((entry) => legendSvg(entry, texts.parts[entry.part])).join("\n")}
${ticks.map((tick) => gridSvg(tick, y(tick))).join("\n")}
${drawn.join("\n")}
${isEmpty ? text(texts.empty, { x: (PLOT.left + PLOT.right) / 2, y: y(0) - 110, anchor: "middle", ink: FAINT_INK }) : ""}
</svg>`;
}

/**
 * The numbers on the axis: at most seven round whole numbers, from 0 to the first that is not below `max` and not below 1.
 */
export function ticksUpTo(max: number): number[] {
  const steps = [1, 2, 5]
    .flatMap((step) => [1, 10, 100, 1_000, 10_000].map((factor) => step * factor))
    .sort((a, b) => a - b);
  const step = steps.find((candidate) => candidate * 6 >= max) ?? Math.ceil(max / 6);
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, n) => n * step);
}

const totalOf = ({ parts }: Bar): number => STACK.reduce((sum, part) => sum + parts[part], 0);

function barSvg(bar: Bar, x: number, y: (value: number) => number): string {
  let below = 0;
  const pieces = STACK.filter((part) => bar.parts[part] > 0).map((part) => {
    const from = below;
    below += bar.parts[part];
    return pieceSvg(COLOURS[part], x, y(from), y(below));
  });
  const rate = text(bar.rate, { x, y: y(below) - 10, size: 22, weight: 600, anchor: "middle", halo: true });
  return [...pieces, rate, text(bar.label, { x, y: PLOT.bottom + 30, anchor: "middle" })].join("\n");
}

const GAP = 2;

/** Leaves a thin white line above a piece, unless the piece would disappear. */
function pieceSvg(colour: string, x: number, bottom: number, top: number): string {
  const height = Math.max(bottom - top - GAP, Math.min(bottom - top, 1));
  return `<rect x="${short(x - BAR_WIDTH / 2)}" y="${short(bottom - height)}" width="${BAR_WIDTH}" height="${short(height)}" fill="${colour}"/>`;
}

function gridSvg(value: number, y: number): string {
  const line = `<line x1="${PLOT.left}" y1="${short(y)}" x2="${PLOT.right}" y2="${short(y)}" stroke="${value === 0 ? FAINT_INK : "#d8dfdc"}" stroke-width="${value === 0 ? 1.5 : 1}"/>`;
  return `${line}${text(String(value), { x: PLOT.left - 10, y: y + 7, anchor: "end", ink: FAINT_INK })}`;
}

function legendSvg({ part, x, y }: (typeof LEGEND)[number], name: string): string {
  return `<rect x="${x}" y="${y - 15}" width="18" height="18" rx="3" fill="${COLOURS[part]}"/>${text(name, { x: x + 26, y })}`;
}

interface Look {
  x: number;
  y: number;
  size?: number;
  weight?: number;
  anchor?: "start" | "middle" | "end";
  ink?: string;
  /** A white outline, so that lines behind the text do not disturb it. */
  halo?: boolean;
}

const text = (
  words: string,
  { x, y, size = 20, weight = 400, anchor = "start", ink = INK, halo = false }: Look,
): string =>
  `<text x="${short(x)}" y="${short(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${ink}"${halo ? ' stroke="#fff" stroke-width="10" paint-order="stroke"' : ""}>${escapeHtml(words)}</text>`;

/** A coordinate with two decimals. */
const short = (value: number): number => Math.round(value * 100) / 100;
