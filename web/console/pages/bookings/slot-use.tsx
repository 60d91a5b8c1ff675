import type { JSX } from "preact";
import type { BookingRate, SlotDay, SlotMetrics } from "../../../client/generated/types.ts";
import { HeatMap } from "../../ui/charts/heat-map.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { Table } from "../../ui/data/table.tsx";
import { type Format, NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { type Fact, FactsRow } from "../../ui/page/facts.tsx";
import { Grid } from "../../ui/page/grid.tsx";
import { Note } from "../../ui/page/note.tsx";
import { type ApiState, useApi } from "../../ui/use-api.ts";
import { weekOf } from "./calendar-entries.ts";
import { type BookingWords, bookingWords } from "./words.ts";

/** How well services are covered, how dense the slots are and how many are booked. */
export function SlotUse(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const metrics = useApi((client, options) => client.getSlotMetrics({}, options));
  const calendar = useApi((client, options) => client.getSlotCalendar({ days: 35 }, options));
  return (
    <>
      <Reading reading={metrics} failed={w.figuresFailed} shape="figure">
        {(figures) => (
          <>
            <FactsRow big facts={factsOf(figures, w, format)} />
            <Warnings metrics={figures} />
          </>
        )}
      </Reading>
      <Grid>
        <Card title={w.ahead35} hint={w.ahead35Hint} span={12}>
          <Reading reading={calendar} failed={w.figuresFailed} shape="chart">
            {({ items }) => <Weeks days={items} />}
          </Reading>
        </Card>
        <Providers reading={metrics} />
      </Grid>
    </>
  );
}

function factsOf({ coverage, density, bookingRate }: SlotMetrics, w: BookingWords, format: Format): Fact[] {
  const rate = (label: string, { booked, offered, percent }: BookingRate): Fact => ({
    label,
    value: format.percent(percent),
    note: w.ofOffered(format.number(booked), format.number(offered)),
  });
  return [
    rate(w.past, bookingRate.past),
    rate(w.ahead, bookingRate.ahead),
    {
      label: w.coverage,
      value: format.percent(coverage.percent),
      note: w.covered(format.number(coverage.coveredServices), format.number(coverage.activeServices)),
    },
    {
      label: w.density,
      value: density.perDay === null ? NONE : format.number(density.perDay, 1),
      note: w.bookable(format.number(density.bookableSlots), format.number(density.days)),
    },
  ];
}

function Warnings({ metrics: { warnings, uncovered } }: { metrics: SlotMetrics }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  return (
    <>
      {warnings.map(({ code, level }) => (
        <Note key={code} tone={level === "warning" ? "warn" : "info"} title={w.warnings[code]}>
          {code !== "slots-capped" && code !== "density-low" && uncovered.length > 0 && (
            <>
              {w.uncovered(format.number(uncovered.length))} <code>{uncovered.join(", ")}</code>
            </>
          )}
        </Note>
      ))}
    </>
  );
}

/** The slots of each day. The scale starts steep, so that first bookings show. */
function Weeks({ days }: { days: SlotDay[] }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  if (days.every(({ slots }) => slots === 0)) {
    return (
      <EmptyState icon="calendar" title={w.noSlots}>
        {w.noSlotsNote}
      </EmptyState>
    );
  }
  const byDate = new Map(days.map((day) => [day.date, day]));
  const used = days.filter(({ slots }) => slots > 0);
  const weeks = [...new Map(used.map(({ date }) => [weekOf(date)[0], weekOf(date)])).values()];
  const dayAt = (row: number, column: number) => byDate.get(weeks[row]?.[column] ?? "");
  return (
    <HeatMap
      caption={w.ahead35}
      rows={weeks.map(([monday = ""]) => format.shortDay(monday))}
      columns={[0, 1, 2, 3, 4, 5, 6].map((day) => format.weekday(day))}
      shareOf={(row, column) => {
        const day = dayAt(row, column);
        if (day === undefined || day.slots === 0) return null;
        return day.capacity === 0 ? 0 : Math.sqrt(day.booked / day.capacity);
      }}
      shortOf={(row, column) => format.number(dayAt(row, column)?.slots ?? 0)}
      textOf={(row, column) => {
        const { slots = 0, booked = 0, capacity = 0, providers = 0 } = dayAt(row, column) ?? {};
        const [a = "", b = "", c = "", d = ""] = [slots, booked, capacity, providers].map((count) =>
          format.number(count),
        );
        return w.cell(a, b, c, d);
      }}
    />
  );
}

function Providers({ reading }: { reading: ApiState<SlotMetrics> }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(bookingWords);
  return (
    <Card title={w.providers} span={12} flush>
      <Reading reading={reading} failed={w.figuresFailed} shape="rows">
        {({ providers }) =>
          providers.length === 0 ? (
            <EmptyState icon="users" title={w.noProviders}>
              {w.noProvidersNote}
            </EmptyState>
          ) : (
            <Table
              caption={w.providers}
              rows={providers}
              keyOf={({ providerId }) => providerId}
              columns={[
                {
                  key: "name",
                  head: w.provider,
                  cell: ({ name, timezone }) => (
                    <>
                      {name}
                      <small>{timezone}</small>
                    </>
                  ),
                },
                {
                  key: "services",
                  head: w.services,
                  number: true,
                  cell: ({ coveredServices, activeServices }) =>
                    w.ofPlaces(format.number(coveredServices), format.number(activeServices)),
                },
                {
                  key: "slots",
                  head: w.bookableSlots,
                  number: true,
                  cell: ({ bookableSlots }) => format.number(bookableSlots),
                },
                {
                  key: "booked",
                  head: w.bookedPlaces,
                  number: true,
                  cell: ({ booked, offered }) => w.ofPlaces(format.number(booked), format.number(offered)),
                },
              ]}
            />
          )
        }
      </Reading>
    </Card>
  );
}
