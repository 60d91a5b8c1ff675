import { describe, expect, it } from "vitest";
import { resolveRange } from "../../../lib/analytics/reports/report-range.ts";

/** The range of a report, at its exact limits. */

const resolve = (query: Parameters<typeof resolveRange>[0], now = "2026-03-11T23:30:00Z") =>
  resolveRange(query, new Date(now), "Europe/Berlin");

describe("the range of a report", () => {
  it("is the last 30 days in the site's zone by default", () => {
    expect(resolve({})).toEqual({ from: "2026-02-11", to: "2026-03-12", interval: "day" });
    expect(resolve({}, "2026-03-11T22:59:59.999Z").to).toBe("2026-03-11");
  });

  it.each([
    ["2026-03-12", "hour"],
    ["2026-03-11", "hour"],
    ["2026-03-10", "day"],
  ])("from %s to 2026-03-12 is by the %s by default", (from, interval) => {
    expect(resolve({ from, to: "2026-03-12" }).interval).toBe(interval);
  });

  it.each([
    ["2026-03-13", undefined, false],
    ["2026-03-12", undefined, true],
    ["2026-01-10", "hour", true], // 62 days
    ["2026-01-09", "hour", false],
    ["2016-03-05", "day", true], // 3660 days
    ["2016-03-04", "day", false],
    ["2016-03-05", "month", true],
  ] as const)("from %s to 2026-03-12 by %s is accepted: %s", (from, interval, isAccepted) => {
    const range = () => resolve({ from, to: "2026-03-12", interval });
    if (isAccepted) expect(range()).toMatchObject({ from, to: "2026-03-12" });
    else expect(range).toThrow(/^from: expected a date before 2026-03-12 by at most \d+ days/);
  });
});
