import { type Language, languageOf } from "../template/language.ts";

/** The language of a page for somebody unknown: which of ours a browser likes best (RFC 9110), else German. */
export function preferredLanguage(acceptLanguage: string | null): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const range of (acceptLanguage ?? "").slice(0, 1000).split(",")) {
    const [, tag, quality] = /^\s*(de|en)(?:-[\w-]*)?\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/i.exec(range) ?? [];
    if (tag === undefined) continue;
    const weight = quality === undefined ? 1 : Number(quality);
    if (weight > (best?.weight ?? 0)) best = { language: languageOf(tag.toLowerCase()), weight };
  }
  return best?.language ?? "de";
}
