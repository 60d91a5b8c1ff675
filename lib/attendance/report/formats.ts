import { LOCALE } from "../../mail/template/language.ts";
import type { Language } from "../../users/languages.ts";
import { REPORT_TEXTS } from "./report-texts.ts";

/** Formats the numbers and dates of the weekly report in a language. Pure. */
export interface Formats {
  /** `78,26 %`; a dash for null. */
  percent: (rate: number | null) => string;
  /** `78 %`, for small spaces. */
  wholePercent: (rate: number | null) => string;
  /** `1.234`. */
  count: (count: number | null) => string;
  /** `+3`, `−2`, `±0`; a dash for null. */
  change: (difference: number | null) => string;
  /** The change of a rate: `+2,3 Punkte`. */
  pointsChange: (difference: number | null) => string;
  /** `9.–15. Februar 2026`. */
  dates: (from: string, to: string) => string;
  /** `Montag, 9. Februar`. */
  day: (date: string) => string;
  /** `Mo 9.2.`, for a table column. */
  shortDay: (date: string) => string;
  /** `Mo 9.`, for a chart. */
  tinyDay: (date: string) => string;
  /** `a, b und c`. */
  list: (items: string[]) => string;
}

const NULL_TEXT = "–";

/** Formats numbers, rates and dates as readers of a language write them. */
export function createFormats(language: Language): Formats {
  const locale = LOCALE[language];
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }); // a date without a time is midnight UTC
  const exact = number({ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const whole = number({ style: "percent", maximumFractionDigits: 0 });
  const counts = number({ maximumFractionDigits: 0 });
  const changes = number({ maximumFractionDigits: 2 });
  const range = date({ dateStyle: "long" });
  const days = date({ weekday: "long", day: "numeric", month: "long" });
  const shortDates = date({ day: "numeric", month: language === "de" ? "numeric" : "short" });
  const weekdays = date({ weekday: "short" });
  const dayOfMonth = language === "de" ? (day: number) => `${day}.` : String;
  const lists = new Intl.ListFormat(locale);

  const orDash = (write: (value: number) => string) => (value: number | null) =>
    value === null ? NULL_TEXT : write(value);
  const change = (difference: number) => `${signOf(difference)}${changes.format(Math.abs(difference))}`;
  return {
    percent: orDash((rate) => exact.format(rate / 100)),
    wholePercent: orDash((rate) => whole.format(rate / 100)),
    count: orDash((count) => counts.format(count)),
    change: orDash(change),
    pointsChange: orDash((points) =>
      nonBreaking(`${change(points)} ${REPORT_TEXTS[language].points(Math.abs(points) === 1)}`),
    ),
    // Plain spaces, so that people can search for the mail's subject.
    dates: (from, to) => range.formatRange(new Date(from), new Date(to)).replaceAll("\u2009", " "),
    day: (day) => days.format(new Date(day)),
    shortDay: (day) => nonBreaking(`${weekdays.format(new Date(day))} ${shortDates.format(new Date(day))}`),
    tinyDay: (day) => `${weekdays.format(new Date(day))} ${dayOfMonth(new Date(day).getUTCDate())}`,
    list: (items) => lists.format(items),
  };
}

/** Keeps a text on one line in a narrow column. */
const nonBreaking = (text: string): string => text.replaceAll(" ", "\u00a0");

function signOf(difference: number): string {
  if (difference === 0) return "±";
  return difference > 0 ? "+" : "−";
}
