import type { Overview } from "../../../client/generated/types.ts";
import type { Language } from "../runs/sentences/language.ts";
import type { OverviewWords } from "./words.ts";

/** The hour of an instant by the clock of a zone, 0 to 23. */
export function hourIn(zone: string, instant: string): number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
  return Number(format.format(new Date(instant)));
}

/** Greets by the time of day in the club's zone. @param name The operator's whole name. */
export function greet(hour: number, name: string, { greetings, greeting }: OverviewWords): string {
  const time = hour < 5 ? "night" : hour < 11 ? "morning" : hour < 18 ? "day" : "evening";
  return greeting(greetings[time], name.trim().split(/\s+/)[0] ?? "");
}

type Waiting = Pick<Overview, "attention" | "requests">;

/** How many requests wait beyond those that are listed. */
export const countUnlisted = ({ attention, requests }: Waiting): number =>
  requests - attention.filter(({ kind }) => kind === "booking-request").length;

/** How many rows the list of what waits has: all further requests are one. */
export const countRows = (waiting: Waiting): number => waiting.attention.length + (countUnlisted(waiting) > 0 ? 1 : 0);

/** How many things wait. Acknowledged incidents wait no more. */
export const countWaiting = (waiting: Waiting): number =>
  countRows(waiting) - waiting.attention.filter(isAcknowledged).length;

const isAcknowledged = (item: Overview["attention"][number]): boolean =>
  item.kind === "incident" && item.incident.acknowledged !== null;

/** The page in one sentence. @param nextRun The time of the next run, as it is written. */
export function summarize(
  waiting: number,
  nextRun: string | undefined,
  words: OverviewWords,
  number: (value: number) => string,
): string {
  return waiting === 0 ? words.quiet(nextRun) : words.waits(words.numbers[waiting] ?? number(waiting));
}

/** The full name of the weekday of a date. */
export function weekdayOf(date: string, language: Language): string {
  const locale = language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "long" }).format(new Date(`${date}T00:00:00Z`));
}

/** A date without its year, the month in full: "23 November", "23. November". */
export function dayAndMonth(date: string, language: Language): string {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long" });
  return format.format(new Date(`${date}T00:00:00Z`));
}
