/** Formats numbers, dates and instants for a language. */

export interface Format {
  /** @param digits Exact number of decimals; default 0. */
  number(value: number, digits?: number): string;
  /** @param value In percent, as in the API: 12.5 is 12.5 %. */
  percent(value: number | null): string;
  /** At most two units: `850 ms`, `2.3 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
  duration(ms: number | null): string;
  /** To the second. This and the next two use the zone given to `formatOf`. */
  instant(iso: string): string;
  minute(iso: string): string;
  time(iso: string): string;
  /** @param date `YYYY-MM-DD` */
  day(date: string): string;
  /** The day of an instant in a zone. */
  dayOf(iso: string, zone: string): string;
  /** The month of an instant in a zone. */
  monthOf(iso: string, zone: string): string;
  /** 0 is Monday. */
  weekday(day: number): string;
}

/** Shown for unknown values. */
export const NONE = "–";

/** @param zone The IANA zone of instants; by default the browser's. */
export function formatOf(language: string, zone?: string): Format {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const at = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const instants = at({ ...DAY_AND_MINUTE, second: "2-digit", timeZone: zone });
  const minutes = at({ ...DAY_AND_MINUTE, timeZone: zone });
  const times = at({ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone });
  const days = at({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const weekdays = at({ weekday: "short", timeZone: "UTC" });
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  return {
    number,
    percent: (value) =>
      value === null
        ? NONE
        : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value / 100),
    duration: (ms) => {
      if (ms === null) return NONE;
      if (ms < 0) return `−${formatOf(language).duration(-ms)}`;
      if (ms > 0 && ms < 1_000) return `${number(ms)} ms`;
      if (ms < MINUTE) return `${number(ms / 1_000, ms % 1_000 > 0 && ms < 10_000 ? 1 : 0)} s`;
      const day = language === "de" ? "T" : "d";
      const [large, small] =
        ms < HOUR ? [MINUTES, SECONDS] : ms < DAY ? [HOURS, MINUTES] : [{ name: day, ms: DAY }, HOURS];
      const rest = Math.floor((ms % large.ms) / small.ms);
      const whole = `${number(Math.floor(ms / large.ms))} ${large.name}`;
      return rest > 0 ? `${whole} ${rest} ${small.name}` : whole;
    },
    instant: (iso) => instants.format(new Date(iso)),
    minute: (iso) => minutes.format(new Date(iso)),
    time: (iso) => times.format(new Date(iso)),
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    dayOf: (iso, zone) => at({ day: "numeric", month: "short", timeZone: zone }).format(new Date(iso)),
    monthOf: (iso, zone) => at({ month: "short", year: "numeric", timeZone: zone }).format(new Date(iso)),
    // 1 January 2024 was a Monday.
    weekday: (day) => weekdays.format(new Date(Date.UTC(2024, 0, 1 + day))),
  };
}

const DAY_AND_MINUTE = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const SECONDS = { name: "s", ms: 1_000 };
const MINUTES = { name: "min", ms: MINUTE };
const HOURS = { name: "h", ms: HOUR };
