import { describe, expect, it } from "vitest";
import { backoffMs } from "../../../lib/jobs/backoff.ts";
import {
  graceMs,
  lastOverdue,
  nextFiring,
  occurrenceOf,
  occurrencesBetween,
  schedulesOf,
} from "../../../lib/jobs/schedule.ts";
import { periodOfDate } from "../../../lib/time/periods.ts";

/** Occurrences of cron expressions, to the millisecond. */

const HOURLY = "2 * * * *";
const at = (time: string) => new Date(`2026-03-02T${time}Z`);
const later = (instant: Date, ms: number) => new Date(instant.getTime() + ms);

describe("the occurrence that a firing belongs to", () => {
  it.each([
    ["12:01:30.000", "11:02:00"], // 30 seconds before the next one, which a clock may be wrong by
    ["12:01:30.001", "12:02:00"],
    ["12:02:00.000", "12:02:00"],
    ["13:01:00.000", "12:02:00"],
  ])("at %s is that of %s", (now, occurrence) => {
    expect(occurrenceOf(HOURLY, at(now))).toEqual(at(occurrence));
  });

  it("does not exist for an invalid expression", () => {
    expect(occurrenceOf("every hour", at("12:00:00"))).toBeUndefined();
  });
});

describe("the occurrences between two instants", () => {
  it("are those after the first and up to the second", () => {
    const between = (from: string, to: string) => occurrencesBetween(HOURLY, at(from), at(to), 9);
    expect(between("11:02:00", "13:02:00")).toEqual([at("12:02:00"), at("13:02:00")]);
    expect(between("11:01:59.999", "13:01:59.999")).toEqual([at("11:02:00"), at("12:02:00")]);
    expect(between("12:02:00", "12:02:00")).toEqual([]);
  });

  it("are no more than asked for, the oldest first", () => {
    expect(occurrencesBetween(HOURLY, at("00:00:00"), at("23:00:00"), 2)).toEqual([at("00:02:00"), at("01:02:00")]);
  });
});

describe("the grace of a cron", () => {
  it.each([
    ["* * * * *", 10],
    ["*/15 * * * *", 10],
    ["2 * * * *", 30],
    ["0 */3 * * *", 90],
    ["0 2 * * *", 120],
    ["0 23 * * 0", 120],
    ["0 0 31 2 *", 120],
  ])("%s is %i minutes", (expression, minutes) => {
    expect(graceMs(expression, new Date("2026-03-02T12:01:00Z"))).toBe(minutes * 60_000);
  });

  it("is over after its last millisecond", () => {
    const watchedSince = at("00:00:00");
    const end = at("12:32:00");
    expect(lastOverdue(HOURLY, watchedSince, end)).toEqual(at("11:02:00"));
    expect(lastOverdue(HOURLY, watchedSince, later(end, 1))).toEqual(at("12:02:00"));
  });

  it("is of no occurrence before the cron was watched", () => {
    expect(lastOverdue(HOURLY, at("12:02:00"), at("12:40:00"))).toBeUndefined();
    expect(lastOverdue(HOURLY, at("12:01:59.999"), at("12:40:00"))).toEqual(at("12:02:00"));
  });
});

it("the next firing of several crons is the earliest after an instant", () => {
  const schedules = ["30 * * * *", HOURLY].map((expression) => ({ path: "/", expression }));
  expect(nextFiring(schedules, at("12:02:00"))).toEqual(at("12:30:00"));
  expect(nextFiring(schedules, at("12:01:59.999"))).toEqual(at("12:02:00"));
  expect(nextFiring([], at("12:00:00"))).toBeUndefined();
});

it("attempts are one, two and four minutes apart", () => {
  expect([1, 2, 3].map(backoffMs)).toEqual([60_000, 120_000, 240_000]);
});

describe("the crons of the attendance job", () => {
  it.each(["2026-01-15", "2026-03-28", "2026-03-29", "2026-07-15", "2026-10-24", "2026-10-25"])(
    "fire at the end of %s in Berlin",
    (date) => {
      const { end } = periodOfDate("day", date, "Europe/Berlin");
      expect(nextFiring(schedulesOf("/api/events/tracking"), later(end, -1))).toEqual(end);
    },
  );
});
