import { denialsOf, RULES } from "./rules.ts";
import { normalise, partsOf, withoutBrackets, withoutWords } from "./title.ts";

/** The longer ones first, or "nicht verkauft" would leave its "nicht". */
const WORDS = RULES.flatMap(({ when }) => ("words" in when ? [...denialsOf(when), ...when.words] : []));
const MARKERS = new Set(RULES.flatMap(({ when }) => ("marker" in when ? [when.marker] : [])));

/**
 * Whom an appointment is with, as its title names them: its first part that may be a name, without what stands in brackets,
 * markers and outcomes. Names have letters and no digits. Two people of one name are one. Pure.
 * @returns the name, and the key by which it is the same however it is written.
 */
export function customerIn(title: string): { key: string; name: string } | undefined {
  const parts = partsOf(withoutBrackets(title.normalize("NFC"))).filter((part) => !MARKERS.has(normalise(part)));
  const names = parts.map((part) => withoutWords(part, WORDS).replace(/\s+/gu, " ").trim());
  const name = names.find((one) => /\p{L}/u.test(one) && !/\p{N}/u.test(one));
  return name === undefined ? undefined : { key: normalise(name), name };
}
