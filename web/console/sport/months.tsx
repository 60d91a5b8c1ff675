import type { JSX } from "preact";
import type { SportOverview } from "../../client/generated/types.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import type { ApiState } from "../ui/use-api.ts";

/** The evaluated months, newest first. */
export function Months({ reading }: { reading: ApiState<SportOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.sport;
  return (
    <Panel title={w.months} reading={reading} wide>
      {({ months, timezone }) =>
        months.length === 0 ? (
          <Empty>{w.noMonth}</Empty>
        ) : (
          <Table
            caption={w.months}
            rows={[...months].reverse()}
            keyOf={({ monthStart }) => monthStart}
            columns={[
              { head: w.month, cell: ({ monthStart }) => format.monthOf(monthStart, timezone) },
              {
                head: w.active,
                number: true,
                cell: ({ activeUsers, users }) => `${format.number(activeUsers)} / ${format.number(users)}`,
              },
              { head: w.workouts, number: true, cell: ({ workouts }) => format.number(workouts) },
              { head: w.points, number: true, cell: ({ points }) => format.number(points, 2) },
              { head: w.challenge, number: true, cell: ({ challengeMet }) => format.number(challengeMet) },
            ]}
          />
        )
      }
    </Panel>
  );
}
