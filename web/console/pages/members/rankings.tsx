import type { JSX } from "preact";
import type { RankingCategory, SportOverview } from "../../../client/generated/types.ts";
import { dateIn } from "../../routing/dates.ts";
import type { OpenItem } from "../../routing/open-item.ts";
import { useQuery } from "../../routing/query.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { RankedList } from "../../ui/data/ranked-list.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { Segmented } from "../../ui/form/segmented.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Grid, Stack } from "../../ui/page/grid.tsx";
import { type ApiState, useApi } from "../../ui/use-api.ts";
import { memberWords } from "./words.ts";

const CATEGORIES: readonly RankingCategory[] = ["points", "pullups", "pushups", "situps"];

interface Props {
  overview: ApiState<SportOverview>;
  member: OpenItem;
}

/** Who is ahead in the newest week, and in the newest month by points or by an exercise. */
export function Rankings(props: Props): JSX.Element {
  return (
    <Grid>
      <Week {...props} />
      <Month {...props} />
    </Grid>
  );
}

function Week({ overview, member }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const week = overview.data?.week;
  const zone = overview.data?.timezone ?? "UTC";
  return (
    <Card
      title={w.leaderboard}
      hint={week && format.range(dateIn(zone, new Date(week.start)), dateIn(zone, new Date(week.end)))}
      span={6}
    >
      <Reading reading={overview} failed={w.failedToLoad} shape="rows">
        {({ leaderboard }) =>
          leaderboard.length === 0 ? (
            <EmptyState icon="trophy" title={w.noWeek}>
              {w.noWeekNote}
            </EmptyState>
          ) : (
            <RankedList
              caption={w.leaderboard}
              heads={[w.name, w.pointsHead, w.workoutsHead]}
              rows={leaderboard.map(({ userId, name, rank, points, workouts }) => ({
                key: userId,
                name: `${format.number(rank)}. ${name ?? userId}`,
                href: member.hrefOf(userId),
                value: points,
                numbers: [format.number(points), format.number(workouts)],
              }))}
            />
          )
        }
      </Reading>
    </Card>
  );
}

function Month({ overview, member }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const { values, set } = useQuery();
  const category = CATEGORIES.find((name) => name === values.by) ?? "points";
  const { data } = overview;
  const month = data?.month ? dateIn(data.timezone, new Date(data.month.start)).slice(0, 7) : undefined;
  const ranking = useApi(
    month === undefined ? undefined : (client, options) => client.getRanking({ month, category, limit: 20 }, options),
    ...[month, category],
  );
  const none = (
    <EmptyState icon="trophy" title={w.noMonth}>
      {w.noMonthNote}
    </EmptyState>
  );
  const shown = data !== undefined && month === undefined ? undefined : ranking;
  return (
    <Card
      title={w.ranking}
      hint={month && ranking.data && w.participants(format.month(month), format.number(ranking.data.participants))}
      span={6}
    >
      <Stack tight>
        <Segmented
          label={w.by}
          value={category}
          options={CATEGORIES.map((name) => [name, w.categories[name]] as const)}
          onChange={(by) => set({ by: by === "points" ? undefined : by })}
        />
        {shown === undefined ? (
          none
        ) : (
          <Reading reading={shown} failed={w.failedToLoad} shape="rows">
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState icon="trophy" title={w.emptyRanking} />
              ) : (
                <RankedList
                  caption={w.ranking}
                  heads={[w.name, w.categories[category]]}
                  rows={items.map(({ userId, name, rank, value }, nth) => ({
                    key: userId ?? nth,
                    name: `${format.number(rank)}. ${name ?? userId ?? ""}`,
                    href: userId && member.hrefOf(userId),
                    value,
                    numbers: [format.number(value)],
                  }))}
                />
              )
            }
          </Reading>
        )}
      </Stack>
    </Card>
  );
}
