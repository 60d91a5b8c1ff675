import type { JSX } from "preact";
import type { MonthTotals, SportOverview, WeekTotals } from "../../../client/generated/types.ts";
import { dateIn } from "../../routing/dates.ts";
import { BarChart } from "../../ui/charts/bar-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Grid } from "../../ui/page/grid.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { memberWords } from "./words.ts";

interface Props {
  overview: ApiState<SportOverview>;
}

/** The totals of all members by week and month, newest first. */
export function Results({ overview }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const columns = useColumns();
  return (
    <Grid>
      <Card title={w.overWeeks} span={12}>
        <Reading reading={overview} failed={w.failedToLoad} shape="chart">
          {({ weeks, timezone }) =>
            weeks.length === 0 ? (
              <EmptyState icon="trophy" title={w.noWeek}>
                {w.noWeekNote}
              </EmptyState>
            ) : (
              <BarChart
                bare
                title={w.overWeeks}
                labels={weeks.map(({ weekStart }) => dateIn(timezone, new Date(weekStart)))}
                value={(value) => format.number(value)}
                height={180}
                bars={[{ label: w.pointsHead, values: weeks.map(({ points }) => points) }]}
              />
            )
          }
        </Reading>
      </Card>
      <Card title={w.weeks} span={12} flush>
        <Reading reading={overview} failed={w.failedToLoad} shape="rows">
          {({ weeks, timezone }) =>
            weeks.length === 0 ? (
              <EmptyState icon="trophy" title={w.noWeek}>
                {w.noWeekNote}
              </EmptyState>
            ) : (
              <Table
                caption={w.weeks}
                rows={[...weeks].reverse()}
                keyOf={({ weekStart }) => weekStart}
                columns={[
                  {
                    key: "week",
                    head: w.week,
                    cell: ({ weekStart }) => w.weekFrom(format.shortDay(dateIn(timezone, new Date(weekStart)))),
                  },
                  ...columns,
                  count("pointsGoal", w.pointsGoalHead, ({ pointsGoalMet }) => format.number(pointsGoalMet)),
                  count("exerciseGoal", w.exerciseGoalHead, ({ exerciseGoalMet }) => format.number(exerciseGoalMet)),
                ]}
              />
            )
          }
        </Reading>
      </Card>
      <Card title={w.months} span={12} flush>
        <Reading reading={overview} failed={w.failedToLoad} shape="rows">
          {({ months, timezone }) =>
            months.length === 0 ? (
              <EmptyState icon="trophy" title={w.noMonth}>
                {w.noMonthNote}
              </EmptyState>
            ) : (
              <Table
                caption={w.months}
                rows={[...months].reverse()}
                keyOf={({ monthStart }) => monthStart}
                columns={[
                  {
                    key: "month",
                    head: w.month,
                    cell: ({ monthStart }) => format.month(dateIn(timezone, new Date(monthStart))),
                  },
                  ...columns,
                ]}
              />
            )
          }
        </Reading>
      </Card>
    </Grid>
  );
}

const count = (key: string, head: string, cell: (week: WeekTotals) => string): Column<WeekTotals> => ({
  ...{ key, head, cell, number: true },
});

/** The columns that weeks and months share. */
function useColumns(): Column<WeekTotals | MonthTotals>[] {
  const { format } = useLocale();
  const w = useWords(memberWords);
  return [
    {
      key: "active",
      head: w.evaluated,
      number: true,
      cell: ({ activeUsers, users }) => w.ofUsers(format.number(activeUsers), format.number(users)),
    },
    { key: "workouts", head: w.workoutsHead, number: true, cell: ({ workouts }) => format.number(workouts) },
    { key: "points", head: w.pointsHead, number: true, cell: ({ points }) => format.number(points) },
    { key: "challenge", head: w.challengeHead, number: true, cell: ({ challengeMet }) => format.number(challengeMet) },
  ];
}
