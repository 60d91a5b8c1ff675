import { memoize } from "../../memo.ts";
/** Reads titles: spelling, separators, brackets and markers. Pure. */

/** A title in the form that rules match: NFC, lower case, white space collapsed. */
export function normaliseTitle(title: string): string {
  return title.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** Between two parts of a title. */
const SEPARATOR = /(?<=\s)[-–—](?=\s)|[:|]/u;
const IN_BRACKETS = /[([]([^()[\]]*)[)\]]/gu;

/** A title without its brackets and their content. */
export const removeBrackets = (title: string): string => title.replace(IN_BRACKETS, " ");

/** The parts of a title between its separators, trimmed. */
export const splitTitle = (title: string): string[] => title.split(SEPARATOR).map((part) => part.trim());

/**
 * Whether a normalised title contains a word as a marker: alone in round or square brackets, or set off by ` - `, `:` or `|`
 * at either end. A word next to other words is no marker, because it may be part of a name.
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

/** Matches any of some phrases, separated by `|`, as whole words. */
const phrasePattern = memoize(
  1_000,
  (phrases: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases})(?![\\p{L}\\p{N}])`, "iu"),
);

/** Whether a normalised title contains a phrase as whole words. The phrase has only letters and spaces. */
export const containsPhrase = (title: string, phrase: string): boolean =>
  title.includes(phrase) && phrasePattern(phrase).test(title);

/** A text (NFC) without any of some phrases, wherever they occur. The phrases have only letters and spaces. */
export const removePhrases = (text: string, phrases: readonly string[]): string =>
  text.split(phrasePattern(phrases.join("|"))).join(" ");
