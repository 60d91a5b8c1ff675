import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Attendance, Monitoring } from "../../client/generated/types.ts";
import { daysBack } from "../days.ts";
import { Chart } from "../ui/chart.tsx";
import { Choice } from "../ui/choice.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Figures, Panel } from "../ui/panel.tsx";
import { Badge } from "../ui/text.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";
import { Consultants } from "./consultants.tsx";
import { HourMap } from "./hour-map.tsx";

const SPANS = ["30", "90", "365"] as const;
type Span = (typeof SPANS)[number];
/** The grouping of the chart by period, so that it shows neither too few points nor too many. */
const GROUPS = { "30": "day", "90": "week", "365": "month" } as const satisfies Record<Span, string>;

/** The attendance of the last 30, 90 or 365 days. */
export function AttendanceTab(): JSX.Element {
  const { words } = useUi();
  const w = words.attendance;
  const [span, setSpan] = useState<Span>("30");
  const from = daysBack(Number(span) - 1);
  const monitoring = useApi((client, options) => client.getMonitoring({}, options));
  const overTime = useApi(
    (client, options) => client.getAttendance({ from, groupBy: GROUPS[span] }, options),
    from,
    span,
  );
  const heatMap = useApi((client, options) => client.getAttendanceHeatmap({ from }, options), from);
  const byConsultant = useApi(
    (client, options) => client.getAttendance({ from, groupBy: "consultant" }, options),
    from,
  );
  return (
    <>
      <div class="choices">
        <Choice
          label={words.span}
          value={span}
          options={SPANS.map((days) => [days, words.lastDays(days)] as const)}
          choose={setSpan}
        />
      </div>
      <div class="panels">
        <LastWeek reading={monitoring} />
        <Total reading={overTime} />
        <Panel title={w.overTime} reading={overTime} wide>
          {(figures) => <Rates figures={figures} span={span} />}
        </Panel>
        <Panel title={w.map} reading={heatMap} wide>
          {({ cells, timezone }) =>
            cells.length === 0 ? <Empty>{w.none}</Empty> : <HourMap cells={cells} zone={timezone} />
          }
        </Panel>
        <Consultants reading={byConsultant} />
      </div>
    </>
  );
}

function LastWeek({ reading }: { reading: ApiState<Monitoring> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.attendance;
  return (
    <Panel title={w.lastWeek} reading={reading}>
      {({ attendance: { noShows, days, state } }) => (
        <>
          <Figures
            figures={[
              {
                label: w.noShowRate,
                value: format.percent(noShows.rate),
                note: w.ofAppointments(format.number(noShows.missed), format.number(noShows.total)),
              },
              {
                label: w.lastFinal,
                value: days.lastFinal === null ? "–" : format.day(days.lastFinal),
                note: w.open(format.number(days.open)),
              },
            ]}
          />
          {state.status !== "pass" && (
            <p>
              <Badge tone={state.status === "fail" ? "bad" : "warn"}>{words.health[state.status]}</Badge>{" "}
              <span lang="en">{state.output}</span>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function Total({ reading }: { reading: ApiState<Attendance> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.attendance;
  const points = (value: number | null | undefined) =>
    value === null || value === undefined ? undefined : w.against(`${value > 0 ? "+" : ""}${format.number(value, 1)}`);
  return (
    <Panel title={w.total} reading={reading}>
      {({ total, trend, days }) => (
        <>
          <Figures
            figures={[
              {
                label: w.appointments,
                value: format.number(total.totalSlots),
                note: w.read(`${days.read} / ${days.days}`),
              },
              { label: w.rates.showRate, value: format.percent(total.showRate), note: points(trend.showRate) },
              { label: w.rates.noShowRate, value: format.percent(total.noShowRate), note: points(trend.noShowRate) },
              { label: w.rates.successRate, value: format.percent(total.successRate), note: points(trend.successRate) },
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function Rates({ figures: { groups, timezone }, span }: { figures: Attendance; span: Span }): JSX.Element {
  const { words, format } = useUi();
  const w = words.attendance;
  if (groups.length === 0) return <Empty>{w.none}</Empty>;
  const label = (group: string) =>
    span === "365" ? format.monthOf(`${group}-01T00:00:00Z`, "UTC") : format.day(group);
  return (
    <>
      <Chart
        title={w.overTime}
        kind="lines"
        labelled={words.groups[GROUPS[span] ?? ""] ?? words.day}
        labels={groups.map(({ group }) => label(group))}
        value={(value) => format.percent(value)}
        series={(["showRate", "noShowRate", "successRate"] as const).map((rate, nth) => ({
          label: w.rates[rate],
          colour: ([1, 2, 4] as const)[nth] ?? 1,
          values: groups.map((group) => group[rate]),
        }))}
      />
      <p class="small">
        {words.daysIn(timezone)} {w.todayOpen}
      </p>
    </>
  );
}
