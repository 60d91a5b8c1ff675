import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDeeperThan, memberText } from "../../../lib/http/json-scan.ts";

const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe("the nesting of a JSON text", () => {
  it("is known without parsing it, with any texts in it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(8), (value, levels) => {
        for (const text of [JSON.stringify(value), JSON.stringify(value, null, 1)]) {
          expect(isDeeperThan(levels, Buffer.from(text))).toBe(depthOf(value) > levels);
        }
      }),
    );
  });

  it.each([
    ['["[[[[", "\\"[[[[", "\\\\", "\\\\\\"[[["]', 1],
    ['{"a\\\\":{"[":[]}}', 3],
    ["[[],[],[[]]]", 3],
    ['"[[["', 0],
    ["7", 0],
  ])("of %s is %d", (text, depth) => {
    expect(isDeeperThan(depth, Buffer.from(text))).toBe(false);
    if (depth > 0) expect(isDeeperThan(depth - 1, Buffer.from(text))).toBe(true);
  });

  it("of a text that is not JSON is something, and ends", () => {
    for (const text of [
      "[".repeat(1_000_000),
      '"'.repeat(999_999),
      '"\\'.repeat(500_000),
      "]".repeat(1_000_000),
      '{"a',
    ]) {
      expect(isDeeperThan(40, Buffer.from(text))).toBe(text.startsWith("["));
    }
  });
});

describe("a member of a JSON object", () => {
  const keyIn = (text: string) => memberText(Buffer.from(text), "key");

  it.each([
    ['{"key":"k"}', "k"],
    ['{"customer_id":"ä€😀","key" : \n"k","events":[]}', "k"],
    ['{"a":{"key":"inner"},"b":[{"key":"inner"}],"key":"k"}', "k"],
    ['{"a":"key","b":"\\"key\\":\\"x\\"","key":"k"}', "k"],
    ['{"a":{"key":"inner"}}', undefined],
    ['[{"key":"inner"}]', undefined],
    ['"key"', undefined],
    ['{"key":7}', undefined],
    ['{"key":"a\\u0062"}', undefined],
    ['{"key":"unfinished', undefined],
    ["", undefined],
  ])("is found in %s where it is its own: %s", (text, expected) => {
    expect(keyIn(text)).toBe(expected);
  });

  it("equals the result of parsing, in any object", () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(members, fc.stringMatching(/^[\w-]{1,64}$/), members, (before, key, after) => {
        const own = ({ key: _, ...others }: Record<string, unknown>) => others;
        expect(keyIn(JSON.stringify({ ...own(before), key, ...own(after) }))).toBe(key);
        expect(keyIn(JSON.stringify(own(before)))).toBeUndefined();
      }),
    );
  });
});
