/** Rows in columns as wide as their widest cell, under a header and a rule. */
export function table(header: string[], lines: string[][]): string {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...lines.map((line) => line[column] ?? "")].map((cell) => cell.length)),
  );
  const format = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [format(header), widths.map((width) => "─".repeat(width)).join("  "), ...lines.map(format)].join("\n");
}
