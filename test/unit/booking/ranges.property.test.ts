import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutOverlaps, intersect, type Range, subtract, union } from "../../../lib/booking/availability/ranges.ts";

const END = 40;

const range: fc.Arbitrary<Range> = fc
  .uniqueArray(fc.integer({ min: 0, max: END }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const anyRanges = fc.array(range, { maxLength: 8 });

/** Sorted and free of overlaps, but some of them touch. */
const apart = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: END }), { maxLength: 12 }),
    fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  )
  .map(([ends, chosen]) => {
    const sorted = ends.toSorted((a, b) => a - b);
    const gaps = sorted.slice(1).map((to, n) => ({ from: sorted[n] ?? to, to }));
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

/** Each range with its number, so that pieces tell where they come from. */
const numbered = (ranges: readonly Range[]) => ranges.map((range, id) => ({ ...range, id }));

describe("the union of ranges", () => {
  it("covers what any of them covers, in as few ranges as can be", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = union(ranges);
        expect(covered(joined)).toEqual(covered(ranges));
        expectApart(joined);
        for (const { to } of joined) expect(joined.some(({ from }) => from === to)).toBe(false);
      }),
    );
  });

  it("is the same in any order, and of itself", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        expect(union(ranges.toReversed())).toEqual(union(ranges));
        expect(union(union(ranges))).toEqual(union(ranges));
      }),
    );
  });

  it("leaves what it is given as it was", () => {
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
  it("covers what both lists cover, in pieces of the first", () => {
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

  it("is the same either way, of a list with itself the list, and with nothing nothing", () => {
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
  it("covers what the first list covers and the second does not, in pieces of the first", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        const left = subtract(numbered(first), second);
        expectApart(left);
        expect(covered(left)).toEqual(numbers.filter((n) => holds(first, n) && !holds(second, n)));
        for (const { from, to, id } of left) {
          expect(first[id]?.from).toBeLessThanOrEqual(from);
          expect(first[id]?.to).toBeGreaterThanOrEqual(to);
        }
      }),
    );
  });

  it("makes the first list up again with the intersection, and shares nothing with it", () => {
    fc.assert(
      fc.property(apart, apart, (first, second) => {
        const [left, common] = [subtract(first, second), intersect(first, second)];
        expect(union([...left, ...common])).toEqual(union(first));
        expect(intersect(left, common)).toEqual([]);
        expect(union(subtract(first, left))).toEqual(union(common));
      }),
    );
  });
});

describe("ranges in turn", () => {
  it("cover what they covered, each number once: by the first of them that did", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const began = numbered(ranges.toSorted((a, b) => a.from - b.from));
        const turns = cutOverlaps(began);
        expectApart(turns);
        const owners = numbers.map((n) => turns.find((turn) => holds([turn], n))?.id);
        expect(owners).toEqual(numbers.map((n) => began.find((range) => holds([range], n))?.id));
      }),
    );
  });
});
