import type { JSX } from "preact";
import type { Overview } from "../../../client/generated/types.ts";
import { IconButton } from "../../ui/basics/icon-button.tsx";
import { useOverview, useUi } from "../../ui/context.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { Loading } from "../../ui/data/loading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { StandingRow } from "../../ui/page/facts.tsx";
import { Grid } from "../../ui/page/grid.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { AttendanceCard } from "./attendance-card.tsx";
import { AttentionCard, SHOWN } from "./attention/attention-card.tsx";
import { attentionWords } from "./attention/attention-words.ts";
import { BookingsCard } from "./bookings-card.tsx";
import { countRows, countWaiting, greet, hourIn, summarize } from "./greeting.ts";
import { MailCard } from "./mail-card.tsx";
import { NightCard } from "./night-card.tsx";
import "./overview.css";
import { standingsOf } from "./states.ts";
import { VisitorsCard } from "./visitors-card.tsx";
import { WeekCard } from "./week-card.tsx";
import { overviewWords } from "./words.ts";

/** Opens the console: is everything all right, and what waits for me? */
export default function OverviewPage(): JSX.Element {
  const { operator } = useUi();
  const words = useWords(overviewWords);
  const { format, zone } = useLocale();
  const overview = useOverview();
  const { data, busy, again } = overview;
  const now = data?.at ?? new Date().toISOString();
  const nextRun = data?.runs.nextRun ? format.time(data.runs.nextRun.at) : undefined;
  return (
    <div class="overview">
      <PageHeader
        title={greet(hourIn(zone, now), operator?.name ?? "", words)}
        sentence={data && summarize(countWaiting(data), nextRun, words, format.number)}
        zone={now}
        actions={<IconButton icon="refresh-cw" label={words.refresh} busy={busy} onClick={again} />}
      />
      <Content overview={overview} />
    </div>
  );
}

function Content({ overview: { data, error, busy, again } }: { overview: ApiState<Overview> }): JSX.Element {
  const words = useWords(overviewWords);
  const { format } = useLocale();
  const failed = error && (
    <ErrorState
      error={error}
      title={words.failed}
      again={again}
      busy={busy}
      inline={data !== undefined}
      since={data?.at}
    />
  );
  if (data === undefined) return failed === undefined ? <Shapes /> : <Card>{failed}</Card>;
  return (
    <>
      {failed}
      <StandingRow standings={standingsOf(data, words, format)} />
      <Grid>
        <AttentionCard overview={data} />
        <BookingsCard bookings={data.bookings} now={data.at} rowsBeside={Math.min(SHOWN, countRows(data))} />
        <AttendanceCard attendance={data.attendance} />
        <VisitorsCard site={data.site} />
        <MailCard mail={data.mail} />
        <NightCard overview={data} />
        <WeekCard week={data.week} />
      </Grid>
    </>
  );
}

/** Grey shapes where the cards will stand. */
function Shapes(): JSX.Element {
  const { bookings, attendance, visitors, mail, night, week } = useWords(overviewWords);
  const attention = useWords(attentionWords);
  return (
    <Grid>
      <Card>
        <Loading rows={1} />
      </Card>
      <Card title={attention.title} span={8}>
        <Loading shape="rows" rows={8} />
      </Card>
      <Card title={bookings.title} span={4}>
        <Loading shape="chart" />
      </Card>
      {[attendance, visitors, mail].map(({ title, hint }) => (
        <Card key={title} title={title} hint={hint} span={4}>
          <Loading shape="chart" />
        </Card>
      ))}
      <Card title={night.title} span={8}>
        <Loading shape="rows" rows={6} />
      </Card>
      <Card title={week.emptyTitle} span={4}>
        <Loading rows={6} />
      </Card>
    </Grid>
  );
}
