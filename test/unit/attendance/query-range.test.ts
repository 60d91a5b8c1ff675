import { describe, expect, it } from "vitest";
import { MAX_RANGE_DAYS, parseDateRange } from "../../../lib/attendance/metrics/query-range.ts";
import { addDays, countDays, precedingRange } from "../../../lib/time/dates.ts";

const TODAY = "2026-02-10";

describe("the date range of a query", () => {
  it("has 30 days up to today by default", () => {
    expect(parseDateRange({}, TODAY)).toEqual({ from: "2026-01-12", to: TODAY });
    expect(parseDateRange({ to: "2025-12-31" }, TODAY)).toEqual({ from: "2025-12-02", to: "2025-12-31" });
  });

  it("may have one day and at most 3,660 days", () => {
    expect(parseDateRange({ from: TODAY }, TODAY)).toEqual({ from: TODAY, to: TODAY });
    const from = addDays(TODAY, 1 - MAX_RANGE_DAYS);
    expect(countDays(from, TODAY)).toBe(3_660);
    expect(parseDateRange({ from }, TODAY)).toEqual({ from, to: TODAY });
    expect(() => parseDateRange({ from: addDays(from, -1) }, TODAY)).toThrow(/from: expected a date before 2026-02-10/);
    expect(() => parseDateRange({ from: addDays(TODAY, 1) }, TODAY)).toThrow(/from: expected a date before/);
  });

  it("is preceded by a range of the same length", () => {
    expect(precedingRange({ from: "2026-03-01", to: "2026-03-02" })).toEqual({ from: "2026-02-27", to: "2026-02-28" });
  });
});
