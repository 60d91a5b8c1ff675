import type { JSX } from "preact";
import type { MailOverview, MailQueue } from "../../../client/generated/types.ts";
import { useRange } from "../../routing/range.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { BarChart } from "../../ui/charts/bar-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { type Fact, FactsRow } from "../../ui/page/facts.tsx";
import { Grid, Stack } from "../../ui/page/grid.tsx";
import { Note } from "../../ui/page/note.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { useApi } from "../../ui/use-api.ts";
import { RangeSwitch } from "../shared/range-switch.tsx";
import { FailedMails } from "./failed-mails.tsx";
import { RecentMails } from "./recent-mails.tsx";
import { mailWords } from "./words.ts";

/** The longest span that the API counts by day. */
const MOST_DAYS = 90;

/** The health check warns at the same age. */
const OLD_SECONDS = 3_600;

const STATES = ["sent", "retrying", "pending", "skipped", "failed"] as const;

/** What waits, what became of the mails, and what failed. */
export default function MailPage(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(mailWords);
  const range = useRange("30d");
  const days = Math.min(range.days, MOST_DAYS);
  const mails = useApi((client, options) => client.getMailOverview({ days, limit: 1 }, options), days);
  const { data } = mails;
  return (
    <>
      <PageHeader
        title={w.title}
        sentence={data && sentenceOf(data.queue, w, format)}
        zone
        actions={<RangeSwitch range={range} />}
      />
      <Stack>
        {data && isOld(data.queue) && (
          <Note tone="warn" title={w.old} actions={<ButtonLink href="/runs/dispatch">{w.seeDispatch}</ButtonLink>}>
            {w.oldNote}
          </Note>
        )}
        <Reading reading={mails} failed={w.failedToLoad} shape="figure">
          {(overview) => <FactsRow big facts={factsOf(overview, w, format)} />}
        </Reading>
        <Grid>
          <Card title={w.overTime} hint={w.overTimeHint} span={12}>
            <Reading reading={mails} failed={w.failedToLoad} shape="chart">
              {(overview) => <Days overview={overview} />}
            </Reading>
          </Card>
          <FailedMails overview={mails} />
          <RecentMails />
        </Grid>
      </Stack>
    </>
  );
}

type Words = (typeof mailWords)["en"];

const isOld = ({ oldestDueSeconds }: MailQueue): boolean => (oldestDueSeconds ?? 0) >= OLD_SECONDS;

function sentenceOf(queue: MailQueue, w: Words, format: Format): string {
  const wait = queue.oldestDueSeconds;
  const waiting =
    queue.due > 0 && wait !== null ? w.stuck(format.number(queue.due), format.duration(wait * 1_000)) : w.calm;
  return `${waiting} ${queue.failed > 0 ? w.refused(format.number(queue.failed)) : w.nothingFailed}`;
}

function factsOf({ queue, days }: MailOverview, w: Words, format: Format): Fact[] {
  const sum = (state: (typeof STATES)[number]) => days.reduce((total, day) => total + day[state], 0);
  const sent = sum("sent");
  const tried = sent + sum("failed") + sum("retrying");
  return [
    {
      label: w.waiting,
      value: format.number(queue.waiting),
      note:
        queue.oldestDueSeconds === null
          ? w.due(format.number(queue.due))
          : w.oldest(format.duration(queue.oldestDueSeconds * 1_000)),
    },
    {
      label: w.drain,
      value: queue.secondsToDrain === 0 ? w.drained : format.duration(queue.secondsToDrain * 1_000),
      note: w.drainNote,
    },
    { label: w.scheduled, value: format.number(queue.scheduled), note: w.scheduledNote },
    {
      label: w.delivered,
      value: format.number(sent),
      note: tried > 0 ? w.ofAttempts(format.percent((100 * sent) / tried)) : undefined,
    },
    { label: w.failed, value: format.number(queue.failed), note: w.failedNote },
    { label: w.unclear, value: format.number(queue.deliveryUnknown), note: w.unclearNote },
  ];
}

function Days({ overview: { days } }: { overview: MailOverview }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(mailWords);
  const used = STATES.filter((state) => days.some((day) => day[state] > 0));
  if (used.length === 0) {
    return (
      <EmptyState icon="mail" title={w.noMails}>
        {w.noMailsNote}
      </EmptyState>
    );
  }
  return (
    <BarChart
      title={w.overTime}
      labels={days.map(({ date }) => date)}
      value={(value) => format.number(value)}
      height={200}
      bars={used.map((state) => ({
        label: w.states[state],
        values: days.map((day) => day[state]),
        ...LOOKS[state],
      }))}
    />
  );
}

/** What went wrong is hatched, what is skipped is grey. */
const LOOKS = {
  sent: { colour: 1 },
  retrying: { colour: 3, hatched: true },
  pending: { colour: 4 },
  skipped: { colour: 5 },
  failed: { colour: 2, hatched: true },
} as const;
