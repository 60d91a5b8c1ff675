import { config } from "./config.ts";

/** What leaves the house, or may be read by more than one who is trusted, holds no secret and says of nobody who they are. */

/** What stands for itself in a text, by what takes its place, in this order. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(https?|wss?):\/\/(?:[^\s/@"']*@)?([\w.:[\]-]+)[^\s"')]*/gi, "$1://$2/…"],
  [/\b(?!https?:|wss?:)([a-z][a-z0-9+.-]*):\/\/[^\s"')]+/gi, "$1://…"],
  [/\bBearer\s+[^\s"']+/gi, "Bearer [secret]"],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "[token]"],
  [/\btwk_[a-z]+_[\w-]+/g, "[key]"],
  [/\b(pass(?:word|wd)?|secret|token|api[-_]?key|authorization|cookie)(["']?\s*[:=]\s*)[^\s,;]+/gi, "$1$2[secret]"],
  [/[^\s@<>"'(),;:=[\]]+@[^\s@<>"'(),;:=[\]]+/g, "[address]"],
  [/\?[\w.[\]-]+=[^\s"')]*/g, "?…"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[ip]"],
  // The database quotes values after a colon, and names of things without one.
  [/: "[^"]*"/g, ': "…"'],
];

/** Anything long that no person has made up; the ids of runs and requests are not among it. */
const OPAQUE = /(?<![\w-])(?=[\w-]*\d)[\w-]{32,}(?![\w-])/g;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A text without the secrets of this deployment, and without whatever looks like a secret, an address or a query. */
export function withoutSecrets(text: string): string {
  const known = config().secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const plain = PATTERNS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), known);
  return plain.replace(OPAQUE, (opaque) => (UUID.test(opaque) ? opaque : "[token]"));
}
