import { type Language, LOCALE } from "../../mail/template/language.ts";
import { REPORT_TEXTS } from "./report-texts.ts";

/** How the weekly report writes its figures and dates in a language. Pure. */
export interface Formats {
  /** `78,26 %`; a dash where there is none. */
  percent: (rate: number | null) => string;
  /** `78 %`, for where there is little room. */
  wholePercent: (rate: number | null) => string;
  /** `1.234`. */
  count: (count: number | null) => string;
  /** `+3`, `−2`, `±0`; a dash where it is not known. */
  change: (difference: number | null) => string;
  /** The same of rates: `+2,3 Punkte`. */
  pointsChange: (difference: number | null) => string;
  /** `9.–15. Februar 2026`. */
  dates: (from: string, to: string) => string;
  /** `Montag, 9. Februar`. */
  day: (date: string) => string;
  /** `Mo 9.2.`, for a column. */
  shortDay: (date: string) => string;
  /** `Mo 9.`, for a chart. */
  tinyDay: (date: string) => string;
  /** `a, b und c`. */
  list: (items: string[]) => string;
}

const NONE = "–";

export function createFormats(language: Language): Formats {
  const locale = LOCALE[language];
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }); // a date is read as midnight there
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

  const known = (write: (value: number) => string) => (value: number | null) => (value === null ? NONE : write(value));
  const change = (difference: number) => `${signOf(difference)}${changes.format(Math.abs(difference))}`;
  return {
    percent: known((rate) => exact.format(rate / 100)),
    wholePercent: known((rate) => whole.format(rate / 100)),
    count: known((count) => counts.format(count)),
    change: known(change),
    pointsChange: known((points) =>
      together(`${change(points)} ${REPORT_TEXTS[language].points(Math.abs(points) === 1)}`),
    ),
    // With the spaces that everybody has on the keyboard, so that a subject can be searched for.
    dates: (from, to) => range.formatRange(new Date(from), new Date(to)).replaceAll("\u2009", " "),
    day: (day) => days.format(new Date(day)),
    shortDay: (day) => together(`${weekdays.format(new Date(day))} ${shortDates.format(new Date(day))}`),
    tinyDay: (day) => `${weekdays.format(new Date(day))} ${dayOfMonth(new Date(day).getUTCDate())}`,
    list: (items) => lists.format(items),
  };
}

/** On one line, also where a column is narrow. */
const together = (text: string): string => text.replaceAll(" ", "\u00a0");

function signOf(difference: number): string {
  if (difference === 0) return "±";
  return difference > 0 ? "+" : "−";
}
