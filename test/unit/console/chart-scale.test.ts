import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleOf, ticksOf } from "../../../web/console/ui/charts/series.ts";

describe("the scale of a chart", () => {
  it.each([
    [0, 480, [0, 250, 500]],
    [0, 120, [0, 30, 60, 90, 120]],
    [0, 1, [0, 1]],
    [0, 3, [0, 1, 2, 3]],
    [65.2, 79.9, [65, 70, 75, 80]],
    [5, 5, [5, 6]],
  ])("from %s to %s has lines at round numbers", (least, most, lines) => {
    expect(scaleOf(least, most).lines).toEqual(lines);
  });

  it("holds all values between at most five lines", () => {
    const values = fc.tuple(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 0, max: 1e7 }));
    fc.assert(
      fc.property(values, fc.boolean(), ([a, b], halves) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b) + (halves ? 0.5 : 0)];
        const { min, max, lines } = scaleOf(least, most);
        expect(min).toBeLessThanOrEqual(least);
        expect(max).toBeGreaterThanOrEqual(most - 1e-6);
        expect(lines.length).toBeGreaterThanOrEqual(2);
        expect(lines.length).toBeLessThanOrEqual(5);
        if (!halves) expect(lines.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it("writes the first and the last label and some between", () => {
    expect(ticksOf(3, 4)).toEqual([0, 1, 2]);
    expect(ticksOf(30, 3)).toEqual([0, 15, 29]);
  });
});
