import type { JSX } from "preact";
import type { BookingFigures, UpcomingBooking } from "../../../client/generated/types.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Trend } from "../../ui/basics/trend.tsx";
import { HourBars } from "../../ui/charts/hour-bars.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Figure } from "../../ui/page/figure.tsx";
import { hourIn, weekdayOf } from "./greeting.ts";
import { overviewWords } from "./words.ts";

interface Props {
  bookings: BookingFigures;
  now: string;
  /** How many rows the card beside this one has. */
  rowsBeside: number;
}

/** How many bookings fill the card as high as the one beside it; a row there is nearly two bookings high. */
const bookingsBeside = (rows: number): number => Math.max(3, Math.round(1.75 * rows - 3));

/** The places of today by hour, and who comes next. */
export function BookingsCard({ bookings, now, rowsBeside }: Props): JSX.Element {
  const { bookings: words } = useWords(overviewWords);
  const { format, language } = useLocale();
  const { booked, places, bookedWeekBefore, date, hours, next, providers } = bookings;
  const change = booked - bookedWeekBefore;
  const weekday = weekdayOf(date, language);
  return (
    <Card title={words.title} span={4} link={{ href: "/bookings", label: words.link }}>
      {providers === 0 && places === 0 ? (
        <EmptyState
          icon="calendar-plus"
          title={words.setUp}
          action={
            <ButtonLink small href="/api.html">
              {words.api}
            </ButtonLink>
          }
        >
          {words.setUpNote}
        </EmptyState>
      ) : (
        <>
          {places === 0 ? (
            <EmptyState icon="calendar-off" title={words.noPlaces}>
              {words.noPlacesNote}
            </EmptyState>
          ) : (
            <>
              <Figure value={format.number(booked)} label={words.of(format.number(places))}>
                <Trend change={change}>
                  {change === 0 ? words.same(weekday) : words.versus(format.number(Math.abs(change)), weekday)}
                </Trend>
              </Figure>
              <Hours hours={hours} now={now} />
            </>
          )}
          {next.length === 0 ? (
            <p class="quiet-line">{words.noNext}</p>
          ) : (
            <Next bookings={next.slice(0, bookingsBeside(rowsBeside))} date={date} />
          )}
        </>
      )}
    </Card>
  );
}

function Hours({ hours, now }: { hours: BookingFigures["hours"]; now: string }): JSX.Element {
  const { bookings: words } = useWords(overviewWords);
  const { zone } = useLocale();
  const current = hourIn(zone, now);
  const written = (hour: number) => String(hour).padStart(2, "0");
  const [first, last] = [hours[0]?.hour ?? 0, (hours.at(-1)?.hour ?? 0) + 1];
  return (
    <HourBars
      label={words.hours(String(first), String(last))}
      hours={hours.map(({ hour, booked, places }) => {
        return { label: written(hour), value: booked, capacity: places, past: hour < current };
      })}
    />
  );
}

function Next({ bookings, date }: { bookings: UpcomingBooking[]; date: string }): JSX.Element {
  const { bookings: words } = useWords(overviewWords);
  const { format } = useLocale();
  return (
    <ul class="next-bookings">
      {bookings.map(({ startsAt, serviceName, providerName, customerName, bookings, capacity, status }) => (
        <li key={`${startsAt} ${serviceName} ${providerName} ${customerName}`} class={status}>
          <time dateTime={startsAt}>
            {format.dateOf(startsAt) !== date && <small>{format.dayOf(startsAt)}</small>}
            <b>{format.time(startsAt)}</b>
          </time>
          <span class="bar" />
          <span class="what">
            <span title={serviceName}>{serviceName}</span>
            <small title={`${providerName} · ${customerName ?? ""}`}>
              {providerName} ·{" "}
              {capacity > 1 || customerName === null
                ? words.places(format.number(bookings), format.number(capacity))
                : customerName}
            </small>
          </span>
          {status === "confirmed" ? (
            <StatusPill tone="ok">{words.confirmed}</StatusPill>
          ) : (
            <StatusPill tone="warn" icon="clock">
              {words.pending}
            </StatusPill>
          )}
        </li>
      ))}
    </ul>
  );
}
