import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctClock } from "../../../lib/analytics/events/clock.ts";
import { runs } from "../../support/thorough.ts";
import { later } from "../../worlds/site-events.ts";
import { NOW } from "../../worlds/site-request.ts";

/** When an event occurred, by the server's clock. */

const DAY = 86_400;
const correct = (occurred: unknown, sent?: unknown) => correctClock(occurred, sent, NOW).occurredAt.toISOString();

describe("the time of an event", () => {
  it.each([
    ["2026-02-02T11:59:00Z", later(-60)],
    ["2026-02-02T12:59:00+01:00", later(-60)],
    ["2026-02-02T06:29:00-0530", later(-60)],
    ["2026-02-02t11:59:00.000z", later(-60)],
    ["2026-02-02T11:59Z", later(-60)],
    ["2026-02-02T11:59:00.123456789Z", later(-59.877)],
    [NOW.getTime() - 60_000, later(-60)],
    [NOW.getTime() - 60_000.5, later(-60.001)],
  ])("is the stated instant %j", (occurred, expected) => {
    expect(correct(occurred)).toBe(expected);
    expect(correctClock(occurred, undefined, NOW).isStated).toBe(true);
  });

  it.each([
    undefined,
    null,
    "",
    "yesterday",
    "2026-02-02",
    "2026-02-02T11:59:00",
    "2026-13-01T00:00:00Z",
    "2026-02-02T25:00:00Z",
    "Mon, 02 Feb 2026 11:59:00 GMT",
    `${NOW.getTime()}`,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    8.64e15 + 1,
    -1e300,
    {},
    [],
    true,
  ])("is the time of receipt if the event states %j", (occurred) => {
    expect(correctClock(occurred, undefined, NOW)).toEqual({ occurredAt: NOW, isStated: false });
  });

  it("is never later than the receipt", () => {
    expect(correct(later(3600))).toBe(NOW.toISOString());
    expect(correct(8.64e15)).toBe(NOW.toISOString());
  });

  it("is the time of receipt if it would be a week earlier or more", () => {
    expect(correct(later(-7 * DAY + 1))).toBe(later(-7 * DAY + 1));
    expect(correct(later(-7 * DAY))).toBe(NOW.toISOString());
    expect(correct(0)).toBe(NOW.toISOString());
    expect(correct(-8.64e15)).toBe(NOW.toISOString());
  });

  it.each([-400 * DAY, -DAY, -3600, 3600, DAY, 400 * DAY])("is corrected for a clock that is wrong by %d s", (skew) => {
    expect(correct(later(skew - 90), later(skew))).toBe(later(-90));
    expect(correct(Date.parse(later(skew - 90)), Date.parse(later(skew)))).toBe(later(-90));
  });

  it("is not corrected for a difference that the transmission can explain", () => {
    expect(correct(later(-90), later(-30))).toBe(later(-90));
    expect(correct(later(-90), later(-31))).toBe(later(-59));
  });

  it.each(["now", "", null, {}, Number.NaN])("is not corrected by a sending time of %j", (sent) => {
    expect(correct(later(-90), sent)).toBe(later(-90));
  });

  it("is never after the receipt and never a week before, for any input", () => {
    const dates = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    const near = fc.integer({ min: -10 * DAY, max: 10 * DAY }).map((seconds) => later(seconds));
    const anything = fc.oneof(dates, near, fc.double(), fc.maxSafeInteger(), fc.string(), fc.anything());
    fc.assert(
      fc.property(anything, anything, (occurred, sent) => {
        const { occurredAt } = correctClock(occurred, sent, NOW);
        expect(occurredAt.getTime()).toBeLessThanOrEqual(NOW.getTime());
        expect(occurredAt.getTime()).toBeGreaterThan(NOW.getTime() - 7 * DAY * 1000);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("keeps the interval between two events of one sender, with any clock", () => {
    const skews = fc.integer({ min: -500 * DAY, max: 500 * DAY });
    const ages = fc.integer({ min: 0, max: 7 * DAY - 31 });
    fc.assert(
      fc.property(skews, ages, ages, (skew, one, other) => {
        const at = (age: number) => Number(correctClock(later(skew - age), later(skew), NOW).occurredAt);
        fc.pre(Math.abs(skew) > 30);
        expect(at(one) - at(other)).toBe((other - one) * 1000);
      }),
    );
  });
});
