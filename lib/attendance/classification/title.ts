/** What a title says, however it is written. Pure. */

/** A title in the form that rules are matched on: NFC, lower case, white space folded. */
export function normaliseTitle(title: string): string {
  return title.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** Text that Postgres can hold, however it was cut. */
export const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();

/** Where one thing in a title is set off from the next. */
const SEPARATOR = /(?<=\s)[-–—](?=\s)|[:|]/u;
const IN_BRACKETS = /[([]([^()[\]]*)[)\]]/gu;

/** A title without what stands in brackets. */
export const removeBrackets = (title: string): string => title.replace(IN_BRACKETS, " ");

/** The parts of a title between its separators, without white space around them. */
export const splitTitle = (title: string): string[] => title.split(SEPARATOR).map((part) => part.trim());

/**
 * Whether a word stands in a normalised title as a marker: in round or square brackets, or set off by ` - `, `:` or `|` at
 * either end of the title. A word among others is none: it may be somebody's name.
 */
export function hasMarker(title: string, word: string): boolean {
  if (!title.includes(word)) return false;
  const inBrackets = [...title.matchAll(IN_BRACKETS)].flatMap(([, inside = ""]) =>
    inside.split(/[,;/]/u).flatMap(splitTitle),
  );
  if (inBrackets.some((part) => part.trim() === word)) return true;
  const parts = splitTitle(removeBrackets(title));
  return parts.length > 1 && (parts[0] === word || parts.at(-1) === word);
}

const expressions = new Map<string, RegExp>();

/** Any of some phrases as whole words, not within longer ones. */
function wholeWords(phrases: string): RegExp {
  const known = expressions.get(phrases) ?? new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases})(?![\\p{L}\\p{N}])`, "iu");
  expressions.set(phrases, known);
  return known;
}

/** Whether a phrase of plain words stands in a normalised title, as whole words. */
export const containsPhrase = (title: string, phrase: string): boolean =>
  title.includes(phrase) && wholeWords(phrase).test(title);

/** A text in NFC without any of some phrases of plain words, wherever they stand in it. */
export const removePhrases = (text: string, phrases: readonly string[]): string =>
  text.split(wholeWords(phrases.join("|"))).join(" ");
