import type { JSX } from "preact";
import type { Attendance } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import type { ApiState } from "../ui/use-api.ts";

/** Appointments and outcomes by consultant, most appointments first. */
export function Consultants({ reading }: { reading: ApiState<Attendance> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.attendance;
  return (
    <Panel title={w.consultants} reading={reading} wide>
      {({ groups }) =>
        groups.length === 0 ? (
          <Empty>{w.none}</Empty>
        ) : (
          <Table
            caption={w.consultants}
            rows={[...groups].sort((a, b) => b.totalSlots - a.totalSlots)}
            keyOf={({ group }) => group}
            columns={[
              { head: w.consultant, cell: ({ group }) => group },
              { head: w.appointments, number: true, cell: ({ totalSlots }) => format.number(totalSlots) },
              { head: w.completed, number: true, cell: ({ completed }) => format.number(completed) },
              { head: w.sold, number: true, cell: ({ sold }) => (sold === null ? NONE : format.number(sold)) },
              { head: w.noShows, number: true, cell: ({ noShows, ghosts }) => format.number(noShows + ghosts) },
              { head: w.cancelled, number: true, cell: ({ cancelled }) => format.number(cancelled) },
              { head: w.rates.showRate, number: true, cell: ({ showRate }) => format.percent(showRate) },
              { head: w.rates.noShowRate, number: true, cell: ({ noShowRate }) => format.percent(noShowRate) },
              { head: w.rates.successRate, number: true, cell: ({ successRate }) => format.percent(successRate) },
            ]}
          />
        )
      }
    </Panel>
  );
}
