import { config } from "./config/config.ts";

/** What leaves the house, or may be read by more than one who is trusted, holds no secret and says of nobody who they are. */

/**
 * What stands for itself in a text, by what takes its place, in this order. Each is tried at the beginning of a run of
 * characters only, or reads at most so many: from every character to the end of the text would be the square of its length.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(https?|wss?):\/\/(?:[^\s/@"']*@)?([\w.:[\]-]+)[^\s"')]*/gi, "$1://$2/…"],
  [/\b(?!https?:|wss?:)([a-z][a-z0-9+.-]{0,40}):\/\/[^\s"')]+/gi, "$1://…"],
  [/\bBearer\s+[^\s"']+/gi, "Bearer [secret]"],
  [/(?<![\w-])(?=[\w-]*?\beyJ)[\w-]+\.[\w-]+(\.[\w-]*)?/g, "[token]"],
  [/\btwk_[a-z]+_[\w-]+/g, "[key]"],
  [/\b(pass(?:word|wd)?|secret|token|api[-_]?key|authorization|cookie)(["']?\s*[:=]\s*)[^\s,;]+/gi, "$1$2[secret]"],
  [/(?:"[^"\n]{1,64}"|(?<![^\s@<>"'(),;:=[\]])[^\s@<>"'(),;:=[\]]+)@[^\s@<>"'(),;:=[\]]+/g, "[address]"],
  [/\?[\w.[\]-]+=[^\s"')]*/g, "?…"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[ip]"],
  // The database quotes values after a colon, and names of things without one.
  [/: "[^"]*"/g, ': "…"'],
];

/** Anything long that no person has made up; the ids of runs and requests are not among it. */
const OPAQUE = /(?<![\w-])(?=[\w-]*\d)[\w-]{32,}(?![\w-])/g;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** As much of a text as anybody reads of an error. */
const LONGEST = 16_384;

/**
 * A text without the secrets of this deployment, and without all that looks like a secret, an address or a query. Of a
 * longer text only the beginning, since who caused an error may have chosen its words.
 */
export function withoutSecrets(text: string): string {
  const known = config().secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const plain = PATTERNS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), beginningOf(known));
  return plain.replace(OPAQUE, (opaque) => (UUID.test(opaque) ? opaque : "[token]"));
}

/** Ends before the word that does not fit: a part of a secret is not recognised as one. */
function beginningOf(text: string): string {
  if (text.length <= LONGEST) return text;
  const words = text.slice(0, LONGEST);
  return `${words.slice(0, words.search(LAST_WORD))}…`;
}

const LAST_WORD = /(?<!\S)\S*$/;
