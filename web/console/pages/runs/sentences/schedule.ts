import { type Language, list } from "./language.ts";

/** When a job runs, in words. */
export interface ScheduleWords {
  /** "Mondays 00:00", "every 15 minutes". */
  main: string;
  /** Its other firings: "retried at 01:05, 07:05, 13:05 if needed". */
  others: string | undefined;
}

/** A firing of a cron that repeats: the minute of the day, and on which days. */
interface Firing {
  minute: number;
  /** 0 is Sunday; undefined for every day. */
  weekday: number | undefined;
}

/**
 * Says when the crons of a job fire, in a zone.
 * @param expressions Crons of five fields, in UTC, as in `vercel.json`.
 * @param period What the job evaluates: crons before its end are early, and those after the first are retries.
 * @param now Decides which offset of the zone counts.
 */
export function describeSchedule(
  expressions: readonly string[],
  period: "week" | "month" | undefined,
  zone: string,
  now: Date,
  language: Language,
): ScheduleWords {
  const words = WORDS[language];
  const interval = expressions.map(intervalOf).find((minutes) => minutes !== undefined);
  if (interval !== undefined) return { main: words.every(interval), others: undefined };
  const hourly = expressions.map((expression) => /^(\d+) \* \* \* \*$/.exec(expression)?.[1]).find(Boolean);
  if (hourly !== undefined) return { main: words.hourly(hourly.padStart(2, "0")), others: undefined };
  const offset = offsetMinutes(now, zone);
  if (period !== undefined) return describePeriod(expressions, period, offset, language);
  const firings = expressions.flatMap((expression) => weeklyFirings(expression, offset));
  const daily = firings.filter(({ weekday }) => weekday === undefined);
  const weekly = firings.filter(({ weekday }) => weekday !== undefined);
  const onDays = weekly.map(({ weekday, minute }) => `${words.weekdays[weekday as number]} ${clock(minute)}`);
  if (daily.length === 0) return { main: list(onDays, language), others: undefined };
  const times = list(
    daily.map(({ minute }) => clock(minute)),
    language,
  );
  return { main: words.daily(times), others: onDays.length === 0 ? undefined : words.also(list(onDays, language)) };
}

function describePeriod(
  expressions: readonly string[],
  period: "week" | "month",
  offset: number,
  language: Language,
): ScheduleWords {
  const words = WORDS[language];
  const minutes = expressions
    .flatMap((expression) =>
      period === "week" ? minutesOnMonday(expression, offset) : minutesOnFirst(expression, offset),
    )
    .sort((a, b) => a - b);
  const [first, ...retries] = minutes.map(clock);
  if (first === undefined) return { main: list(expressions, language), others: undefined };
  const main = period === "week" ? `${words.weekdays[1]} ${first}` : words.firstOfMonth(first);
  return { main, others: retries.length === 0 ? undefined : words.retried(retries.join(", ")) };
}

/** The firings on a local Monday, the first day after a week. */
function minutesOnMonday(expression: string, offset: number): number[] {
  return weeklyFirings(expression, offset).flatMap(({ weekday, minute }) => (weekday === 1 ? [minute] : []));
}

/** The firings on the first local day of a month. Crons on the last days of a month count as on its last day. */
function minutesOnFirst(expression: string, offset: number): number[] {
  const [minute = "", hours = "", days = ""] = expression.split(" ");
  const isLastDay = days.startsWith("28");
  return hours.split(",").flatMap((hour) => {
    const local = (isLastDay ? -DAY : 0) + Number(hour) * 60 + Number(minute) + offset;
    return local >= 0 && local < DAY ? [local] : [];
  });
}

const DAY = 1440;

/** The firings of a cron in local time. A cron may name hours and one weekday. */
function weeklyFirings(expression: string, offset: number): Firing[] {
  const [minute = "", hours = "", , , weekday = "*"] = expression.split(" ");
  return hours.split(",").map((hour) => {
    const local = Number(hour) * 60 + Number(minute) + offset;
    const shift = Math.floor(local / DAY);
    return {
      minute: local - shift * DAY,
      weekday: weekday === "*" ? undefined : (Number(weekday) + shift + 7) % 7,
    };
  });
}

const intervalOf = (expression: string): number | undefined => {
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(expression)?.[1];
  return minutes === undefined ? undefined : Number(minutes);
};

/** How far a zone is ahead of UTC, in minutes. */
export function offsetMinutes(instant: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(instant);
  const offset = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
  if (offset === null) return 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const en = {
  weekdays: ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"],
  every: (minutes: number): string => `every ${minutes} minutes`,
  hourly: (minute: string): string => `every hour at :${minute}`,
  daily: (times: string): string => `daily ${times}`,
  also: (days: string): string => `and ${days}`,
  firstOfMonth: (time: string): string => `on the 1st, ${time}`,
  retried: (times: string): string => `retried at ${times} if needed`,
};

const de: typeof en = {
  weekdays: ["sonntags", "montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags"],
  every: (minutes) => `alle ${minutes} Minuten`,
  hourly: (minute) => `stündlich um :${minute}`,
  daily: (times) => `täglich ${times}`,
  also: (days) => `und ${days}`,
  firstOfMonth: (time) => `am 1. um ${time}`,
  retried: (times) => `bei Bedarf noch einmal um ${times}`,
};

const WORDS = { en, de };
