import * as z from "zod";
import { isStorableText } from "../../text.ts";
import { whole } from "../fields.ts";

/**
 * Lists come in pages: `{items, nextCursor}`. A cursor holds the sort key of the last item of a page, so that a page neither
 * repeats nor leaves out items that were there before it was read while others are added or removed.
 */

const EXPECTED = { error: "the `nextCursor` of a page" };

/** Longer than any cursor: a text in a sort key has at most 300 characters, each of up to 6 bytes in JSON. */
const CURSOR = /^[\w-]{1,4000}$/;

/** The query parameters of a list that grows. @param key The schema of the sort key of an item. */
export const pageQuery = <K extends z.ZodType>(key: K, limits: { most: number; usual: number }) => ({
  limit: whole(1, limits.most).default(limits.usual).meta({ description: "The largest number of items in a page." }),
  cursor: z
    .string(EXPECTED)
    .regex(CURSOR, EXPECTED)
    .meta({ description: "The `nextCursor` of the page before.", examples: [cursorOf(exampleOf(key))] })
    .transform((text, context): z.output<K> => {
      const parsed = key.safeParse(decoded(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: "custom", message: EXPECTED.error, input: text });
      return z.NEVER;
    })
    .optional(),
});

/** The cursor after an item. @param key The item's sort key; instants as ISO text. */
export const cursorOf = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}

/** Postgres has no year 0. */
const isAfterYear0 = (text: string): boolean => text >= "0001";

/** A part of a sort key: only what the database can compare with, because a client may make a cursor up. */
export const keyPart = {
  text: z
    .string()
    .max(300)
    .refine(isStorableText)
    .meta({ examples: ["one-of-mine"] }),
  number: z
    .number()
    .min(-Number.MAX_SAFE_INTEGER)
    .max(Number.MAX_SAFE_INTEGER)
    .meta({ examples: [7.5] }),
  whole: z.int().meta({ examples: [7] }),
  uuid: z.uuid().meta({ examples: ["00000000-0000-4000-8000-000000000000"] }),
  date: z.iso
    .date()
    .refine(isAfterYear0)
    .meta({ examples: ["2026-02-02"] }),
  instant: z.iso
    .datetime()
    .refine(isAfterYear0)
    .transform((text) => new Date(text))
    .meta({ examples: ["2026-02-02T18:30:00.000Z"] }),
};

/** The sort key of a list that is ordered by these parts. */
export const sortKey = <const P extends readonly [z.ZodType, ...z.ZodType[]]>(...parts: P) =>
  z.tuple(parts).meta({ examples: [parts.map(exampleOf)] });

const exampleOf = (schema: z.ZodType): unknown => schema.meta()?.examples?.[0];

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

type KeyOf<Row> = (row: Row) => readonly unknown[];

/**
 * A page of rows of which one more than `limit` was read, to see whether there is another page.
 * @param keyOf Returns the sort key of a row.
 * @param toItem Makes an item of a row; without it, rows are items.
 */
export function toPage<Row>(rows: readonly Row[], limit: number, keyOf: KeyOf<Row>): Page<Row>;
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: KeyOf<Row>,
  toItem: (row: Row) => Item,
): Page<Item>;
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: KeyOf<Row>,
  toItem?: (row: Row) => Item,
): Page<Row | Item> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: toItem ? page.map(toItem) : page, nextCursor: more ? cursorOf(keyOf(last)) : null };
}

/** The page of a list that is short enough to be sent whole. */
export const wholeList = <Item>(items: Item[]): Page<Item> => ({ items, nextCursor: null });

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
    .meta({ id, description: "Items in their order, and where the next page begins." });
