import type { JSX } from "preact";
import type { Attendance, AttendanceSummary, UnjudgedAttention } from "../../../client/generated/types.ts";
import { useRange } from "../../routing/range.ts";
import { Trend } from "../../ui/basics/trend.tsx";
import { useOverview } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { type Fact, FactsRow } from "../../ui/page/facts.tsx";
import { Grid, Stack } from "../../ui/page/grid.tsx";
import { Note } from "../../ui/page/note.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { type ApiState, useApi } from "../../ui/use-api.ts";
import { RangeSwitch } from "../shared/range-switch.tsx";
import { AppointmentsOfDay } from "./appointments-of-day.tsx";
import { Calendars } from "./calendars.tsx";
import { Consultants } from "./consultants.tsx";
import { groupingOf } from "./groups.ts";
import { HourMap } from "./hour-map.tsx";
import { Rates } from "./rates.tsx";
import { type AttendanceWords, attendanceWords } from "./words.ts";

/** Who came: rates over time, by hour and by consultant, and the appointments of a day. */
export default function AttendancePage(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  const range = useRange("30d");
  const { from, to } = range;
  const groupBy = groupingOf(range.days);
  const summary = useApi(async (client, options) => (await client.getMonitoring({}, options)).attendance);
  const overTime = useApi(
    (client, options) => client.getAttendance({ from, to, groupBy }, options),
    ...[from, to, groupBy],
  );
  const byConsultant = useApi(
    (client, options) => client.getAttendance({ from, to, groupBy: "consultant" }, options),
    ...[from, to],
  );
  const unjudged = useOverview().data?.attention.find((item) => item.kind === "appointments-unjudged");
  const lastFinal = summary.data?.days.lastFinal ?? null;
  return (
    <>
      <PageHeader
        title={w.title}
        sentence={summary.data && sentenceOf(summary.data, w, format)}
        zone
        actions={<RangeSwitch range={range} />}
      />
      <Stack>
        {unjudged && (
          <Note tone="warn" title={unjudgedSentence(unjudged, w, format)}>
            {w.unjudgedNote}
          </Note>
        )}
        {summary.data && <Health summary={summary.data} />}
        <Reading reading={overTime} failed={w.failedToLoad} shape="figure">
          {(figures) => <FactsRow big facts={factsOf(figures, summary, w, format)} />}
        </Reading>
        <Grid>
          <Card title={w.overTime} hint={w.groups[groupBy]} span={8}>
            <Reading reading={overTime} failed={w.failedToLoad} shape="chart">
              {(figures) => <Rates figures={figures} lastFinal={lastFinal} />}
            </Reading>
          </Card>
          <div class="span-4">
            <Stack>
              <HourMap from={from} to={to} />
              <Calendars reading={summary} />
            </Stack>
          </div>
          <Consultants reading={byConsultant} />
          <AppointmentsOfDay to={to} lastFinal={lastFinal} />
        </Grid>
      </Stack>
    </>
  );
}

function sentenceOf({ calendars }: AttendanceSummary, w: AttendanceWords, format: Format): string {
  const newest = calendars.map(({ succeededAt }) => succeededAt).filter((at) => at !== null);
  const last = newest.sort().at(-1);
  return last === undefined
    ? w.neverRead
    : `${w.calendars(format.number(calendars.length))}, ${w.lastRead(format.relative(last))}.`;
}

const unjudgedSentence = ({ count, appointments }: UnjudgedAttention, w: AttendanceWords, format: Format): string =>
  w.unjudged(format.number(count), format.percent((100 * count) / appointments, 0));

/** What is wrong with the calendars, in the server's words. */
function Health({ summary: { state } }: { summary: AttendanceSummary }): JSX.Element | null {
  const w = useWords(attendanceWords);
  if (state.status === "pass") return null;
  const failing = state.status === "fail";
  return (
    <Note tone={failing ? "bad" : "warn"} title={failing ? w.healthFail : w.healthWarn}>
      {state.output && <span lang="en">{state.output}</span>}
    </Note>
  );
}

function factsOf(
  { total, trend, days }: Attendance,
  { data }: ApiState<AttendanceSummary>,
  w: AttendanceWords,
  format: Format,
): Fact[] {
  const rates = (["showRate", "noShowRate", "successRate"] as const).map((rate) => {
    const change = trend[rate];
    return {
      label: w.rates[rate],
      value: format.percent(total[rate]),
      note: change !== null && (
        <Trend change={change} moreIsBetter={rate !== "noShowRate"}>
          {w.points(format.number(Math.abs(change), 1))}
        </Trend>
      ),
    };
  });
  return [
    {
      label: w.appointments,
      value: format.number(total.totalSlots),
      note: w.daysRead(format.number(days.read), format.number(days.days)),
    },
    ...rates,
    ...(data ? summaryFacts(data, w, format) : []),
  ];
}

const summaryFacts = ({ noShows, days }: AttendanceSummary, w: AttendanceWords, format: Format): Fact[] => [
  {
    label: w.lastWeek,
    value: format.percent(noShows.rate),
    note: w.ofAppointments(format.number(noShows.missed), format.number(noShows.total)),
  },
  {
    label: w.finalUntil,
    value: days.lastFinal === null ? w.nothingFinal : format.shortDay(days.lastFinal),
    note: w.openDays(format.number(days.open)),
  },
];
