import { describe, expect, it } from "vitest";
import * as z from "zod";
import { issueDetail } from "../../../lib/http/parse.ts";
import { cursorOf, keyPart, pageQuery, sortKey, toPage } from "../../../lib/http/responses/pages.ts";

const query = z.strictObject(pageQuery(sortKey(keyPart.instant, keyPart.text), { most: 50, usual: 20 }));

describe("the query of a page", () => {
  it("has the usual limit and no cursor by default", () => {
    expect(query.parse({})).toEqual({ limit: 20 });
    expect(query.safeParse({ limit: "51" }).success).toBe(false);
  });

  it("returns the sort key of the item at which the page before ended", () => {
    const cursor = cursorOf([new Date("2026-02-02T18:30:00Z"), "massage"]);
    expect(query.parse({ cursor }).cursor).toEqual([new Date("2026-02-02T18:30:00Z"), "massage"]);
  });

  it.each([
    ["text that is no cursor", "next"],
    ["an empty text", ""],
    ["a key of another list", cursorOf(["massage"])],
    ["too long a key", cursorOf(["2026-02-02T18:30:00Z", "massage", 7])],
    ["an instant that the database cannot hold", cursorOf(["0000-01-01T00:00:00Z", "massage"])],
    ["text that the database cannot hold", cursorOf(["2026-02-02T18:30:00Z", "\u0000"])],
  ])("refuses %s, and names the cursor", (_, cursor) => {
    const { error } = query.safeParse({ cursor });
    expect(issueDetail(error!, { cursor })).toMatchObject({ field: "cursor", expected: "the `nextCursor` of a page" });
  });

  it.each(["\uffff", "\u0001", '"', "x"])("takes the cursor of the longest text of %j", (character) => {
    const key = [new Date("2026-02-02T18:30:00Z"), character.repeat(300)];
    expect(query.parse({ cursor: cursorOf(key) }).cursor).toEqual(key);
  });

  it("has an example that it takes", () => {
    const [example] = query.shape.cursor.unwrap().meta()?.examples ?? [];
    expect(query.safeParse({ cursor: example }).success).toBe(true);
  });
});

describe("a page", () => {
  const page = (rows: number[]) => toPage(rows, 2, (row) => [row], String);

  it("has a cursor of its last item if a row more than its limit was read", () => {
    expect(page([1, 2, 3])).toEqual({ items: ["1", "2"], nextCursor: cursorOf([2]) });
    expect(page([1, 2])).toEqual({ items: ["1", "2"], nextCursor: null });
    expect(page([])).toEqual({ items: [], nextCursor: null });
  });
});
