import type { JSX } from "preact";
import type { AttendanceOverview } from "../../../client/generated/types.ts";
import { Trend } from "../../ui/basics/trend.tsx";
import { LineChart } from "../../ui/charts/line-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Figure } from "../../ui/page/figure.tsx";
import { daysBetween } from "./days.ts";
import { overviewWords } from "./words.ts";

const CHART_HEIGHT = 108;

/** The show rate of 30 days. Days that were not read leave a gap. */
export function AttendanceCard({ attendance }: { attendance: AttendanceOverview }): JSX.Element {
  const { attendance: words } = useWords(overviewWords);
  const { format } = useLocale();
  const { from, to, days, appointments, showRate, trendPoints } = attendance;
  const known = new Map(days.map((day) => [day.date, day]));
  const labels = daysBetween(from, to);
  const firstOpen = labels.findIndex((date) => known.get(date)?.final === false);
  const pending = days.reduce((sum, day) => sum + day.pending, 0);
  return (
    <Card
      title={words.title}
      hint={pending > 0 ? `${words.hint} · ${words.open(format.number(pending))}` : words.hint}
      span={4}
      link={{ href: "/attendance", label: words.link }}
    >
      {appointments === 0 ? (
        <EmptyState icon="clipboard-check" title={words.empty}>
          {words.emptyNote}
        </EmptyState>
      ) : (
        <>
          <Figure value={format.percent(showRate)} label={words.showRate}>
            {trendPoints !== null && (
              <Trend change={trendPoints}>{words.points(format.number(Math.abs(trendPoints), 1))}</Trend>
            )}
          </Figure>
          <LineChart
            title={words.title}
            labels={labels}
            value={(value) => format.percent(value)}
            height={CHART_HEIGHT}
            from="auto"
            lines={[{ label: words.line, values: labels.map((date) => known.get(date)?.showRate ?? null) }]}
            provisional={firstOpen < 0 ? 0 : labels.length - firstOpen}
            noteOf={(place) => {
              const open = known.get(labels[place] ?? "")?.pending ?? 0;
              return open > 0 ? words.open(format.number(open)) : undefined;
            }}
          />
        </>
      )}
    </Card>
  );
}
