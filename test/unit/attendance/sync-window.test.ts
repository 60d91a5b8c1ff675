import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyWindow, nextRange } from "../../../lib/attendance/google/sync-window.ts";
import { addDays, countDays, datesBetween, earlierDate, endOfDate, startOfDate } from "../../../lib/time/dates.ts";

const TODAY = "2026-02-10";
const date = fc.integer({ min: 0, max: 400 }).map((days) => addDays("2025-06-01", days));

describe("dates", () => {
  it.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-03-29", 1, "2026-03-30"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-01-01", 0, "2026-01-01"],
    ["2026-10-26", -366, "2025-10-25"],
  ])("%s and %i days are %s", (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  it("are counted inclusively, in the order of their texts", () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [first = a, last = b] = [a, b].sort();
        const all = datesBetween(first, last);
        expect(all).toHaveLength(countDays(first, last));
        expect([all[0], all.at(-1)]).toEqual([first, last]);
        expect(all.toSorted()).toEqual(all);
        expect(new Set(all).size).toBe(all.length);
        expect(addDays(first, countDays(first, last) - 1)).toBe(last);
        expect(earlierDate(a, b)).toBe(first);
      }),
    );
    expect(datesBetween("2026-02-10", "2026-02-09")).toEqual([]);
    expect(countDays("2026-02-10", "2026-02-09")).toBe(0);
  });

  it.each([
    ["2026-02-09", "2026-02-08T23:00:00Z", 24],
    ["2026-03-29", "2026-03-28T23:00:00Z", 23],
    ["2026-10-25", "2026-10-24T22:00:00Z", 25],
  ])("%s starts in Berlin at %s and has %i hours", (day, start, hours) => {
    expect(startOfDate(day, "Europe/Berlin")).toEqual(new Date(start));
    expect(endOfDate(day, "Europe/Berlin").getTime() - Date.parse(start)).toBe(hours * 3_600_000);
    expect(endOfDate(day, "Europe/Berlin")).toEqual(startOfDate(addDays(day, 1), "Europe/Berlin"));
  });
});

describe("the daily window", () => {
  it.each([
    [null, "2026-01-28", 0],
    ["2026-02-10", "2026-01-28", 0],
    ["2026-01-28", "2026-01-28", 0],
    ["2026-01-27", "2026-01-27", 0],
    ["2025-12-24", "2025-12-24", 0],
    ["2025-11-11", "2025-11-11", 0],
    ["2025-11-10", "2025-11-11", 1],
    ["2025-10-11", "2025-11-11", 31],
  ])("with the oldest open day %s starts on %s, with %i days out of reach", (oldestOpen, first, outOfReach) => {
    expect(dailyWindow(oldestOpen, TODAY)).toEqual({ first, outOfReach });
  });

  it("has the last 14 days and older open days, at most 92 days", () => {
    const perhaps = fc.option(fc.integer({ min: 0, max: 400 }).map((days) => addDays(TODAY, -days)));
    fc.assert(
      fc.property(perhaps, (oldestOpen) => {
        const { first, outOfReach } = dailyWindow(oldestOpen, TODAY);
        const days = countDays(first, TODAY);
        expect(days).toBeGreaterThanOrEqual(14);
        expect(days).toBeLessThanOrEqual(92);
        expect(outOfReach > 0 && days < 92).toBe(false);
        const usual = addDays(TODAY, -13);
        expect(addDays(first, -outOfReach)).toBe(oldestOpen !== null && oldestOpen < usual ? oldestOpen : usual);
      }),
    );
  });
});

describe("the ranges of a run", () => {
  const span = fc
    .tuple(date, fc.integer({ min: 0, max: 150 }))
    .map(([first, days]) => ({ first, last: addDays(first, days) }));
  const offsets = fc.oneof(
    fc.uniqueArray(fc.integer({ min: 0, max: 150 })),
    // long stretches, with a few days left between them
    fc.uniqueArray(fc.integer({ min: 0, max: 150 }), { maxLength: 8 }).map((left) =>
      datesBetween("2025-06-01", "2025-10-29")
        .map((_, n) => n)
        .filter((n) => !left.includes(n)),
    ),
  );

  it("contain each day to read once and in order, at most 31 days each, and start and end with one", () => {
    fc.assert(
      fc.property(span, offsets, ({ first, last }, skipped) => {
        const skip = new Set(skipped.map((days) => addDays(first, days)));
        const wanted = datesBetween(first, last).filter((day) => !skip.has(day));
        const read: string[] = [];
        for (
          let range = nextRange(first, last, skip);
          range !== undefined;
          range = nextRange(addDays(range.last, 1), last, skip)
        ) {
          expect(countDays(range.first, range.last)).toBeGreaterThanOrEqual(1);
          expect(countDays(range.first, range.last)).toBeLessThanOrEqual(31);
          expect(range.first > (read.at(-1) ?? "")).toBe(true);
          expect([range.first, range.last].some((end) => skip.has(end) || end > last)).toBe(false);
          read.push(...datesBetween(range.first, range.last));
        }
        expect(read.filter((day) => !skip.has(day))).toEqual(wanted);
      }),
    );
  });

  it("end after the last day", () => {
    expect(nextRange("2026-02-11", TODAY, new Set())).toBeUndefined();
    expect(nextRange(TODAY, TODAY, new Set([TODAY]))).toBeUndefined();
    expect(nextRange(TODAY, TODAY, new Set())).toEqual({ first: TODAY, last: TODAY });
  });

  it("are as few as possible: 12 for a year", () => {
    let ranges = 0;
    for (let next = "2025-02-11"; next <= TODAY; ranges += 1)
      next = addDays(nextRange(next, TODAY, new Set())?.last ?? TODAY, 1);
    expect(ranges).toBe(12);
  });
});
