/**
 * A tape of what the clock on the wall shows, minute by minute, as `Intl` tells it. Minutes on the wall are numbered as
 * if it hung in UTC: 2026-03-29 02:30 in Berlin is the number of 2026-03-29T02:30Z, though no clock there ever shows it.
 */
export interface Tape {
  /** The real minute, since the epoch, of the first entry. */
  start: number;
  /** What the wall shows in each real minute. */
  shown: readonly number[];
  /** In which entry a minute of the wall is shown for the first time; undefined for one that never is. */
  entryOf(wall: number): number | undefined;
}

/** The tape from one real minute (a full hour) to another. */
export function recordTape(zone: string, from: number, to: number): Tape {
  const shown: number[] = [];
  for (let hour = from; hour < to; hour += 60) {
    const begin = lookAtHour(zone, hour);
    const steady = lookAtHour(zone, hour + 60) - begin === 60;
    for (let n = 0; n < 60; n++) shown.push(steady ? begin + n : lookAt(zone, hour + n));
  }
  const earliest = from - 1440; // no wall is further behind UTC
  const entries: number[] = new Array(to - from + 2 * 1440);
  for (const [entry, wall] of shown.entries()) entries[wall - earliest] ??= entry;
  return { start: from, shown, entryOf: (wall) => entries[wall - earliest] };
}

const hours = new Map<string, Map<number, number>>();

/** `lookAt`, remembered: the same days come up again and again. */
function lookAtHour(zone: string, minute: number): number {
  const known = hours.get(zone) ?? new Map<number, number>();
  hours.set(zone, known);
  const wall = known.get(minute) ?? lookAt(zone, minute);
  known.set(minute, wall);
  return wall;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows in a real minute. Sweden writes dates as ISO 8601 does. */
function lookAt(zone: string, minute: number): number {
  const options = { dateStyle: "short", timeStyle: "short", timeZone: zone } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(zone, format);
  return Date.parse(`${format.format(minute * 60_000).replace(" ", "T")}Z`) / 60_000;
}

/** The UTC dates in which the clock is changed in a zone, from one date to another. */
export function changesOfClock(zone: string, from: string, to: string): string[] {
  const difference = (day: number) => lookAtHour(zone, day * 1440) - day * 1440;
  const changes: string[] = [];
  const end = Date.parse(to) / 86_400_000;
  for (let day = Date.parse(from) / 86_400_000; day < end; day++) {
    if (difference(day) !== difference(day + 1)) changes.push(new Date(day * 86_400_000).toISOString().slice(0, 10));
  }
  return changes;
}
