import { DAY_MINUTES, type WallClock, wallOfDate, weekdayOfWall } from "../../time/wall-clock.ts";
import { inTurn, type Range, subtract, union } from "./ranges.ts";

/** Hours of a day, in minutes since its midnight. An end at or before the start is the next day's. */
export interface Hours {
  /** 0 to 1439. */
  start: number;
  /** 1 to 1440. */
  end: number;
}

/** A provider's hours on a weekday, 0 = Monday, and the break in them. */
export interface WeekdayHours extends Hours {
  weekday: number;
  pause: Hours | null;
}

/** What is different on a date: no work at all, other hours, or a span that is taken ("gesperrter Termin"). */
export type Exception = { date: string } & (
  | { kind: "closed" }
  | ({ kind: "hours" } & Hours)
  | ({ kind: "blocked" } & Hours)
);

/** When a provider means to work, and where. */
export interface Schedule {
  week: readonly WeekdayHours[];
  exceptions: readonly Exception[];
  clock: WallClock;
}

/** When a provider works on the days from `first` to `last` (the first wall minutes of both), and around them. */
export interface WorkingHours {
  clock: WallClock;
  first: number;
  last: number;
  /**
   * By the first wall minute of the day on which they begin, with the breaks and all else that is taken. Of a window that
   * begins while another still runs, only what comes after that one.
   */
  windows: ReadonlyMap<number, readonly Range[]>;
  /** What can be worked of all windows. */
  open: readonly Range[];
}

/**
 * When a provider works (domain, section 6). On a closed date there is no work, also none that began the night before;
 * other hours replace the windows that begin on their date. Exceptions count from three days before `first` to the day
 * after `last`. The same for all services of a provider. Pure.
 */
export function workingHours({ week, exceptions, clock }: Schedule, first: number, last: number): WorkingHours {
  const special = Map.groupBy(exceptions, ({ date }) => wallOfDate(date));
  const taken = exceptions.flatMap((exception) => takenBy(exception));
  const windows: (Range & { day: number })[] = [];
  // What begins the night before reaches into the first day; a window shortens the next, and a break may outlast its own.
  for (let day = first - 3 * DAY_MINUTES; day <= last + DAY_MINUTES; day += DAY_MINUTES) {
    const onDate = special.get(day) ?? [];
    if (onDate.some(({ kind }) => kind === "closed")) continue;
    const other = onDate.filter((exception) => exception.kind === "hours");
    const regular = other.length > 0 ? [] : week.filter(({ weekday }) => weekday === weekdayOfWall(day));
    for (const hours of [...other, ...regular].sort(byStart)) windows.push({ ...rangeOf(hours, day), day });
    for (const hours of regular) if (hours.pause !== null) taken.push(breakOf(hours, hours.pause, day));
  }
  const open = subtract(union(windows), union(taken));
  return { clock, first, last, windows: Map.groupBy(inTurn(windows), ({ day }) => day), open };
}

function takenBy(exception: Exception): Range[] {
  const day = wallOfDate(exception.date);
  if (exception.kind === "closed") return [{ from: day, to: day + DAY_MINUTES }];
  return exception.kind === "blocked" ? [rangeOf(exception, day)] : [];
}

/** The break of a window that begins on day `day`. In a window across midnight it may be the next day's. */
export function breakOf(window: Hours, pause: Hours, day: number): Range {
  const afterMidnight = window.end <= window.start && pause.start < window.end;
  return rangeOf(pause, afterMidnight ? day + DAY_MINUTES : day);
}

/** Hours as a range of the day that begins at wall minute `day`. */
export function rangeOf({ start, end }: Hours, day: number): Range {
  return { from: day + start, to: day + (end <= start ? end + DAY_MINUTES : end) };
}

/** The order of hours of one day. */
export const byStart = (a: Hours, b: Hours): number => a.start - b.start;
