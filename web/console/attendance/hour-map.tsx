import type { JSX } from "preact";
import type { HeatmapCell } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { useUi } from "../ui/context.tsx";
import { heatOf } from "../ui/heat.ts";
import { Scrolling } from "../ui/table.tsx";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

/** The show rate by weekday and hour: the higher, the darker. Hours before the first and after the last appointment are left out. */
export function HourMap({ cells, zone }: { cells: HeatmapCell[]; zone: string }): JSX.Element {
  const { words, format } = useUi();
  const w = words.attendance;
  const hours = cells.map(({ hour }) => hour);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const columns = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  const at = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  return (
    <>
      <p class="small">{w.mapLegend(zone)}</p>
      <Scrolling label={w.map}>
        <table class="grid hours">
          <caption class="unseen">{w.map}</caption>
          <thead>
            <tr>
              <td />
              {columns.map((hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{format.weekday(weekday)}</th>
                {columns.map((hour) => {
                  const cell = at.get(`${weekday} ${hour}`);
                  if (cell === undefined) return <td key={hour} />;
                  const { total, completed, noShows, showRate } = cell;
                  return (
                    <td
                      key={hour}
                      class={heatOf(showRate === null ? null : showRate / 100)}
                      title={w.cell(format.number(completed), format.number(total), format.number(noShows))}
                    >
                      <b>{showRate === null ? NONE : format.number(showRate)}</b>
                      <small>{format.number(total)}</small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </>
  );
}
