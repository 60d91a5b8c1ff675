import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  endedPeriods,
  inclusiveEnd,
  localDate,
  newestEnded,
  type Period,
  type PeriodKind,
  periodContaining,
  periodEndingAt,
  periodOfDate,
  previousPeriod,
} from "../../../lib/time/periods.ts";
import { THOROUGH } from "../../support/thorough.ts";

const SEED = 20_260_209;
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe", // half an hour of summer time
  "Pacific/Apia", // gave up summer time in 2021
  "Asia/Kathmandu",
  "America/Havana", // clocks skip midnight in spring, and strike it twice in autumn
  "Africa/Cairo", // skips midnight too, from 2023 on
  "+05:45",
  "-09:30",
];
const KINDS: PeriodKind[] = ["day", "week", "month"];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIRST = Date.UTC(THOROUGH ? 2018 : 2020, 0, 1);
const LAST = Date.UTC(THOROUGH ? 2028 : 2023, 11, 31);

/** The calendar date that an instant of UTC shows; dates are counted on this scale, and never with a zone. */
const dateOf = (utc: number): string => new Date(utc).toISOString().slice(0, 10);

/** What clocks show in a zone, from Intl alone: `2026-03-29 03:00:00`. */
function clockIn(zone: string): (instant: number) => string {
  const options = { dateStyle: "short", timeStyle: "medium", timeZone: zone } as const;
  const format = new Intl.DateTimeFormat("sv-SE", options); // Sweden writes dates as ISO 8601 does
  return (instant) => format.format(instant);
}

/** First instant at which clocks show a date: found by halving, as dates never go back in these zones and years. */
function firstInstantOf(date: string, clock: (instant: number) => string): number {
  let before = Date.parse(`${date}T00:00Z`) - 15 * HOUR;
  let after = before + 30 * HOUR;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (clock(middle) < date) before = middle;
    else after = middle;
  }
  return after;
}

/** All dates of the years under test, and the day after them, with their first instants. */
function calendarOf(zone: string): { dates: string[]; starts: number[] } {
  const clock = clockIn(zone);
  const dates: string[] = [];
  for (let utc = FIRST; utc <= LAST + 24 * HOUR; utc += 24 * HOUR) dates.push(dateOf(utc));
  return { dates, starts: dates.map((date) => firstInstantOf(date, clock)) };
}

/** Where a kind's periods begin, as indexes of dates: every day, every Monday, every 1st. */
function beginnings(kind: PeriodKind, dates: string[]): number[] {
  const begins: Record<PeriodKind, (date: string) => boolean> = {
    day: () => true,
    week: (date) => new Date(`${date}T00:00Z`).getUTCDay() === 1,
    month: (date) => date.endsWith("-01"),
  };
  return dates.flatMap((date, index) => (begins[kind](date) ? [index] : []));
}

const show = ({ start, end }: Period): string => `${start.toISOString()}/${end.toISOString()}`;
const between = (start: number, end: number): string => show({ start: new Date(start), end: new Date(end) });

describe.each(ZONES)("periods in %s", (zone) => {
  const { dates, starts } = calendarOf(zone);
  const clock = clockIn(zone);

  it("begin when the calendar in the zone turns to their first day, at midnight unless clocks skip it", () => {
    const wrong = dates.filter((date, index) => {
      const start = starts[index]!;
      const turns = clock(start - 1) < date && clock(start).startsWith(date);
      const skipped = clock(start - 1) < `${date} 00:00:00` && clock(start) > `${date} 00:00:00`;
      return !turns || !(skipped || clock(start) === `${date} 00:00:00`);
    });
    expect(wrong).toEqual([]); // the oracle itself
    const off = dates.filter((date, index) => Number(periodOfDate("day", date, zone).start) !== starts[index]);
    expect(off).toEqual([]);
  });

  it.each(KINDS)("tile time without gap or overlap: %s", (kind) => {
    const begin = beginnings(kind, dates);
    const wrong: string[] = [];
    for (const [n, index] of begin.slice(0, -1).entries()) {
      const next = begin[n + 1]!;
      const period = periodOfDate(kind, dates[index]!, zone);
      const expected = between(starts[index]!, starts[next]!);
      const within = [
        period,
        periodOfDate(kind, dates[next - 1]!, zone),
        periodContaining(kind, period.start, zone),
        periodContaining(kind, new Date(Number(period.end) - 1), zone),
        periodEndingAt(kind, period.end, zone),
        newestEnded(kind, period.end, zone),
        previousPeriod(kind, periodContaining(kind, period.end, zone), zone),
      ];
      wrong.push(...within.map(show).filter((shown) => shown !== expected));
      if (localDate(period.start, zone) !== dates[index]) wrong.push(`${expected} begins on another date`);
      if (inclusiveEnd(period) !== new Date(starts[next]! - 1).toISOString()) wrong.push(`${expected} ends otherwise`);
    }
    expect(wrong).toEqual([]);
  });

  it("last 23, 24 or 25 hours a day, or half an hour off in zones whose summer time is that short", () => {
    const days = dates.slice(0, -1).map((date) => periodOfDate("day", date, zone));
    const hours = new Set(days.map(({ start, end }) => (Number(end) - Number(start)) / HOUR));
    const constant = ["UTC", "Asia/Kathmandu", "+05:45", "-09:30"].includes(zone);
    const expected = constant ? [24] : zone === "Australia/Lord_Howe" ? [23.5, 24, 24.5] : [23, 24, 25];
    expect([...hours].sort()).toEqual(expected);
  });

  it("are the newest that have ended, at any instant", () => {
    const instant = fc.integer({ min: FIRST + 366 * 24 * HOUR, max: LAST });
    const count = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), instant, count, (kind, now, count) => {
        const ended = endedPeriods(kind, new Date(now), zone, count);
        const begin = beginnings(kind, dates).map((index) => starts[index]!);
        const current = begin.findLastIndex((start) => start <= now);
        const expected = begin.slice(current - count, current + 1);
        expect(ended.map(show)).toEqual(expected.slice(1).map((end, n) => between(expected[n]!, end)));
        expect(ended.at(-1)).toEqual(newestEnded(kind, new Date(now), zone));
        expect(show(periodContaining(kind, new Date(now), zone))).toBe(between(begin[current]!, begin[current + 1]!));
        expect(periodOfDate(kind, localDate(new Date(now), zone), zone)).toEqual(
          periodContaining(kind, new Date(now), zone),
        );
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe("a period", () => {
  it("has ended at the very instant it ends, and not a millisecond before", () => {
    const end = new Date("2026-03-29T22:00:00Z");
    expect(newestEnded("week", end, "Europe/Berlin").end).toEqual(end);
    expect(newestEnded("week", new Date(Number(end) - 1), "Europe/Berlin").end).toEqual(
      new Date("2026-03-22T23:00:00Z"),
    );
  });

  it("goes over the end of the year", () => {
    expect(show(periodOfDate("week", "2027-01-01", "Europe/Berlin"))).toBe(
      "2026-12-27T23:00:00.000Z/2027-01-03T23:00:00.000Z",
    );
    expect(show(periodOfDate("month", "2026-12-31", "America/New_York"))).toBe(
      "2026-12-01T05:00:00.000Z/2027-01-01T05:00:00.000Z",
    );
  });

  it("holds 29 February in leap years only", () => {
    expect(show(periodOfDate("month", "2028-02-29", "UTC"))).toBe("2028-02-01T00:00:00.000Z/2028-03-01T00:00:00.000Z");
    expect(show(periodOfDate("week", "2028-02-29", "UTC"))).toBe("2028-02-28T00:00:00.000Z/2028-03-06T00:00:00.000Z");
    expect(() => periodOfDate("day", "2027-02-29", "UTC")).toThrow(RangeError);
  });

  it("of a day lasts an hour less or more when clocks change, and half an hour on Lord Howe Island", () => {
    const hours = (date: string, zone: string) => {
      const { start, end } = periodOfDate("day", date, zone);
      return (Number(end) - Number(start)) / HOUR;
    };
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-04-05", "Australia/Lord_Howe")).toBe(24.5);
    expect(hours("2026-10-04", "Australia/Lord_Howe")).toBe(23.5);
  });

  it("begins at one o'clock if midnight is skipped, and at the first midnight if there are two", () => {
    expect(periodOfDate("day", "2026-04-24", "Africa/Cairo").start).toEqual(new Date("2026-04-23T22:00:00Z"));
    expect(periodOfDate("day", "2026-03-08", "America/Havana").start).toEqual(new Date("2026-03-08T05:00:00Z"));
    expect(periodOfDate("day", "2026-11-01", "America/Havana").start).toEqual(new Date("2026-11-01T04:00:00Z"));
  });

  it("prints its inclusive end to the millisecond", () => {
    expect(inclusiveEnd(periodOfDate("week", "2026-02-02", "UTC"))).toBe("2026-02-08T23:59:59.999Z");
    expect(inclusiveEnd(periodOfDate("week", "2026-03-29", "Europe/Berlin"))).toBe("2026-03-29T21:59:59.999Z");
  });

  it.each(["2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "yesterday", ""])(
    "of a date that does not exist is a RangeError: %j",
    (date) => {
      for (const kind of KINDS) expect(() => periodOfDate(kind, date, "UTC")).toThrow(RangeError);
    },
  );
});
