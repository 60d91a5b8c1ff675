import type { ComponentChildren, JSX } from "preact";

export interface Ranked {
  key: string | number;
  name: ComponentChildren;
  /** Decides the length of the bar. */
  value: number;
  href?: string | undefined;
  /** The numbers at the right, at most two, already formatted. */
  numbers: ComponentChildren[];
}

interface Props {
  caption: string;
  /** Heads of the name and of each number. */
  heads: string[];
  rows: Ranked[];
}

/** Rows in order, with a bar behind each that shows its size against the largest. */
export function RankedList({ caption, heads, rows }: Props): JSX.Element {
  const largest = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <table class="ranked-list">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, nth) => (
            <th key={head} scope="col" class={nth > 0 ? "number" : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, value, href, numbers }) => (
          <tr key={key} style={{ "--share": `${(value / largest) * 100}%` }}>
            <th scope="row">
              <span class="bar" />
              {href ? <a href={href}>{name}</a> : <span>{name}</span>}
            </th>
            {numbers.map((number, nth) => (
              <td key={heads[nth + 1]} class="number">
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
