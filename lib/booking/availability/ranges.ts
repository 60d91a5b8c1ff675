/**
 * A half-open range of numbers (wall minutes) that is never empty. A list of ranges is sorted and has no overlaps, unless
 * its description says otherwise. All functions in this file are pure.
 */
export interface Range {
  from: number;
  to: number;
}

/** Joins ranges into the fewest that cover the same numbers. They may come in any order, overlap and touch. */
export function union(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** Returns the numbers that both lists cover. Each piece lies in one range of the first list and keeps its other fields. */
export function intersect<R extends Range>(first: readonly R[], second: readonly Range[]): R[] {
  const common: R[] = [];
  for (const [range, others] of overlaps(first, second)) {
    for (const { from, to } of others) {
      common.push({ ...range, from: Math.max(range.from, from), to: Math.min(range.to, to) });
    }
  }
  return common;
}

/** Returns the numbers that only the first list covers. Each piece keeps the other fields of its range. */
export function subtract<R extends Range>(first: readonly R[], second: readonly Range[]): R[] {
  const pieces: R[] = [];
  for (const [range, holes] of overlaps(first, second)) {
    let { from } = range;
    for (const hole of holes) {
      if (from < hole.from) pieces.push({ ...range, from, to: hole.from });
      from = hole.to;
    }
    if (from < range.to) pieces.push({ ...range, from });
  }
  return pieces;
}

/** Removes overlaps: a number stays with the first range that covers it. The ranges come sorted by `from`. */
export function cutOverlaps<R extends Range>(ranges: readonly R[]): R[] {
  let until = Number.NEGATIVE_INFINITY;
  return ranges.flatMap((range) => {
    const from = Math.max(range.from, until);
    until = Math.max(until, range.to);
    return from < range.to ? [{ ...range, from }] : [];
  });
}

/** Pairs each range of the first list with the ranges of the second that overlap it, in one pass over both lists. */
function overlaps<R extends Range>(first: readonly R[], second: readonly Range[]): [R, Range[]][] {
  let passed = 0;
  return first.map((range) => {
    let other = second[passed];
    while (other !== undefined && other.to <= range.from) other = second[++passed];
    const others: Range[] = [];
    for (let i = passed; other !== undefined && other.from < range.to; other = second[++i]) others.push(other);
    return [range, others];
  });
}
