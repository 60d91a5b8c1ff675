import { KM_PER_MILE } from "../../units.ts";
import type { Language } from "../../users/languages.ts";

/** The language of a user's code. */
export const languageOf = (code: string | null): Language => (code === "en" ? "en" : "de");

/** The language that a browser prefers (`Accept-Language`, RFC 9110), otherwise German. */
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

export const LOCALE = { de: "de-DE", en: "en-GB" } as const;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const format = (formats.get(key) as F | undefined) ?? make(); // creating a format costs far more than using it
  formats.set(key, format);
  return format;
}

/** Formats a number: `1.234,5` in German, `1,234.5` in English. */
export function number(value: number, language: Language, decimals = 2): string {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value); // the usual case, and much faster
  const make = () => new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: decimals });
  return cached(`n${language}${decimals}`, make).format(value);
}

/** Formats the date of an instant in a time zone: `2. Februar 2026`, `2 February 2026`. */
export function day(instant: Date, language: Language, zone: string): string {
  const make = () => new Intl.DateTimeFormat(LOCALE[language], { dateStyle: "long", timeZone: zone });
  return cached(`d${language}${zone}`, make).format(instant);
}

/** Formats a duration in whole minutes and hours: `45 Min.`, `1 Std. 5 Min.`; in seconds below a minute. */
export function duration(seconds: number, language: Language): string {
  const [h, min, s] = language === "de" ? ["Std.", "Min.", "Sek."] : ["h", "min", "s"];
  if (Math.round(seconds) < 60) return `${number(seconds, language, 0)} ${s}`;
  const minutes = Math.round(seconds / 60);
  const parts = [
    minutes >= 60 ? `${number(Math.floor(minutes / 60), language)} ${h}` : "",
    minutes % 60 ? `${minutes % 60} ${min}` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

/** Formats a distance in the reader's unit: `5,2 km`, `3.2 mi`. */
export function distance(km: number, language: Language, inMiles: boolean): string {
  return inMiles ? `${number(km / KM_PER_MILE, language)} mi` : `${number(km, language)} km`;
}
