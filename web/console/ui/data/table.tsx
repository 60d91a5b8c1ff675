import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

export interface Column<Row> {
  /** Names the column in `sort`, and in the key of the cell. */
  key: string;
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Aligns to the right, with figures of one width. */
  number?: boolean | undefined;
  sortable?: boolean | undefined;
  /** `actions` holds buttons, and its head is read aloud only. On a phone: `title` heads the card, `state` stands at its right, `hidden` is left out, else a labelled value. */
  phone?: "title" | "state" | "hidden" | "actions" | undefined;
}

export interface Sort {
  key: string;
  descending: boolean;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** Makes the whole row a link; the first column (or the one with `phone: "title"`) holds it. */
  hrefOf?: ((row: Row) => string | undefined) | undefined;
  /** The row that a drawer shows. */
  selected?: string | number | undefined;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
}

/** A table whose rows become cards with labelled values on a phone. Put it into a `Card` with `flush`. */
export function Table<Row>(props: Props<Row>): JSX.Element {
  const { caption, columns, rows, keyOf, hrefOf, selected } = props;
  const titled = Math.max(
    0,
    columns.findIndex(({ phone }) => phone === "title"),
  );
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = keyOf(row);
          const href = hrefOf?.(row);
          return (
            <tr key={key} class={href ? "linked" : undefined} aria-current={key === selected ? "true" : undefined}>
              {columns.map((column, nth) => {
                const content =
                  nth === titled && href ? (
                    <a class="covering" href={href}>
                      {column.cell(row)}
                    </a>
                  ) : (
                    column.cell(row)
                  );
                const classes = [column.number && "number", nth === titled ? "title" : column.phone]
                  .filter(Boolean)
                  .join(" ");
                return nth === titled ? (
                  <th key={column.key} scope="row" class={classes}>
                    {content}
                  </th>
                ) : (
                  <td key={column.key} class={classes || undefined} data-label={column.head}>
                    {content}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface HeadProps<Row> extends Pick<Props<Row>, "sort" | "onSort"> {
  column: Column<Row>;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>): JSX.Element {
  const { sortBy } = useWords(words);
  const { key, head, number, sortable, phone } = column;
  const current = sort?.key === key;
  if (head === "") return <td />;
  const order = current ? (sort.descending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" class={number ? "number" : undefined} aria-sort={order}>
      {sortable && onSort ? (
        <button
          type="button"
          title={sortBy(head)}
          onClick={() => onSort({ key, descending: current ? !sort.descending : number === true })}
        >
          {head}
          <Icon
            name={order === "ascending" ? "arrow-up" : order === "descending" ? "arrow-down" : "chevrons-up-down"}
            size="small"
          />
        </button>
      ) : (
        <span class={phone === "actions" ? "unseen" : undefined}>{head}</span>
      )}
    </th>
  );
}
