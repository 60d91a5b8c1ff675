import type { JSX } from "preact";
import type { SiteDashboard } from "../../client/generated/types.ts";
import { Chart } from "../ui/chart.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Figures, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import type { ApiState } from "../ui/use-api.ts";

interface Props {
  reading: ApiState<SiteDashboard>;
  hourly: boolean;
}

/** Visits in total and over time, with top pages, referrers, devices and countries. */
export function Traffic({ reading, hourly }: Props): JSX.Element {
  const { words, format } = useUi();
  const w = words.site;
  const visits = (title: string, of: (figures: SiteDashboard) => Counted[]) => (
    <Panel title={title} reading={reading}>
      {(figures) => <Top title={title} counted={of(figures)} head={w.visits} />}
    </Panel>
  );
  return (
    <>
      <Panel title={w.title} reading={reading} wide>
        {({ summary }) => (
          <Figures
            figures={[
              { label: w.visits, value: format.number(summary.visits) },
              { label: w.visitors, value: format.number(summary.visitors), note: w.visitorsNote },
              { label: w.pageViews, value: format.number(summary.pageViews) },
              { label: w.bounceRate, value: format.percent(summary.bounceRate) },
              {
                label: w.visitDuration,
                value: format.duration(
                  summary.visitDurationSeconds === null ? null : summary.visitDurationSeconds * 1000,
                ),
              },
              { label: w.bots, value: format.number(summary.botEvents), note: w.botsNote },
              {
                label: w.deadLetters,
                value: format.number(summary.deadLetters),
                tone: summary.deadLetters > 0 ? "warn" : undefined,
              },
            ]}
          />
        )}
      </Panel>
      <Panel title={w.overTime} reading={reading} wide>
        {({ timeSeries, timezone }) => (
          <>
            <Chart
              title={w.overTime}
              kind="lines"
              labelled={words.day}
              labels={timeSeries.map(({ start }) => (hourly ? format.minute(start) : format.dayOf(start, timezone)))}
              value={(value) => format.number(value)}
              series={[
                { label: w.pageViews, colour: 1, values: timeSeries.map(({ pageViews }) => pageViews) },
                { label: w.visits, colour: 2, values: timeSeries.map(({ visits }) => visits) },
              ]}
            />
            {!hourly && <p class="small">{words.daysIn(timezone)}</p>}
          </>
        )}
      </Panel>
      <Panel title={w.topPages} reading={reading}>
        {({ topPages }) => (
          <Top
            title={w.topPages}
            head={w.pageViews}
            counted={topPages.map(({ page, pageViews }) => ({ name: page, count: pageViews }))}
          />
        )}
      </Panel>
      {visits(w.referrers, ({ referrers }) =>
        referrers.map(({ referrer, visits }) => ({ name: referrer, count: visits })),
      )}
      {visits(w.devices, ({ devices }) => devices.map(({ device, visits }) => ({ name: device, count: visits })))}
      {visits(w.countries, ({ countries }) =>
        countries.map(({ country, visits }) => ({ name: country, count: visits })),
      )}
    </>
  );
}

interface Counted {
  name: string;
  count: number;
}

/** A ranked list. Each bar's length is relative to the first entry. */
function Top({ title, counted, head }: { title: string; counted: Counted[]; head: string }): JSX.Element {
  const { words, format } = useUi();
  if (counted.length === 0) return <Empty>{words.site.nothing}</Empty>;
  const most = Math.max(1, ...counted.map(({ count }) => count));
  return (
    <Table
      caption={title}
      rows={counted}
      keyOf={({ name }) => name}
      columns={[
        { head: words.site.name, cell: ({ name }) => words.site.known[name] ?? name },
        {
          head,
          number: true,
          cell: ({ count }) => (
            <span class="bar">
              <meter value={count} max={most} aria-hidden="true" />
              <span>{format.number(count)}</span>
            </span>
          ),
        },
      ]}
    />
  );
}
