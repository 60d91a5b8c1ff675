/**
 * A half-open range of numbers (wall minutes), never empty. A list of them is sorted and free of overlaps unless said
 * otherwise. All here is pure.
 */
export interface Range {
  from: number;
  to: number;
}

/** What any of the ranges covers; they may come in any order, overlap and touch. */
export function union(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What both lists cover; each piece lies within one range of the first, and says what else that one says. */
export function intersect<R extends Range>(first: readonly R[], second: readonly Range[]): R[] {
  const common: R[] = [];
  for (const [range, others] of overlaps(first, second)) {
    for (const { from, to } of others) {
      common.push({ ...range, from: Math.max(range.from, from), to: Math.min(range.to, to) });
    }
  }
  return common;
}

/** What the first list covers and the second does not; each piece as in `intersect`. */
export function subtract<R extends Range>(first: readonly R[], second: readonly Range[]): R[] {
  const left: R[] = [];
  for (const [range, holes] of overlaps(first, second)) {
    let { from } = range;
    for (const hole of holes) {
      if (from < hole.from) left.push({ ...range, from, to: hole.from });
      from = hole.to;
    }
    if (from < range.to) left.push({ ...range, from });
  }
  return left;
}

/** Each range without what those before it cover. They come in the order in which they began, and may overlap. */
export function inTurn<R extends Range>(ranges: readonly R[]): R[] {
  let until = Number.NEGATIVE_INFINITY;
  return ranges.flatMap((range) => {
    const from = Math.max(range.from, until);
    until = Math.max(until, range.to);
    return from < range.to ? [{ ...range, from }] : [];
  });
}

/** Each range of the first list with those of the second that overlap it, in one walk along both. */
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
