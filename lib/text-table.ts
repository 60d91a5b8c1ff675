import stringWidth from "string-width";

/** Rows in columns as wide as their widest cell, under a header and a rule. Wide characters count as two. */
export function table(header: string[], lines: string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...lines.map((line) => line[column] ?? "")].map((cell) => stringWidth(cell))),
  );
  const pad = (cell: string, width: number) => cell + " ".repeat(Math.max(0, width - stringWidth(cell)));
  const format = (cells: string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [format(header), widths.map((width) => "─".repeat(width)).join("  "), ...lines.map(format)].join("\n");
}
