import type { AttendanceWords } from "./words.ts";

/**
 * The reason of a judgement in the reader's language; the API writes it in English. Other reasons, such as those of older
 * imports, stay as they are. Pure.
 */
export function judgementOf(reason: string, w: AttendanceWords): string {
  const early = /^not over yet; so far [\w-]+: (.*)$/s.exec(reason)?.[1];
  if (early !== undefined) return w.judgement.early(judgementOf(early, w));
  for (const [pattern, name] of RULES) {
    const found = pattern.exec(reason);
    if (found !== null) return w.judgement[name](found[1] ?? "");
  }
  return reason;
}

const RULES = [
  [/^an all-day event$/, "allDay"],
  [/^an event of type (.+)$/, "eventType"],
  [/^a title of digits only$/, "digits"],
  [/^the event's status is (.+)$/, "status"],
  [/^"(.+)" marks the title$/, "marker"],
  [/^"(.+)" in the title$/, "words"],
  [/^no colour, and nothing in the title$/, "nothing"],
  [/^colour (\d+) means nothing, nor does the title$/, "meaningless"],
  [/^colour (\d+)$/, "colour"],
] as const;
