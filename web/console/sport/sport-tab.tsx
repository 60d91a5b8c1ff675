import type { JSX } from "preact";
import type { SportOverview } from "../../client/generated/types.ts";
import { Chart } from "../ui/chart.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";
import { Months } from "./months.tsx";
import { Rankings } from "./rankings.tsx";

/** The results of the evaluated weeks and months. */
export function SportTab(): JSX.Element {
  const overview = useApi((client, options) => client.getSportOverview({ weeks: 12, limit: 20 }, options));
  return (
    <div class="panels">
      <Weeks reading={overview} />
      <Leaderboard reading={overview} />
      <Rankings overview={overview} />
      <Months reading={overview} />
    </div>
  );
}

function Weeks({ reading }: { reading: ApiState<SportOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.sport;
  return (
    <Panel title={w.weeks} reading={reading} wide>
      {({ weeks, timezone }) =>
        weeks.length === 0 ? (
          <Empty>{w.noWeek}</Empty>
        ) : (
          <>
            <Chart
              title={w.pointsOfWeeks}
              kind="bars"
              labelled={w.week}
              labels={weeks.map(({ weekStart }) => format.dayOf(weekStart, timezone))}
              value={(value) => format.number(value)}
              series={[{ label: w.points, colour: 1, values: weeks.map(({ points }) => points) }]}
            />
            <Table
              caption={w.weeks}
              rows={[...weeks].reverse()}
              keyOf={({ weekStart }) => weekStart}
              columns={[
                { head: w.week, cell: ({ weekStart }) => format.dayOf(weekStart, timezone) },
                {
                  head: w.active,
                  number: true,
                  cell: ({ activeUsers, users }) => `${format.number(activeUsers)} / ${format.number(users)}`,
                },
                { head: w.workouts, number: true, cell: ({ workouts }) => format.number(workouts) },
                { head: w.points, number: true, cell: ({ points }) => format.number(points, 2) },
                { head: w.pointsGoal, number: true, cell: ({ pointsGoalMet }) => format.number(pointsGoalMet) },
                { head: w.exerciseGoal, number: true, cell: ({ exerciseGoalMet }) => format.number(exerciseGoalMet) },
                { head: w.challenge, number: true, cell: ({ challengeMet }) => format.number(challengeMet) },
              ]}
            />
          </>
        )
      }
    </Panel>
  );
}

function Leaderboard({ reading }: { reading: ApiState<SportOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.sport;
  return (
    <Panel title={w.leaderboard} reading={reading}>
      {({ week, leaderboard, timezone }) =>
        week === null || leaderboard.length === 0 ? (
          <Empty>{w.noWeek}</Empty>
        ) : (
          <>
            <p class="small">{w.weekOf(format.dayOf(week.start, timezone), format.dayOf(week.end, timezone))}</p>
            <Table
              caption={w.leaderboard}
              rows={leaderboard}
              keyOf={({ userId }) => userId}
              columns={[
                { head: w.rank, cell: ({ rank }) => format.number(rank) },
                { head: w.name, cell: ({ name, userId }) => name ?? userId },
                { head: w.points, number: true, cell: ({ points }) => format.number(points, 2) },
                { head: w.workouts, number: true, cell: ({ workouts }) => format.number(workouts) },
              ]}
            />
          </>
        )
      }
    </Panel>
  );
}
