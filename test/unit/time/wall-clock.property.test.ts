import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import {
  DAY_MINUTES,
  dateOfWall,
  dayOfWall,
  hourOfWeek,
  wallOfDate,
  weekdayOfWall,
} from "../../../lib/time/wall-minutes.ts";
import { THOROUGH } from "../../support/thorough.ts";
import { changesOfClock, recordTape } from "../../support/wall-tape.ts";
import { ZONES } from "../../worlds/random-schedules.ts";

const wall = fc.integer({ min: wallOfDate("1900-01-01"), max: wallOfDate("2100-01-01") });

/** More minutes than any clock is put back. */
const EDGE = 180;

describe("the wall clock", () => {
  it.each(ZONES)("shows in each minute around a change what Intl shows, and says when it first does: %s", (zone) => {
    const clock = wallClock(zone);
    const wrong: string[] = [];
    const note = (what: string, minute: number) => wrong.push(`${what} ${new Date(minute * 60_000).toISOString()}`);
    for (const date of changesOfClock(zone, THOROUGH ? "2011-01-01" : "2022-01-01", "2027-01-01").concat(
      "2026-06-10",
    )) {
      const begin = Date.parse(date) / 60_000;
      const { start, shown, entryOf } = recordTape(zone, begin - DAY_MINUTES, begin + 2 * DAY_MINUTES);
      for (const [entry, minute] of shown.entries()) {
        const instant = (start + entry) * 60_000;
        if (clock.wallAt(instant) !== minute || clock.wallAt(instant + 59_999) !== minute)
          note("wallAt", start + entry);
      }
      // Not to the edges of the tape, beyond which a time may be shown again.
      for (let minute = shown[EDGE]!; minute < shown.at(-EDGE)!; minute++) {
        const entry = entryOf(minute);
        const when = (start + (entry ?? shown.findIndex((later) => later > minute))) * 60_000;
        const { instant, exists } = clock.at(minute);
        if (instant !== when || exists !== (entry !== undefined)) note("at", minute);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("never goes back: a later time on the wall comes no earlier", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), wall, fc.integer({ min: 0, max: 3000 }), (zone, minute, more) => {
        const clock = wallClock(zone);
        expect(clock.at(minute + more).instant).toBeGreaterThanOrEqual(clock.at(minute).instant);
      }),
    );
  });

  it("refuses an unknown zone", () => {
    expect(() => wallClock("Europe/Atlantis").at(0)).toThrow(RangeError);
  });

  it("goes right also after it was asked for more zones than it remembers", () => {
    const clock = wallClock("Asia/Kathmandu");
    for (let minutes = 0; minutes < 1100; minutes++) {
      const offset = `+${new Date(minutes * 60_000).toISOString().slice(11, 16)}`;
      expect(wallClock(offset).at(minutes).instant).toBe(0);
    }
    const noon = wallOfDate("2026-06-10") + 720;
    expect(clock.at(noon).instant).toBe(Date.parse("2026-06-10T12:00+05:45"));
    expect(wallClock("Asia/Kathmandu").at(noon)).toEqual(clock.at(noon));
  });
});

describe("wall minutes", () => {
  it("are counted by the calendar, in which every day has 1440 of them", () => {
    fc.assert(
      fc.property(wall, (minute) => {
        const day = dayOfWall(minute);
        const calendar = new Date(minute * 60_000);
        expect(dateOfWall(minute)).toBe(calendar.toISOString().slice(0, 10));
        expect(wallOfDate(dateOfWall(minute))).toBe(day);
        expect(minute - day).toBe(calendar.getUTCHours() * 60 + calendar.getUTCMinutes());
        expect(weekdayOfWall(minute)).toBe((calendar.getUTCDay() + 6) % 7);
        expect(hourOfWeek(minute)).toBe(weekdayOfWall(minute) * 24 + calendar.getUTCHours());
      }),
    );
  });
});
