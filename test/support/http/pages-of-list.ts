import { cursorOf } from "../../../lib/http/responses/pages.ts";
import { GET } from "./api.ts";
import { call } from "./requests.ts";

/** The lists of `{items, nextCursor}`, for tests. */

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

/** Reads a list page by page. @returns the items of each page. */
export async function itemsOfPages(path: string, query: string): Promise<Page["items"][]> {
  const pages: Page["items"][] = [];
  for (let cursor = ""; ; ) {
    const { body } = await call<Page>(GET, `${path}?${query}${cursor}`);
    pages.push(body.items);
    if (body.nextCursor === null) return pages;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

/** Reads a list page by page. @returns a field of the items of each page. */
export async function valuesOfPages(path: string, query: string, field: string): Promise<unknown[][]> {
  return (await itemsOfPages(path, query)).map((items) => items.map((item) => item[field]));
}

/** Reads a list page by page. @returns the ids of each page. */
export const idsOfPages = (path: string, query: string) => valuesOfPages(path, query, "id");

/** Cursors that no list gives. */
export const wrongCursors: readonly string[] = [
  "",
  "next",
  "a.b",
  cursorOf([]),
  cursorOf([null, null, null]),
  cursorOf(["0000-01-01T00:00:00.000Z", 0]),
  cursorOf([{}, "x\0"]),
];
