import type { JSX } from "preact";
import type { Appointment, AppointmentOutcome } from "../../../client/generated/types.ts";
import { addDays } from "../../routing/dates.ts";
import { useQuery } from "../../routing/query.ts";
import { Button } from "../../ui/basics/button.tsx";
import { IconButton } from "../../ui/basics/icon-button.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import type { Tone } from "../../ui/basics/tone.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { LoadMore } from "../../ui/data/load-more.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Chips } from "../../ui/form/segmented.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { usePages } from "../../ui/use-pages.ts";
import { sharedWords } from "../shared/words.ts";
import { judgementOf } from "./judgement.ts";
import { type AttendanceWords, attendanceWords } from "./words.ts";

const PAGE = 50;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

interface Props {
  /** The last day of the page's span; it shows unless the address names another one. */
  to: string;
  lastFinal: string | null;
}

/** The appointments of one day with their results, and why they were judged so. */
export function AppointmentsOfDay({ to, lastFinal }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  const shared = useWords(sharedWords);
  const { values, set } = useQuery();
  const date = values.day !== undefined && DATE.test(values.day) ? values.day : to;
  const list = usePages(
    (client, options, cursor) => client.listAppointments({ date, limit: PAGE, cursor }, options),
    date,
  );
  const chosen = OUTCOMES.find((outcome) => outcome === values.result);
  const shown = list.items.filter(({ outcome }) => chosen === undefined || outcome === chosen);
  const go = (day: string) => set({ day });
  return (
    <Card
      title={format.longDay(date)}
      hint={
        <StatusPill tone="neutral" icon={isFinal(date, lastFinal) ? "lock" : "circle-dashed"}>
          {isFinal(date, lastFinal) ? w.day.final : w.day.provisional}
        </StatusPill>
      }
      flush
      actions={
        <>
          {date !== to && (
            <Button small kind="quiet" onClick={() => set({ day: undefined })}>
              {w.day.today}
            </Button>
          )}
          <IconButton small icon="chevron-left" label={w.day.before} onClick={() => go(addDays(date, -1))} />
          <IconButton small icon="chevron-right" label={w.day.after} onClick={() => go(addDays(date, 1))} />
        </>
      }
    >
      <Reading reading={list.reading} failed={w.failedToLoad} shape="rows">
        {() =>
          list.items.length === 0 ? (
            <EmptyState icon="calendar" title={w.day.none}>
              {w.day.noneNote}
            </EmptyState>
          ) : (
            <>
              <div class="body">
                <Chips
                  label={w.day.filter}
                  options={optionsOf(list.items, w)}
                  chosen={chosen ? [chosen] : []}
                  onToggle={(outcome) => set({ result: outcome === chosen ? undefined : outcome })}
                />
              </div>
              {shown.length === 0 ? (
                <EmptyState icon="list-filter" title={w.day.noneOfOutcome} />
              ) : (
                <Appointments appointments={shown} />
              )}
              {list.moreError && <ErrorState inline error={list.moreError} title={shared.moreFailed} />}
              {list.more && <LoadMore count={PAGE} busy={list.moreBusy} onClick={list.more} />}
            </>
          )
        }
      </Reading>
    </Card>
  );
}

const isFinal = (date: string, lastFinal: string | null): boolean => lastFinal !== null && date <= lastFinal;

const LOOKS: Readonly<Record<AppointmentOutcome, { tone: Tone; icon: IconName }>> = {
  completed: { tone: "ok", icon: "check" },
  no_show: { tone: "bad", icon: "user-x" },
  ghost: { tone: "bad", icon: "eye" },
  cancelled: { tone: "neutral", icon: "ban" },
  rescheduled: { tone: "neutral", icon: "repeat" },
  overhang: { tone: "neutral", icon: "hourglass" },
  pending: { tone: "neutral", icon: "clock" },
  placeholder: { tone: "neutral", icon: "minus" },
};
const OUTCOMES = Object.keys(LOOKS) as AppointmentOutcome[];

const optionsOf = (appointments: readonly Appointment[], w: AttendanceWords) =>
  OUTCOMES.map((value) => ({
    value,
    label: w.outcomes[value],
    count: appointments.filter(({ outcome }) => outcome === value).length,
  })).filter(({ count }) => count > 0);

function Appointments({ appointments }: { appointments: readonly Appointment[] }): JSX.Element {
  const w = useWords(attendanceWords);
  return <Table caption={w.appointments} rows={appointments} keyOf={({ id }) => id} columns={columnsOf(w)} />;
}

const columnsOf = (w: AttendanceWords): Column<Appointment>[] => [
  {
    key: "appointment",
    head: w.day.appointment,
    phone: "title",
    cell: ({ title, customer, consultant, startsAt, endsAt }) => (
      <>
        {title ?? customer ?? w.day.untitled}
        <small>
          <Time of={startsAt} as="time" />–<Time of={endsAt} as="time" /> · {consultant}
        </small>
      </>
    ),
  },
  {
    key: "result",
    head: w.day.result,
    phone: "state",
    cell: ({ outcome, sold, goneAt }) => (
      <>
        <StatusPill {...LOOKS[outcome]} {...(sold && { icon: "star" as const })}>
          {sold ? w.soldWord : w.outcomes[outcome]}
        </StatusPill>
        {goneAt !== null && <small>{w.day.gone}</small>}
      </>
    ),
  },
  {
    key: "why",
    head: w.day.why,
    cell: ({ reason, confidence }) => (
      <>
        {judgementOf(reason, w)}
        <small>{confidence === "low" ? w.day.assumed : w.day.sure}</small>
      </>
    ),
  },
];
