import { describe, expect, it } from "vitest";
import { categoryOf, RUSH_FEE_PERCENT } from "../../../lib/booking/availability/surcharge.ts";
import { DAY_MINUTES, wallOfDate } from "../../../lib/time/wall-minutes.ts";
import { expectedCategory } from "../../support/booking/slot-oracle.ts";

const MONDAY = wallOfDate("2026-06-08");
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The rule in docs/domain.md, section 6, word by word. Weekday 0 = Monday. */
function domainCategory(weekday: number, hour: number): string {
  const between = (from: number, to: number) => hour >= from && hour < to;
  if (weekday <= 4) {
    if (between(9, 18)) return "normal";
    if (between(7, 9) || between(18, 21)) return "express";
    return between(21, 23) ? "urgent" : "emergency";
  }
  if (weekday === 6) return between(9, 18) ? "express" : "emergency";
  if (between(9, 18)) return "normal";
  if (between(18, 21)) return "express";
  return between(21, 22) ? "urgent" : "emergency";
}

describe("the category of a slot", () => {
  it.each([0, 1, 2, 3, 4, 5, 6])(
    "follows docs/domain.md at every hour of weekday %i, up to its last minute",
    (weekday) => {
      const day = MONDAY + weekday * DAY_MINUTES;
      const expected = HOURS.map((hour) => domainCategory(weekday, hour));
      expect(HOURS.map((hour) => categoryOf(day + hour * 60))).toEqual(expected);
      expect(HOURS.map((hour) => categoryOf(day + hour * 60 + 59))).toEqual(expected);
      expect(HOURS.map((hour) => expectedCategory(day + hour * 60))).toEqual(expected); // checks the oracle too
    },
  );

  it("is the same in every week, even before 1970", () => {
    for (const weeks of [-3000, -1, 1, 3000]) {
      for (let hour = 0; hour < 7 * 24; hour++) {
        expect(categoryOf(MONDAY + (weeks * 7 * 24 + hour) * 60)).toBe(categoryOf(MONDAY + hour * 60));
      }
    }
  });

  it("has the surcharge of docs/domain.md", () => {
    expect(RUSH_FEE_PERCENT).toEqual({ normal: 0, express: 50, urgent: 75, emergency: 100 });
  });
});
