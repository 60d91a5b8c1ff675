import type { JSX } from "preact";
import type { SiteDashboard } from "../../../client/generated/types.ts";
import { dateIn } from "../../routing/dates.ts";
import { useQuery } from "../../routing/query.ts";
import { Trend } from "../../ui/basics/trend.tsx";
import { LineChart } from "../../ui/charts/line-chart.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { Segmented } from "../../ui/form/segmented.tsx";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { type Fact, FactsRow } from "../../ui/page/facts.tsx";
import { type ApiState, useApi } from "../../ui/use-api.ts";
import { changeOf, FIGURES, type FigureName, MEASURES, type Measure, spanBefore } from "./figures.ts";
import { type SiteWords, siteWords } from "./words.ts";

interface Props {
  id: string;
  from: string;
  to: string;
  reading: ApiState<SiteDashboard>;
}

/** The figures of the span and one of them over time, against the span before. */
export function Traffic({ id, from, to, reading }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(siteWords);
  const { values, set } = useQuery();
  const measure = MEASURES.find((name) => name === values.measure) ?? "visitors";
  const span = spanBefore(from, to);
  const before = useApi(
    (client, options) => client.getSiteDashboard({ id, ...span, interval: "day", limit: 1 }, options),
    ...[id, span.from, span.to],
  );
  return (
    <>
      <Reading reading={reading} failed={w.failedToLoad} shape="figure">
        {(dashboard) => <FactsRow big facts={factsOf(dashboard, before.data, w, format)} />}
      </Reading>
      <Card
        title={w.overTime}
        hint={reading.data && w.daysIn(reading.data.timezone)}
        actions={
          <Segmented
            label={w.measure}
            value={measure}
            options={MEASURES.map((name) => [name, w.figures[name]] as const)}
            onChange={(name) => set({ measure: name === "visitors" ? undefined : name })}
          />
        }
      >
        <Reading reading={reading} failed={w.failedToLoad} shape="chart">
          {(dashboard) => (
            <>
              <Chart dashboard={dashboard} before={before.data} measure={measure} />
              <p class="hint-text">{w.note(format.number(dashboard.summary.botEvents))}</p>
            </>
          )}
        </Reading>
      </Card>
    </>
  );
}

function factsOf({ summary }: SiteDashboard, before: SiteDashboard | undefined, w: SiteWords, format: Format): Fact[] {
  return FIGURES.map((name) => ({
    label: w.figures[name],
    value: figureText(name, summary[name], format),
    note: before && <FigureTrend name={name} now={summary} before={before.summary} />,
  }));
}

function figureText(name: FigureName, value: number | null, format: Format): string {
  if (name === "bounceRate") return format.percent(value);
  if (name === "visitDurationSeconds") return format.duration(value === null ? null : Math.round(value) * 1_000);
  return format.number(value ?? 0);
}

interface TrendProps {
  name: FigureName;
  now: SiteDashboard["summary"];
  before: SiteDashboard["summary"];
}

function FigureTrend({ name, now, before }: TrendProps): JSX.Element | null {
  const { format } = useLocale();
  const w = useWords(siteWords);
  const change = changeOf(name, now, before);
  if (change === undefined) return null;
  const size = Math.abs(change.value);
  const words = {
    new: w.new,
    points: w.points(format.number(size, 1)),
    percent: format.percent(size, size < 10 ? 1 : 0),
  }[change.kind];
  return (
    <Trend change={change.value} moreIsBetter={name !== "bounceRate"}>
      {words}
    </Trend>
  );
}

interface ChartProps {
  dashboard: SiteDashboard;
  before: SiteDashboard | undefined;
  measure: Measure;
}

function Chart({ dashboard: { timeSeries, timezone, to }, before, measure }: ChartProps): JSX.Element {
  const { format } = useLocale();
  const w = useWords(siteWords);
  return (
    <LineChart
      title={`${w.figures[measure]}, ${w.overTime}`}
      labels={timeSeries.map(({ start }) => dateIn(timezone, new Date(start)))}
      value={(value) => format.number(value)}
      height={220}
      provisional={to >= dateIn(timezone, new Date()) ? 1 : 0}
      lines={[{ label: w.thisSpan, values: timeSeries.map((part) => part[measure] ?? null) }]}
      previous={before && { label: w.before, values: before.timeSeries.map((part) => part[measure] ?? null) }}
    />
  );
}
