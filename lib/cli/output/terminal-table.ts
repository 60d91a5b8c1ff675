import stringWidth from "string-width";
import { table } from "../../text-table.ts";

const GAP = 2;
/** A word longer than this is broken rather than giving its column so much room. */
const LONGEST_WORD = 24;

/**
 * Rows in columns under a header. With a width, cells wrap at spaces; a table that is still too wide continues below
 * itself, each part with the first column again.
 * @param width How many columns the terminal has; undefined for no limit.
 */
export function terminalTable(header: readonly string[], lines: readonly string[][], width?: number): string {
  const widest = header.map((_, column) =>
    Math.max(...cellsOf(header, lines, column).map((cell) => stringWidth(cell))),
  );
  if (width === undefined || lineWidth(widest) <= width) return table([...header], [...lines]);
  const narrowest = header.map((_, column) => {
    const words = cellsOf(header, lines, column).flatMap((cell) => cell.split(" "));
    return Math.min(LONGEST_WORD, Math.max(1, ...words.map((word) => stringWidth(word))));
  });
  return partsOf(narrowest, width)
    .map((columns) => wrapped(columns, header, lines, widthsOf(columns, narrowest, widest, width)))
    .join("\n\n");
}

const cellsOf = (header: readonly string[], lines: readonly string[][], column: number): string[] => [
  header[column] ?? "",
  ...lines.map((line) => line[column] ?? ""),
];

const lineWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);

/** Divides the columns into parts that fit, each beginning with the first column. */
function partsOf(narrowest: readonly number[], width: number): number[][] {
  const parts: number[][] = [[0]];
  for (let column = 1; column < narrowest.length; column += 1) {
    const part = parts.at(-1) ?? [];
    const widths = [...part, column].map((index) => narrowest[index] ?? 0);
    if (part.length === 1 || lineWidth(widths) <= width) part.push(column);
    else parts.push([0, column]);
  }
  return parts;
}

/** Gives each column its narrowest width, then shares out the rest one by one to those that need more. */
function widthsOf(columns: number[], narrowest: readonly number[], widest: readonly number[], width: number): number[] {
  const widths = columns.map((column) => narrowest[column] ?? 1);
  for (let spare = width - lineWidth(widths); spare > 0; spare -= 1) {
    const needs = widths.map((width, index) => (widest[columns[index] ?? 0] ?? 0) - width);
    const neediest = needs.indexOf(Math.max(...needs));
    if ((needs[neediest] ?? 0) <= 0) break;
    widths[neediest] = (widths[neediest] ?? 0) + 1;
  }
  for (let excess = lineWidth(widths) - width; excess > 0; excess -= 1) {
    const last = widths.indexOf(Math.max(...widths));
    widths[last] = Math.max(1, (widths[last] ?? 1) - 1);
  }
  return widths;
}

function wrapped(columns: number[], header: readonly string[], lines: readonly string[][], widths: number[]): string {
  const rule = widths.map((width) => "─".repeat(width)).join(" ".repeat(GAP));
  const formatted = [header, ...lines].map((line) =>
    wrapLine(
      columns.map((column) => line[column] ?? ""),
      widths,
    ),
  );
  const [first = "", ...others] = formatted;
  return [first, rule, ...others].join("\n");
}

function wrapLine(cells: string[], widths: number[]): string {
  const wrappedCells = cells.map((cell, index) => wrapText(cell, widths[index] ?? 1));
  const height = Math.max(...wrappedCells.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    wrappedCells
      .map((parts, index) => pad(parts[row] ?? "", widths[index] ?? 0))
      .join(" ".repeat(GAP))
      .trimEnd(),
  ).join("\n");
}

const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - stringWidth(text)));

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Breaks a text at spaces, and words that are too long anywhere between two characters. */
export function wrapText(text: string, width: number): string[] {
  const result = [""];
  const add = (piece: string, separator: string) => {
    const line = result.at(-1) ?? "";
    const joined = line === "" ? piece : `${line}${separator}${piece}`;
    if (stringWidth(joined) <= width || line === "") result[result.length - 1] = joined;
    else result.push(piece);
  };
  for (const word of text.split(" ")) {
    if (stringWidth(word) <= width) add(word, " ");
    else {
      if (result.at(-1) !== "") result.push("");
      for (const { segment } of graphemes.segment(word)) add(segment, "");
    }
  }
  return result;
}
