import { describe, expect, it } from "vitest";
import {
  breakOf,
  type Exception,
  rangeOf,
  type WeeklyHours,
  workingHours,
} from "../../../lib/booking/availability/working-hours.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { DAY_MINUTES, dateOfWall, wallOfDate } from "../../../lib/time/wall-minutes.ts";

const MONDAY = "2026-06-08";
const SUNDAY = "2026-06-14";
const hour = (hours: number, minutes = 0): number => hours * 60 + minutes;
const span = (start: number, end: number) => ({ start, end });

function working(week: Partial<WeeklyHours>[], exceptions: Exception[]) {
  const windows = week.map((window) => ({ weekday: 0, start: hour(9), end: hour(17), breakHours: null, ...window }));
  return workingHours({ week: windows, exceptions, clock: wallClock("UTC") }, wallOfDate(MONDAY), wallOfDate(SUNDAY));
}

/** The open ranges from Monday 8 to Sunday 14 June 2026, as `8. 09:00 - 8. 12:00`. */
const open = (week: Partial<WeeklyHours>[], exceptions: Exception[] = []): string[] =>
  working(week, exceptions)
    .open.filter(({ from }) => dateOfWall(from) >= MONDAY && dateOfWall(from) <= SUNDAY)
    .map(({ from, to }) => `${shown(from)} - ${shown(to)}`);

const shown = (wall: number): string => {
  const date = new Date(wall * 60_000);
  return `${date.getUTCDate()}. ${date.toISOString().slice(11, 16)}`;
};

describe("working hours", () => {
  it("are the windows of each weekday without their breaks", () => {
    const week = [{ breakHours: span(hour(12), hour(13)) }, { weekday: 3, start: hour(14), end: hour(20) }];
    expect(open(week)).toEqual(["8. 09:00 - 8. 12:00", "8. 13:00 - 8. 17:00", "11. 14:00 - 11. 20:00"]);
  });

  it("end at 23:59, at midnight (24:00), or on the next day if the end is before the start", () => {
    expect(open([{ end: hour(23, 59) }])).toEqual(["8. 09:00 - 8. 23:59"]);
    expect(open([{ end: hour(24) }])).toEqual(["8. 09:00 - 9. 00:00"]);
    expect(open([{ start: hour(22), end: hour(6) }])).toEqual(["8. 22:00 - 9. 06:00"]);
    expect(open([{ start: hour(9), end: hour(9) }])).toEqual(["8. 09:00 - 9. 09:00"]);
  });

  it("start after a break at the beginning and end before a break at the end", () => {
    expect(open([{ breakHours: span(hour(9), hour(10)) }])).toEqual(["8. 10:00 - 8. 17:00"]);
    expect(open([{ breakHours: span(hour(16), hour(17)) }])).toEqual(["8. 09:00 - 8. 16:00"]);
    expect(open([{ breakHours: span(hour(8), hour(10)) }])).toEqual(["8. 10:00 - 8. 17:00"]);
    expect(open([{ breakHours: span(hour(9), hour(17)) }])).toEqual([]);
  });

  it("have their break after midnight if the window still runs at that time", () => {
    const night = { start: hour(22), end: hour(6) };
    const around = ["8. 22:00 - 9. 02:00", "9. 03:00 - 9. 06:00"];
    expect(open([{ ...night, breakHours: span(hour(2), hour(3)) }])).toEqual(around);
    expect(open([{ ...night, breakHours: span(hour(22), hour(23)) }])).toEqual(["8. 23:00 - 9. 06:00"]);
    const overMidnight = ["8. 22:00 - 8. 23:30", "9. 00:30 - 9. 06:00"];
    expect(open([{ ...night, breakHours: span(hour(23, 30), hour(0, 30)) }])).toEqual(overMidnight);
    expect(open([{ ...night, breakHours: span(hour(5), hour(6)) }])).toEqual(["8. 22:00 - 9. 05:00"]);
  });

  it("exclude a break even if another window covers it", () => {
    const week = [
      { end: hour(13), breakHours: span(hour(12), hour(13)) },
      { start: hour(11), end: hour(15) },
    ];
    expect(open(week)).toEqual(["8. 09:00 - 8. 12:00", "8. 13:00 - 8. 15:00"]);
  });

  it("reduce a window that begins during another to the part after that one", () => {
    const week = [
      { weekday: 0, start: hour(20), end: hour(10) },
      { weekday: 1, start: hour(8), end: hour(12) },
      { weekday: 1, start: hour(9), end: hour(10) },
      { weekday: 1, start: hour(11), end: hour(18) },
    ];
    const { windows } = working(week, []);
    const tuesday = wallOfDate(MONDAY) + DAY_MINUTES;
    expect(windows.get(tuesday)?.map(({ from, to }) => `${shown(from)} - ${shown(to)}`)).toEqual([
      "9. 10:00 - 9. 12:00",
      "9. 12:00 - 9. 18:00",
    ]);
  });
});

describe("exceptions", () => {
  const daily = [0, 1, 2].map((weekday) => ({ weekday, breakHours: span(hour(12), hour(13)) }));
  const nightly = [0, 1, 2].map((weekday) => ({ weekday, start: hour(22), end: hour(6) }));
  const date = "2026-06-09";

  it("close a date, including the night before it after midnight and the night that begins on it", () => {
    const others = ["8. 09:00 - 8. 12:00", "8. 13:00 - 8. 17:00", "10. 09:00 - 10. 12:00", "10. 13:00 - 10. 17:00"];
    expect(open(daily, [{ kind: "closed", date }])).toEqual(others);
    expect(open(nightly, [{ kind: "closed", date }])).toEqual(["8. 22:00 - 9. 00:00", "10. 22:00 - 11. 06:00"]);
  });

  it("replace a date's windows and breaks with other hours, but not the night before", () => {
    const hours = (start: number, end: number): Exception => ({ kind: "hours", date, start, end });
    expect(open(daily.slice(1, 2), [hours(hour(11), hour(14))])).toEqual(["9. 11:00 - 9. 14:00"]);
    expect(open([], [hours(hour(15), hour(18)), hours(hour(11), hour(14))])).toEqual([
      "9. 11:00 - 9. 14:00",
      "9. 15:00 - 9. 18:00",
    ]);
    expect(open(nightly.slice(0, 2), [hours(hour(20), hour(2))])).toEqual([
      "8. 22:00 - 9. 06:00",
      "9. 20:00 - 10. 02:00",
    ]);
  });

  it("close a date even if it also has other hours", () => {
    const both: Exception[] = [
      { kind: "hours", date, start: hour(11), end: hour(14) },
      { kind: "closed", date },
    ];
    expect(open(daily.slice(1, 2), both)).toEqual([]);
  });

  it("remove a blocked span from all windows, also across midnight", () => {
    const blocked = (start: number, end: number): Exception => ({ kind: "blocked", date, start, end });
    expect(open(daily.slice(1, 2), [blocked(hour(10), hour(12, 30))])).toEqual([
      "9. 09:00 - 9. 10:00",
      "9. 13:00 - 9. 17:00",
    ]);
    expect(open(nightly.slice(1, 2), [blocked(hour(23), hour(1))])).toEqual([
      "9. 22:00 - 9. 23:00",
      "10. 01:00 - 10. 06:00",
    ]);
    expect(open(nightly.slice(0, 1), [blocked(hour(0), hour(2))])).toEqual([
      "8. 22:00 - 9. 00:00",
      "9. 02:00 - 9. 06:00",
    ]);
    expect(open([{}], [blocked(hour(10), hour(11))])).toEqual(["8. 09:00 - 8. 17:00"]);
  });
});

describe("a break", () => {
  it("is on the same side of midnight as its part of the window", () => {
    const night = { start: hour(22), end: hour(6) };
    expect(breakOf(night, span(hour(23), hour(1)), 0)).toEqual({ from: hour(23), to: hour(25) });
    expect(breakOf(night, span(hour(1), hour(2)), 0)).toEqual({ from: hour(25), to: hour(26) });
    expect(breakOf(span(hour(9), hour(17)), span(hour(8), hour(10)), 0)).toEqual(rangeOf(span(hour(8), hour(10)), 0));
  });
});
