import { negatedPhrases, RULES } from "./rules.ts";
import { normaliseTitle, removeBrackets, removePhrases, splitTitle } from "./title.ts";

/** Longer phrases first: "nicht verkauft" must not leave "nicht" behind. */
const OUTCOME_PHRASES = RULES.flatMap(({ when }) => ("words" in when ? [...negatedPhrases(when), ...when.words] : []));
const MARKERS = new Set(RULES.flatMap(({ when }) => ("marker" in when ? [when.marker] : [])));

/**
 * Finds the customer in a title: the first part that has letters and no digits, without brackets, markers and outcome words.
 * Customers with the same name count as one. Pure.
 * @returns the name as written, and the key that groups different spellings of it; undefined if no part may be a name.
 */
export function parseCustomer(title: string): { key: string; name: string } | undefined {
  const parts = splitTitle(removeBrackets(title.normalize("NFC"))).filter((part) => !MARKERS.has(normaliseTitle(part)));
  const names = parts.map((part) => removePhrases(part, OUTCOME_PHRASES).replace(/\s+/gu, " ").trim());
  const name = names.find((candidate) => /\p{L}/u.test(candidate) && !/\p{N}/u.test(candidate));
  return name === undefined ? undefined : { key: normaliseTitle(name), name };
}
