import * as z from "zod";
import { isStorableText } from "../../text.ts";
import { whole } from "../fields.ts";

/**
 * Lists come in pages: `{items, nextCursor}`. A cursor holds the sort key of the last item of a page, so that a page neither
 * repeats nor leaves out items that were there before it was read, whatever is added or removed meanwhile.
 */

const EXPECTED = { error: "the `nextCursor` of a page" };

/** The query parameters of a list that grows. @param key The schema of the sort key of an item. */
export const pageQuery = <K extends z.ZodType>(key: K, limits: { most: number; usual: number }) => ({
  limit: whole(1, limits.most).default(limits.usual).meta({ description: "The largest number of items in a page." }),
  cursor: z
    .string(EXPECTED)
    .regex(/^[\w-]{1,400}$/, EXPECTED)
    .meta({ description: "The `nextCursor` of the page before.", examples: [cursorOf(["2026-02-02", 7])] })
    .transform((text, context): z.output<K> => {
      const parsed = key.safeParse(decoded(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: "custom", message: EXPECTED.error, input: text });
      return z.NEVER;
    })
    .optional(),
});

/** The cursor after an item. @param key The item's sort key; instants as ISO text. */
export const cursorOf = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}

/** Postgres has no year 0. */
const isAfterYear0 = (text: string): boolean => text >= "0001";

/** A part of a sort key. A cursor that a client made up is refused with the same words as any other. */
export const keyPart = {
  text: z.string(EXPECTED).max(300, EXPECTED).refine(isStorableText, EXPECTED),
  number: z.number(EXPECTED).min(-Number.MAX_SAFE_INTEGER, EXPECTED).max(Number.MAX_SAFE_INTEGER, EXPECTED),
  whole: z.int(EXPECTED),
  uuid: z.uuid(EXPECTED),
  date: z.iso.date(EXPECTED).refine(isAfterYear0, EXPECTED),
  instant: z.iso
    .datetime(EXPECTED)
    .refine(isAfterYear0, EXPECTED)
    .transform((text) => new Date(text)),
};

/** The sort key of a list that is ordered by these parts. */
export const sortKey = <const P extends readonly [z.ZodType, ...z.ZodType[]]>(...parts: P) => z.tuple(parts, EXPECTED);

/** A page of rows of which one more than `limit` was read, to see whether there is another page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => readonly unknown[],
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: page.map(toItem), nextCursor: more ? cursorOf(keyOf(last)) : null };
}

/** The page of a list that is short enough to be sent whole. */
export const wholeList = <Item>(items: Item[]): { items: Item[]; nextCursor: null } => ({ items, nextCursor: null });

/** The schema of a page. @param id The name of the page in the document, such as `BookingList`. */
export const listOf = <S extends z.ZodType>(id: string, item: S) =>
  z
    .object({
      items: z.array(item),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: "The `cursor` of the next page; null after the last one." }),
    })
    .meta({ id });
