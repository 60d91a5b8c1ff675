import { describe, expect, it, vi } from "vitest";
import { memoize } from "../../../lib/memo.ts";
import { isDeeperThan, isStorableText, toSingleLine, toStorableText } from "../../../lib/text.ts";

describe("a text for the database", () => {
  it.each([
    ["plain", true, "plain"],
    ["with\u0000NUL", false, "withNUL"],
    ["half a pair \ud800", false, "half a pair \ufffd"],
    ["a pair 🏃", true, "a pair 🏃"],
  ])("%j", (text, isStorable, storable) => {
    expect(isStorableText(text)).toBe(isStorable);
    expect(toStorableText(text)).toBe(storable);
    expect(isStorableText(storable)).toBe(true);
  });

  it("in one line has blanks for control characters, and is cut without leaving half a pair", () => {
    expect(toSingleLine(" 550\r\n\u0000 no\u0007 ")).toBe("550  no");
    expect(toSingleLine("ab🏃", 3)).toBe("ab\ufffd");
  });
});

describe("nesting", () => {
  it.each([
    [0, 1, false],
    [0, [], true],
    [1, { a: 1 }, false],
    [1, { a: [] }, true],
    [2, { a: [1] }, false],
    [2, [[{}]], true],
  ])("of %i levels is exceeded by %j: %s", (levels, value, exceeded) => {
    expect(isDeeperThan(levels, value)).toBe(exceeded);
  });
});

it("a memoized function computes each value once, until its memory is full", () => {
  const compute = vi.fn((key: string) => key.length);
  const lengthOf = memoize(2, compute);
  for (const key of ["a", "bb", "a", "bb"]) expect(lengthOf(key)).toBe(key.length);
  expect(compute).toHaveBeenCalledTimes(2);
  expect(lengthOf("ccc")).toBe(3); // the memory was full and is empty but for this one
  expect(lengthOf("ccc")).toBe(3);
  expect(lengthOf("a")).toBe(1);
  expect(compute).toHaveBeenCalledTimes(4);
});
