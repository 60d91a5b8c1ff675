import { escapeHtml } from "../../mail/template/letter.ts";
import type { BarPart } from "./report-texts.ts";

/** The chart of the weekly report: a bar for each day of what became of its appointments, under its show rate. Pure. */

export interface Bar {
  label: string;
  /** What stands above it. */
  rate: string;
  /** How many; none of them in two parts, so that they add up to the bar. */
  parts: Readonly<Record<BarPart, number>>;
}

export interface ChartTexts {
  title: string;
  parts: Readonly<Record<BarPart, string>>;
  /** Where there is nothing to draw. */
  empty: string;
}

/** In pixels of CSS. Everything in it is so large that it can still be read at half of it, on a phone. */
export const CHART = { width: 600, height: 440 };

/**
 * Chosen so that they are as different as can be, in hue and lightness, also to whoever sees no red, green or blue; each
 * at least 3:1 against white (WCAG 2.2, 1.4.11).
 */
export const COLOURS: Readonly<Record<BarPart, string>> = {
  sold: "#0f5c4a",
  completed: "#18a085",
  missed: "#f05400",
  cancelled: "#16205f",
  overhang: "#8a2aa6",
};

/** From the bottom of a bar to its top. */
const STACK: readonly BarPart[] = ["sold", "completed", "missed", "cancelled", "overhang"];

/** Where bars stand. */
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

/** Draws it as SVG, with the font Inter. */
export function chartSvg(bars: readonly Bar[], words: ChartTexts): string {
  const { width, height } = CHART;
  const ticks = ticksUpTo(Math.max(...bars.map(sizeOf)));
  const y = (value: number): number => PLOT.bottom - ((PLOT.bottom - PLOT.top) * value) / (ticks.at(-1) ?? 1);
  const room = (PLOT.right - PLOT.left) / bars.length;
  const drawn = bars.map((bar, n) => barSvg(bar, PLOT.left + room * (n + 0.5), y));
  const nothing = bars.every((bar) => sizeOf(bar) === 0);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">
<rect width="${width}" height="${height}" fill="#fff"/>
${text(words.title, { x: 0, y: 26, size: 23, weight: 600 })}
${LEGEND.map((entry) => legendSvg(entry, words.parts[entry.part])).join("\n")}
${ticks.map((tick) => gridSvg(tick, y(tick))).join("\n")}
${drawn.join("\n")}
${nothing ? text(words.empty, { x: (PLOT.left + PLOT.right) / 2, y: y(0) - 110, anchor: "middle", ink: FAINT_INK }) : ""}
</svg>`;
}

/**
 * Round numbers from 0 to the first that is not below `most`, at most seven, for an axis of whole things; to 1 at least.
 */
export function ticksUpTo(most: number): number[] {
  const steps = [1, 2, 5].flatMap((step) => [1, 10, 100, 1_000, 10_000].map((by) => step * by)).sort((a, b) => a - b);
  const step = steps.find((one) => one * 6 >= most) ?? Math.ceil(most / 6);
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, n) => n * step);
}

const sizeOf = ({ parts }: Bar): number => STACK.reduce((sum, part) => sum + parts[part], 0);

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

/** A thin line of white parts a piece from the one above, unless nothing else would be left of it. */
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
  /** Keeps clear of the lines behind it. */
  halo?: boolean;
}

const text = (
  words: string,
  { x, y, size = 20, weight = 400, anchor = "start", ink = INK, halo = false }: Look,
): string =>
  `<text x="${short(x)}" y="${short(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${ink}"${halo ? ' stroke="#fff" stroke-width="10" paint-order="stroke"' : ""}>${escapeHtml(words)}</text>`;

/** A coordinate with no more digits than one sees. */
const short = (value: number): number => Math.round(value * 100) / 100;
