/** Texts and JSON as Postgres can store them. Pure. */

/** Whether Postgres can store a text: without NUL and without halves of surrogate pairs. */
export const isStorableText = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();

/** Removes NUL, and replaces halves of surrogate pairs by U+FFFD. */
export const toStorableText = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();

/** One line of storable text: blanks for control characters, and no blanks at the ends. */
export const toSingleLine = (text: string, maxLength = Number.POSITIVE_INFINITY): string =>
  text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, maxLength)
    .toWellFormed();

/** The most levels of JSON in a field or an event. */
export const MAX_JSON_DEPTH = 32;
/** The most levels of a request's body: it wraps such JSON in batches and items, which have levels of their own. */
export const MAX_BODY_DEPTH = 40;

/** Whether lists and objects are nested in more than `levels` levels. It looks no deeper than that. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
