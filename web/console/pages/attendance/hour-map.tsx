import type { JSX } from "preact";
import { HeatMap } from "../../ui/charts/heat-map.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { attendanceWords } from "./words.ts";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

/** The show rate by weekday and hour. Hours before the first and after the last appointment are left out. */
export function HourMap({ from, to }: { from: string; to: string }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  const reading = useApi((client, options) => client.getAttendanceHeatmap({ from, to }, options), from, to);
  return (
    <Card title={w.map} hint={reading.data && w.mapHint(reading.data.timezone)}>
      <Reading reading={reading} failed={w.failedToLoad} shape="chart">
        {({ cells }) => {
          if (cells.length === 0) {
            return (
              <EmptyState icon="calendar" title={w.empty}>
                {w.emptyNote}
              </EmptyState>
            );
          }
          const known = cells.map(({ hour }) => hour);
          const first = Math.min(...known);
          const hours = Array.from({ length: Math.max(...known) - first + 1 }, (_, nth) => first + nth);
          const at = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
          const cellOf = (row: number, column: number) => at.get(`${WEEKDAYS[row]} ${hours[column]}`);
          const rows = WEEKDAYS.filter((day) => day < 5 || cells.some(({ weekday }) => weekday === day));
          return (
            <HeatMap
              caption={w.map}
              rows={rows.map((day) => format.weekday(day))}
              columns={hours.map(String)}
              shareOf={(row, column) => share(cellOf(row, column)?.showRate)}
              shortOf={(row, column) => format.number(cellOf(row, column)?.showRate ?? 0)}
              textOf={(row, column) => {
                const cell = cellOf(row, column);
                if (cell === undefined) return NONE;
                const { showRate, completed, total, noShows } = cell;
                const [came, all, missed] = [completed, total, noShows].map((count) => format.number(count));
                return w.cell(format.percent(showRate), came ?? "", all ?? "", missed ?? "");
              }}
            />
          );
        }}
      </Reading>
    </Card>
  );
}

const share = (percent: number | null | undefined): number | null =>
  percent === null || percent === undefined ? null : percent / 100;
