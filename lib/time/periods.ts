import { fromEpochMilliseconds, toZonedDateTimeISO } from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import { toPlainDate } from "temporal-polyfill/fns/ZonedDateTime";

/**
 * Periods (docs/domain.md, section 1): half-open intervals of UTC instants, computed from local boundaries.
 * Pure: nothing here reads the clock.
 */
export interface Period {
  /** First instant of the period. */
  readonly start: Date;
  /** First instant after the period. */
  readonly end: Date;
}

export type PeriodKind = "day" | "week" | "month";

/** The period of a kind that holds an instant, in an IANA zone or a fixed offset (`+01:00`). */
export function periodContaining(kind: PeriodKind, instant: Date, zone: string): Period {
  return periodFrom(kind, firstDay(kind, plainDate(instant, zone)), zone);
}

/** The period of a kind that holds a local calendar date (`YYYY-MM-DD`). @throws RangeError for no date. */
export function periodOfDate(kind: PeriodKind, date: string, zone: string): Period {
  return periodFrom(kind, firstDay(kind, parseDate(date)), zone);
}

/** The newest period that has ended at `now`; one that ends exactly at `now` has ended. */
export function newestEnded(kind: PeriodKind, now: Date, zone: string): Period {
  return previousPeriod(kind, periodContaining(kind, now, zone), zone);
}

/** The period before another one. */
export function previousPeriod(kind: PeriodKind, period: Period, zone: string): Period {
  return periodContaining(kind, new Date(period.start.getTime() - 1), zone);
}

/** The period that ends (exclusively) at an instant, which must be a boundary of its kind. */
export function periodEndingAt(kind: PeriodKind, end: Date, zone: string): Period {
  return periodContaining(kind, new Date(end.getTime() - 1), zone);
}

/** The last `count` ended periods at `now`, oldest first. */
export function endedPeriods(kind: PeriodKind, now: Date, zone: string, count: number): Period[] {
  const periods: Period[] = [];
  for (let period = newestEnded(kind, now, zone); periods.length < count; ) {
    periods.unshift(period);
    period = previousPeriod(kind, period, zone);
  }
  return periods;
}

/** The local calendar date of an instant, `YYYY-MM-DD`. */
export function localDate(instant: Date, zone: string): string {
  return PlainDate.toString(plainDate(instant, zone));
}

/** The last millisecond of a period as JSON prints it (`…:59.999Z`). */
export function inclusiveEnd(period: Period): string {
  return new Date(period.end.getTime() - 1).toISOString();
}

function plainDate(instant: Date, zone: string): PlainDate.Record {
  return toPlainDate(toZonedDateTimeISO(fromEpochMilliseconds(instant.getTime()), zone));
}

function parseDate(text: string): PlainDate.Record {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return PlainDate.create(Number(year), Number(month), Number(day));
}

function firstDay(kind: PeriodKind, date: PlainDate.Record): PlainDate.Record {
  if (kind === "day") return date;
  return kind === "week"
    ? PlainDate.subtractDays(date, PlainDate.dayOfWeek(date) - 1)
    : PlainDate.withDayOfMonth(date, 1);
}

const NEXT = { day: PlainDate.addDays, week: PlainDate.addWeeks, month: PlainDate.addMonths };

function periodFrom(kind: PeriodKind, first: PlainDate.Record, zone: string): Period {
  return { start: startOfDay(first, zone), end: startOfDay(NEXT[kind](first, 1), zone) };
}

/** Midnight, or the first instant of the day where clocks skip midnight; the earlier one where midnight comes twice. */
function startOfDay(date: PlainDate.Record, zone: string): Date {
  return new Date(PlainDate.toZonedDateTime(date, zone).epochMilliseconds);
}
