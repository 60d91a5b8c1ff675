/** Formats numbers, dates and instants for a language and a time zone. */

export interface Format {
  /** @param digits Exact number of decimals; default 0. */
  number(value: number, digits?: number): string;
  /** @param value In percent, as in the API: 12.5 is 12.5%. */
  percent(value: number | null | undefined, digits?: number): string;
  /** @param cents The amount in hundredths. */
  money(cents: number, currency?: string): string;
  /** At most two units: `850 ms`, `2.3 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
  duration(ms: number | null | undefined): string;
  /** `12 minutes ago`, `in 5 days`, of the largest unit that fits. */
  relative(iso: string, now?: Date): string;
  /** `14:05` */
  time(iso: string): string;
  /** `14:05:09` */
  seconds(iso: string): string;
  /** `Tue 1 Dec, 14:05`; with the year if it is not this one. */
  dateTime(iso: string, now?: Date): string;
  /** `Tuesday 1 December 2026, 14:05` */
  longDateTime(iso: string): string;
  /** The day of an instant: `Tue 1 Dec`. */
  dayOf(iso: string): string;
  /** The date of an instant, as `YYYY-MM-DD`. */
  dateOf(iso: string): string;
  /** `Tue 1 Dec` @param date `YYYY-MM-DD`, as the following. */
  day(date: string): string;
  /** `1 Dec` */
  shortDay(date: string): string;
  /** `Tuesday 1 December 2026` */
  longDay(date: string): string;
  /** `23 – 29 November 2026` */
  range(from: string, to: string): string;
  /** `Mon` @param day 0 is Monday. */
  weekday(day: number): string;
  /** `December 2026` @param month `YYYY-MM` or a date in it. */
  month(month: string): string;
}

/** Shown for unknown values. */
export const NONE = "–";

export function formatOf(language: "de" | "en", zone: string): Format {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const at = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options });
    return (iso: string) => plain(made.format(new Date(iso)), language);
  };
  // A date has no zone: read it and write it in the same one.
  const on = (options: Intl.DateTimeFormatOptions) => {
    const write = at({ timeZone: "UTC", ...options });
    return (date: string) => write(`${date.slice(0, 10)}T00:00:00Z`);
  };
  const ranges = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const isoDates = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const dateTimes = at({ ...DAY, ...TIME });
  const yearDateTimes = at({ ...DAY, year: "numeric", ...TIME });
  const weekdays = on({ weekday: "short" });
  const months = on({ month: "long", year: "numeric" });
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const dateOf = (iso: string) => isoDates.format(new Date(iso));
  return {
    number,
    percent: (value, digits = 1) =>
      value === null || value === undefined
        ? NONE
        : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(value / 100),
    money: (cents, currency = "EUR") =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(cents / 100),
    duration: (ms) => (ms === null || ms === undefined ? NONE : durationOf(ms, number, language)),
    relative: (iso, now = new Date()) => {
      const seconds = (new Date(iso).getTime() - now.getTime()) / 1_000;
      const [unit, length] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? (["second", 1] as const);
      return relatives.format(Math.trunc(seconds / length), unit);
    },
    time: at(TIME),
    seconds: at({ ...TIME, second: "2-digit" }),
    dateTime: (iso, now = new Date()) =>
      (dateOf(iso).slice(0, 4) === dateOf(now.toISOString()).slice(0, 4) ? dateTimes : yearDateTimes)(iso),
    longDateTime: at({ ...LONG_DAY, ...TIME }),
    dayOf: at(DAY),
    dateOf,
    day: on(DAY),
    shortDay: on({ day: "numeric", month: "short" }),
    longDay: on(LONG_DAY),
    range: (from, to) => ranges.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)),
    // 1 January 2024 was a Monday.
    weekday: (day) => weekdays(`2024-01-0${1 + day}`),
    month: (month) => months(`${month.slice(0, 7)}-01`),
  };
}

/** Dates without needless signs: `Tue 1 Dec, 14:05` and `Di, 1. Dez., 14:05`. */
function plain(text: string, language: string): string {
  return language === "en"
    ? text.replace(/^(\p{L}+),/u, "$1").replace(" at ", ", ")
    : text.replace(/^(\p{L}+)\.,/u, "$1,").replace(" um ", ", ");
}

const TIME = { hour: "2-digit", minute: "2-digit" } as const;
const DAY = { weekday: "short", day: "numeric", month: "short" } as const;
const LONG_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

function durationOf(ms: number, number: (value: number, digits?: number) => string, language: string): string {
  if (ms < 0) return `−${durationOf(-ms, number, language)}`;
  if (ms > 0 && ms < 1_000) return `${number(ms)} ms`;
  if (ms < 60_000) return `${number(ms / 1_000, ms % 1_000 > 0 && ms < 10_000 ? 1 : 0)} s`;
  const [large, small] = LENGTHS.find(([, , least]) => ms >= least) ?? LENGTHS[2];
  const [largeMs, smallMs] = [NAMES[large].ms, NAMES[small].ms];
  const rest = Math.floor((ms % largeMs) / smallMs);
  const whole = `${number(Math.floor(ms / largeMs))} ${NAMES[large][language === "de" ? "de" : "en"]}`;
  return rest > 0 ? `${whole} ${rest} ${NAMES[small][language === "de" ? "de" : "en"]}` : whole;
}

const NAMES = {
  second: { ms: 1_000, en: "s", de: "s" },
  minute: { ms: 60_000, en: "min", de: "min" },
  hour: { ms: 3_600_000, en: "h", de: "h" },
  day: { ms: 86_400_000, en: "d", de: "T" },
} as const;

const LENGTHS = [
  ["day", "hour", 86_400_000],
  ["hour", "minute", 3_600_000],
  ["minute", "second", 60_000],
] as const;
