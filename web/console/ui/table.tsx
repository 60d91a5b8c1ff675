import type { ComponentChildren, JSX } from "preact";

export interface Column<Row> {
  head: string;
  /** Numbers stand right. */
  number?: boolean;
  cell: (row: Row) => ComponentChildren;
}

interface Shown<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}

/** A table whose first column names its rows. What is too wide scrolls within it. */
export function Table<Row>({ caption, columns, rows, keyOf }: Shown<Row>): JSX.Element {
  return (
    <Scrolling label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, number }) => (
              <th key={head} scope="col" class={number ? "number" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, number, cell }, nth) =>
                nth === 0 ? (
                  <th key={head} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={head} class={number ? "number" : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

/** What may be wider than the page: people without a mouse have to get into it to scroll it. */
export function Scrolling({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // A group, since a page of landmarks has none.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus (WCAG 2.1.1)
    <div class="scrolling" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
