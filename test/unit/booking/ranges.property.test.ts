import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutOverlaps, intersect, type Range, subtract, union } from "../../../lib/booking/availability/ranges.ts";

const END = 40;

const range: fc.Arbitrary<Range> = fc
  .uniqueArray(fc.integer({ min: 0, max: END }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const anyRanges = fc.array(range, { maxLength: 8 });

/** Sorted ranges without overlaps, some of which touch. */
const apart = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: END }), { maxLength: 12 }),
    fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  )
  .map(([ends, chosen]) => {
    const bounds = ends.toSorted((a, b) => a - b);
    const gaps = bounds.slice(1).map((to, n) => ({ from: bounds[n] ?? to, to }));
    return gaps.filter((_, n) => chosen[n]);
  });

const numbers = Array.from({ length: END }, (_, n) => n);
const holds = (ranges: readonly Range[], n: number): boolean => ranges.some(({ from, to }) => from <= n && n < to);
const covered = (ranges: readonly Range[]): number[] => numbers.filter((n) => holds(ranges, n));

function expectApart(ranges: readonly Range[]): void {
  for (const [n, { from, to }] of ranges.entries()) {
    expect(from).toBeLessThan(to);
    expect(from).toBeGreaterThanOrEqual(ranges[n - 1]?.to ?? 0);
  }
}

/** Adds a number to each range, so that pieces show where they come from. */
const numbered = (ranges: readonly Range[]) => ranges.map((range, id) => ({ ...range, id }));

describe("the union of ranges", () => {
  it("covers what any range covers, in the fewest ranges", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = union(ranges);
        expect(covered(joined)).toEqual(covered(ranges));
        expectApart(joined);
        for (const { to } of joined) expect(joined.some(({ from }) => from === to)).toBe(false);
      }),
    );
  });

  it("does not depend on the order, and is its own union", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        expect(union(ranges.toReversed())).toEqual(union(ranges));
        expect(union(union(ranges))).toEqual(union(ranges));
      }),
    );
  });

  it("does not change its input", () => {
    const ranges = [
      { from: 0, to: 2 },
      { from: 1, to: 3 },
    ];
    expect(union(ranges)).toEqual([{ from: 0, to: 3 }]);
    expect(ranges).toEqual([
      { from: 0, to: 2 },
      { from: 1, to: 3 },
    ]);
  });
});

describe("the intersection of ranges", () => {
  it("covers what both lists cover, in pieces of the first list", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        const common = intersect(numbered(first), second);
        expectApart(common);
        expect(covered(common)).toEqual(numbers.filter((n) => holds(first, n) && holds(second, n)));
        for (const { from, to, id } of common) {
          expect(first[id]?.from).toBeLessThanOrEqual(from);
          expect(first[id]?.to).toBeGreaterThanOrEqual(to);
        }
      }),
    );
  });

  it("is symmetric, keeps a list with itself, and is empty with an empty list", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        expect(intersect(first, second)).toEqual(intersect(second, first));
        expect(intersect(first, first)).toEqual(first);
        expect(intersect(first, [])).toEqual([]);
      }),
    );
  });
});

describe("the difference of ranges", () => {
  it("covers what only the first list covers, in pieces of the first list", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        const difference = subtract(numbered(first), second);
        expectApart(difference);
        expect(covered(difference)).toEqual(numbers.filter((n) => holds(first, n) && !holds(second, n)));
        for (const { from, to, id } of difference) {
          expect(first[id]?.from).toBeLessThanOrEqual(from);
          expect(first[id]?.to).toBeGreaterThanOrEqual(to);
        }
      }),
    );
  });

  it("forms the first list together with the intersection, without overlapping it", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        const [difference, common] = [subtract(first, second), intersect(first, second)];
        expect(union([...difference, ...common])).toEqual(union(first));
        expect(intersect(difference, common)).toEqual([]);
        expect(union(subtract(first, difference))).toEqual(union(common));
      }),
    );
  });
});

describe("ranges with cut overlaps", () => {
  it("cover the same numbers, each one by the first range that covered it", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const sorted = numbered(ranges.toSorted((a, b) => a.from - b.from));
        const cut = cutOverlaps(sorted);
        expectApart(cut);
        const owners = numbers.map((n) => cut.find((range) => holds([range], n))?.id);
        expect(owners).toEqual(numbers.map((n) => sorted.find((range) => holds([range], n))?.id));
      }),
    );
  });
});
