import { config } from "./config/config.ts";

/** Removes secrets and personal data from texts that leave the deployment or that many people can read. */

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

/** Long random texts, except the ids of runs and requests. */
const OPAQUE = /(?<![\w-])(?=[\w-]*\d)[\w-]{32,}(?![\w-])/g;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The longest text of an error. */
const LONGEST = 16_384;

/**
 * Removes this deployment's secrets from a text, and everything that looks like a secret, an address or a query. A long text is cut,
 * because a client may have chosen it.
 */
export function withoutSecrets(text: string): string {
  const known = config().secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const plain = PATTERNS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), beginningOf(known));
  return plain.replace(OPAQUE, (opaque) => (UUID.test(opaque) ? opaque : "[token]"));
}

/** Cuts a text between words, because a part of a secret would not be recognised. */
function beginningOf(text: string): string {
  if (text.length <= LONGEST) return text;
  const words = text.slice(0, LONGEST);
  return `${words.slice(0, words.search(LAST_WORD))}…`;
}

const LAST_WORD = /(?<!\S)\S*$/;
