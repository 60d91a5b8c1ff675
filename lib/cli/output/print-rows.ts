import { terminalTable } from "./terminal-table.ts";

/** A column of a table: its title, and its cell in a row. */
export type Column<Row> = readonly [title: string, cell: (row: Row) => string];

/** Prints rows as a table as wide as the terminal, or as JSON. */
export function printRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  asJson: boolean,
  whenEmpty: string,
): void {
  console.log(asJson ? JSON.stringify(rows, null, 2) : rowsText(columns, rows, whenEmpty));
}

function rowsText<Row>(columns: readonly Column<Row>[], rows: readonly Row[], whenEmpty: string): string {
  if (rows.length === 0) return whenEmpty;
  const header = columns.map(([title]) => title);
  const lines = rows.map((row) => columns.map(([, cell]) => cell(row)));
  return terminalTable(header, lines, terminalWidth());
}

/** How many columns the terminal has; undefined where standard output is no terminal. */
export const terminalWidth = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns : undefined);
