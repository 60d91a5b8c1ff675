import type { JSX } from "preact";
import type { SiteFigures } from "../../../client/generated/types.ts";
import { Trend } from "../../ui/basics/trend.tsx";
import { LineChart } from "../../ui/charts/line-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Figure } from "../../ui/page/figure.tsx";
import { overviewWords } from "./words.ts";

const CHART_HEIGHT = 108;

/** The visitors of all sites, with the 30 days before. */
export function VisitorsCard({ site }: { site: SiteFigures }): JSX.Element {
  const { visitors: words } = useWords(overviewWords);
  const { format } = useLocale();
  const { sites, visitors, trendPercent, days } = site;
  const none = visitors === 0 && days.every(({ previous }) => previous === 0);
  return (
    <Card title={words.title} hint={words.hint} span={4} link={{ href: "/site", label: words.link }}>
      {none ? (
        <EmptyState icon="chart-line" title={sites === 0 ? words.empty : words.noVisits}>
          {sites === 0 ? words.emptyNote : words.noVisitsNote}
        </EmptyState>
      ) : (
        <>
          <Figure value={format.number(visitors)} label={words.visitors(format.number(visitors))}>
            {trendPercent !== null && <Trend change={trendPercent}>{format.percent(Math.abs(trendPercent), 0)}</Trend>}
          </Figure>
          <LineChart
            title={words.title}
            labels={days.map(({ date }) => date)}
            value={format.number}
            height={CHART_HEIGHT}
            lines={[{ label: words.thisSpan, values: days.map((day) => day.visitors) }]}
            previous={{ label: words.previous, values: days.map(({ previous }) => previous) }}
            provisional={1}
          />
        </>
      )}
    </Card>
  );
}
