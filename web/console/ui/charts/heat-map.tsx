import type { JSX } from "preact";
import { NONE } from "../format.ts";

interface Props {
  caption: string;
  rows: readonly string[];
  columns: readonly string[];
  /** The share from 0 to 1 that decides the colour; `null` where nothing is known. */
  shareOf: (row: number, column: number) => number | null;
  /** The value in words, for the tooltip and screen readers. */
  textOf: (row: number, column: number) => string;
  /** What a cell shows, if there is room for it. */
  shortOf?: ((row: number, column: number) => string) | undefined;
}

const LEVELS = 5;

/** Weekdays by hours and the like: the darker, the more. */
export function HeatMap({ caption, rows, columns, shareOf, textOf, shortOf }: Props): JSX.Element {
  return (
    <table class="heat-map" style={{ "--head": `${Math.max(30, ...rows.map((row) => 7 * row.length))}px` }}>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, y) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {columns.map((column, x) => {
              const share = shareOf(y, x);
              const words = share === null ? NONE : textOf(y, x);
              return (
                <td key={column} class={`heat-${levelOf(share)}`} title={`${row} ${column}: ${words}`}>
                  {shortOf && share !== null && <span aria-hidden="true">{shortOf(y, x)}</span>}
                  <span class="unseen">{words}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The colour for a share: `0` for nothing up to `5`. Pure. */
function levelOf(share: number | null): string {
  return share === null ? "none" : String(Math.min(LEVELS, Math.max(0, Math.ceil(share * LEVELS))));
}
