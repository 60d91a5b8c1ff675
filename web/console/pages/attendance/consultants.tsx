import type { JSX } from "preact";
import type { Attendance, AttendanceGroup } from "../../../client/generated/types.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { attendanceWords } from "./words.ts";

/** Appointments and results by consultant, most appointments first. */
export function Consultants({ reading }: { reading: ApiState<Attendance> }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  const number = (
    key: string,
    head: string,
    of: (group: AttendanceGroup) => number | null,
  ): Column<AttendanceGroup> => ({
    ...{ key, head, number: true },
    cell: (group) => {
      const value = of(group);
      return value === null ? NONE : format.number(value);
    },
  });
  const rate = (key: keyof typeof w.rates): Column<AttendanceGroup> => ({
    ...{ key, head: w.rates[key], number: true },
    cell: (group) => format.percent(group[key]),
  });
  return (
    <Card title={w.consultants} span={12} flush>
      <Reading reading={reading} failed={w.failedToLoad} shape="rows">
        {({ groups }) =>
          groups.length === 0 ? (
            <EmptyState icon="users" title={w.empty}>
              {w.emptyNote}
            </EmptyState>
          ) : (
            <Table
              caption={w.consultants}
              rows={[...groups].sort((a, b) => b.totalSlots - a.totalSlots)}
              keyOf={({ group }) => group}
              columns={[
                { key: "name", head: w.consultant, cell: ({ group }) => group },
                number("total", w.appointments, ({ totalSlots }) => totalSlots),
                number("completed", w.completed, ({ completed }) => completed),
                number("sold", w.sold, ({ sold }) => sold),
                number("noShows", w.noShows, ({ noShows, ghosts }) => noShows + ghosts),
                number("cancelled", w.cancelled, ({ cancelled }) => cancelled),
                ...[rate("showRate"), rate("noShowRate"), rate("successRate")],
              ]}
            />
          )
        }
      </Reading>
    </Card>
  );
}
