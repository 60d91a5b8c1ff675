import type { WallClock } from "../../time/wall-clock.ts";
import { DAY_MINUTES, wallOfDate, weekdayOfWall } from "../../time/wall-minutes.ts";
import { cutOverlaps, type Range, subtract, union } from "./ranges.ts";

/** Hours of a day in minutes since its midnight. An end at or before the start belongs to the next day. */
export interface Hours {
  /** 0 to 1439. */
  start: number;
  /** 1 to 1440. */
  end: number;
}

/** A provider's hours on a weekday (0 = Monday), with their break. */
export interface WeeklyHours extends Hours {
  weekday: number;
  breakHours: Hours | null;
}

/** A date that differs from the week: closed, with other hours, or with a blocked span ("gesperrter Termin"). */
export type Exception = { date: string } & (
  | { kind: "closed" }
  | ({ kind: "hours" } & Hours)
  | ({ kind: "blocked" } & Hours)
);

/** The hours a provider has set up, and the clock of the provider's zone. */
export interface Schedule {
  week: readonly WeeklyHours[];
  exceptions: readonly Exception[];
  clock: WallClock;
}

/** A provider's working hours from the day `first` to the day `last` (each given by its first wall minute). */
export interface WorkingHours {
  clock: WallClock;
  first: number;
  last: number;
  /**
   * Windows by the first wall minute of the day on which they begin. They still contain breaks and blocked spans. If a
   * window begins while another still runs, only the part after the earlier window is listed.
   */
  windows: ReadonlyMap<number, readonly Range[]>;
  /** All windows without breaks, blocked spans and closed dates. */
  open: readonly Range[];
}

/**
 * Computes when a provider works (docs/domain.md, section 6). A closed date has no working time, including the part of
 * the previous night's window after midnight. Other hours replace the windows that begin on their date. Exceptions count
 * from three days before `first` to the day after `last`. All services of a provider share the result. Pure.
 */
export function workingHours({ week, exceptions, clock }: Schedule, first: number, last: number): WorkingHours {
  const exceptionsByDay = Map.groupBy(exceptions, ({ date }) => wallOfDate(date));
  const unavailable = exceptions.flatMap((exception) => unavailableIn(exception));
  const windows: (Range & { day: number })[] = [];
  // Start three days early: a window reaches into the next day, shortens the next window, and its break may outlast it.
  for (let day = first - 3 * DAY_MINUTES; day <= last + DAY_MINUTES; day += DAY_MINUTES) {
    const onDate = exceptionsByDay.get(day) ?? [];
    if (onDate.some(({ kind }) => kind === "closed")) continue;
    const replaced = onDate.filter((exception) => exception.kind === "hours");
    const regular = replaced.length > 0 ? [] : week.filter(({ weekday }) => weekday === weekdayOfWall(day));
    for (const hours of [...replaced, ...regular].sort(byStart)) windows.push({ ...rangeOf(hours, day), day });
    for (const hours of regular) if (hours.breakHours !== null) unavailable.push(breakOf(hours, hours.breakHours, day));
  }
  const open = subtract(union(windows), union(unavailable));
  return { clock, first, last, windows: Map.groupBy(cutOverlaps(windows), ({ day }) => day), open };
}

/** The local time that an exception takes from the working hours, in wall minutes. */
export function unavailableIn(exception: Exception): Range[] {
  const day = wallOfDate(exception.date);
  if (exception.kind === "closed") return [{ from: day, to: day + DAY_MINUTES }];
  return exception.kind === "blocked" ? [rangeOf(exception, day)] : [];
}

/** Returns the break of a window that begins on `day`. In a window across midnight, the break may be on the next day. */
export function breakOf(window: Hours, breakHours: Hours, day: number): Range {
  const afterMidnight = window.end <= window.start && breakHours.start < window.end;
  return rangeOf(breakHours, afterMidnight ? day + DAY_MINUTES : day);
}

/** Turns hours into a range of wall minutes; `day` is the first wall minute of their day. */
export function rangeOf({ start, end }: Hours, day: number): Range {
  return { from: day + start, to: day + (end <= start ? end + DAY_MINUTES : end) };
}

/** Sorts hours of one day by their start. */
export const byStart = (a: Hours, b: Hours): number => a.start - b.start;
