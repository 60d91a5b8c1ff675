import { negatedPhrases, RULES } from "./rules.ts";
import { normaliseTitle, removeBrackets, removePhrases, splitTitle } from "./title.ts";

/** The longer ones first, or "nicht verkauft" would leave its "nicht". */
const WORDS = RULES.flatMap(({ when }) => ("words" in when ? [...negatedPhrases(when), ...when.words] : []));
const MARKERS = new Set(RULES.flatMap(({ when }) => ("marker" in when ? [when.marker] : [])));

/**
 * Whom an appointment is with, as its title names them: its first part that may be a name, without what stands in brackets,
 * markers and outcomes. Names have letters and no digits. Two people of one name are one. Pure.
 * @returns the name, and the key by which it is the same however it is written.
 */
export function parseCustomer(title: string): { key: string; name: string } | undefined {
  const parts = splitTitle(removeBrackets(title.normalize("NFC"))).filter((part) => !MARKERS.has(normaliseTitle(part)));
  const names = parts.map((part) => removePhrases(part, WORDS).replace(/\s+/gu, " ").trim());
  const name = names.find((one) => /\p{L}/u.test(one) && !/\p{N}/u.test(one));
  return name === undefined ? undefined : { key: normaliseTitle(name), name };
}
