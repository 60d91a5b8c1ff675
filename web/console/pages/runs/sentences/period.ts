import type { Language } from "./language.ts";

/** Periods and instants in words, in the club's zone. */

const LOCALES: Record<Language, string> = { en: "en-GB", de: "de-DE" };

const formatIn = (language: Language, zone: string, options: Intl.DateTimeFormatOptions, instant: Date): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, ...options }).format(instant);

interface LocalDay {
  year: number;
  month: number;
  day: number;
}

/** The calendar day of an instant in a zone. */
export function localDay(instant: Date, zone: string): LocalDay {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: zone })
    .format(instant)
    .split("-")
    .map(Number) as [number, number, number];
  return { year, month, day };
}

const DAY_MS = 86_400_000;

/** The week that ends (exclusively) at an instant: "23 – 29 November", "26 October – 1 November". */
export function weekLabel(end: string, zone: string, language: Language): string {
  const last = utcOf(localDay(new Date(Date.parse(end) - 1), zone));
  return spanLabel(new Date(Number(last) - 6 * DAY_MS), last, language);
}

/** The month that ends (exclusively) at an instant: "November 2026". */
export function monthLabel(end: string, zone: string, language: Language): string {
  return formatIn(language, zone, { month: "long", year: "numeric" }, new Date(Date.parse(end) - 1));
}

const utcOf = ({ year, month, day }: LocalDay): Date => new Date(Date.UTC(year, month - 1, day));

/** Two days as words. Both are given as their midnight in UTC. */
export function spanLabel(first: Date, last: Date, language: Language): string {
  const withMonth = (date: Date) => formatIn(language, "UTC", { day: "numeric", month: "long" }, date);
  const sameMonth = first.getUTCMonth() === last.getUTCMonth() && first.getUTCFullYear() === last.getUTCFullYear();
  const dot = language === "de" ? "." : "";
  return `${sameMonth ? `${first.getUTCDate()}${dot}` : withMonth(first)} – ${withMonth(last)}`;
}

/** An instant for lists: "today 08:09", "Mon 00:05" within the last days, else "Mon 23 Nov 00:05". */
export function whenLabel(iso: string, now: Date, zone: string, language: Language): string {
  const instant = new Date(iso);
  const time = formatIn(language, zone, { hour: "2-digit", minute: "2-digit" }, instant);
  const days = Math.round((Number(utcOf(localDay(now, zone))) - Number(utcOf(localDay(instant, zone)))) / DAY_MS);
  if (days === 0) return language === "de" ? `heute ${time}` : `today ${time}`;
  if (days === 1) return language === "de" ? `gestern ${time}` : `yesterday ${time}`;
  const weekday = formatIn(language, zone, { weekday: "short" }, instant);
  if (days > 1 && days < 7) return `${weekday} ${time}`;
  const date = formatIn(language, zone, { day: "numeric", month: "short" }, instant);
  const year = localDay(instant, zone).year === localDay(now, zone).year ? "" : ` ${localDay(instant, zone).year}`;
  return language === "de" ? `${weekday}, ${date}${year}, ${time}` : `${weekday} ${date}${year} ${time}`;
}

/** An instant in full, to the second: "Monday 30 November, 00:00:04". */
export function momentLabel(iso: string, zone: string, language: Language): string {
  const instant = new Date(iso);
  const day = formatIn(language, zone, { weekday: "long", day: "numeric", month: "long" }, instant);
  return `${day.replace(/^(\S+), /, language === "de" ? "$1, " : "$1 ")}, ${clockLabel(iso, zone, language)}`;
}

/** The time of day to the second. */
export const clockLabel = (iso: string, zone: string, language: Language): string =>
  formatIn(language, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }, new Date(iso));
