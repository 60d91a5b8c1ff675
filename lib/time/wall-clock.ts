import { fromEpochMilliseconds, toZonedDateTimeISO } from "temporal-polyfill/fns/Instant";
import { getTimeZoneTransition, offsetNanoseconds, type Record as Zoned } from "temporal-polyfill/fns/ZonedDateTime";
import { memoize } from "../memo.ts";
import { DAY_MS, MINUTE_MS } from "./durations.ts";
import { DAY_MINUTES } from "./wall-minutes.ts";

/**
 * Local time of a zone. It is counted in minutes since 1970-01-01 00:00 local time ("wall minutes"): whole numbers that can be
 * compared and subtracted, without daylight saving. Pure.
 */
export interface Moment {
  /** Milliseconds since the epoch. */
  instant: number;
  /** Whether this local time exists. If the clocks skip it, `instant` is the moment of the change. */
  exists: boolean;
}

export interface WallClock {
  /** The instant of a local time; the earlier one if it occurs twice. */
  at(wall: number): Moment;
  /** The local time at an instant (milliseconds since the epoch). */
  wallAt(instant: number): number;
}

/** Wall minus UTC, in milliseconds, before and after the change of the clock (an instant) on a day or next to it. */
interface Offsets {
  before: number;
  change: number;
  after: number;
}

/** More zones than are in use, and more days than a request looks at: requests choose both. */
const MAX_CLOCKS = 300;
const MAX_DAYS = 1_000;

/**
 * The wall clock of an IANA zone or a fixed offset (`+05:45`). It computes the offsets of each day once.
 * @throws RangeError for a name that is no zone, when the clock is first used.
 */
export const wallClock = memoize(MAX_CLOCKS, (zone: string): WallClock => {
  const offsetsOf = memoize(MAX_DAYS, (day: number) => offsetsAround(day, zone));
  return {
    at(wall) {
      const { before, change, after } = offsetsOf(Math.floor(wall / DAY_MINUTES));
      const first = wall * MINUTE_MS - before;
      if (first < change) return { instant: first, exists: true };
      const second = wall * MINUTE_MS - after;
      return second < change ? { instant: change, exists: false } : { instant: second, exists: true };
    },
    wallAt(instant) {
      const { before, change, after } = offsetsOf(Math.floor(instant / DAY_MS));
      return Math.floor((instant + (instant < change ? before : after)) / MINUTE_MS);
    },
  };
});

/** An instant as a clock shows it, in ISO 8601 with the offset that holds there then: `2026-03-29T03:00:00+02:00`. */
export function localTime(instant: Date, clock: WallClock): string {
  const wall = clock.wallAt(instant.getTime());
  const offset = wall - Math.floor(instant.getTime() / MINUTE_MS);
  const size = new Date(Math.abs(offset) * MINUTE_MS).toISOString().slice(11, 16);
  return `${new Date(wall * MINUTE_MS).toISOString().slice(0, 19)}${offset < 0 ? "-" : "+"}${size}`;
}

/** Any day here and in UTC: they are at most a day apart, and more than these three days lie between two changes. */
function offsetsAround(day: number, zone: string): Offsets {
  const from = inZone((day - 1) * DAY_MS, zone);
  const [before, after] = [offsetOf(from), offsetOf(inZone((day + 2) * DAY_MS, zone))];
  const change = before === after ? null : getTimeZoneTransition(from, "next");
  return { before, change: change?.epochMilliseconds ?? Number.POSITIVE_INFINITY, after };
}

const inZone = (instant: number, zone: string): Zoned => toZonedDateTimeISO(fromEpochMilliseconds(instant), zone);

const offsetOf = (moment: Zoned): number => offsetNanoseconds(moment) / 1e6;
