import { fieldError } from "../../errors.ts";
import { addDays, countDays } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** The days of a report in the site's zone (`YYYY-MM-DD`, both included), and the interval of its time series. */
export interface ReportRange {
  from: string;
  to: string;
  interval: Interval;
}

const DEFAULT_DAYS = 30;
const MAX_DAYS = 3_660;
/** A longer time series by the hour would have too many points. */
const MAX_HOURLY_DAYS = 62;

/**
 * Completes the range of a request: by default the last 30 days, and by the hour for two days or less.
 * @throws AppError `invalid-parameter` if the days are in the wrong order, or more than a time series can show.
 */
export function resolveRange(
  query: { [Part in keyof ReportRange]?: ReportRange[Part] | undefined },
  now: Date,
  zone: string,
): ReportRange {
  const to = query.to ?? localDate(now, zone);
  const from = query.from ?? addDays(to, 1 - DEFAULT_DAYS);
  const days = countDays(from, to);
  const interval = query.interval ?? (days <= 2 ? "hour" : "day");
  const maxDays = interval === "hour" ? MAX_HOURLY_DAYS : MAX_DAYS;
  if (days >= 1 && days <= maxDays) return { from, to, interval };
  const expected = `a date before ${to} by at most ${maxDays} days (interval ${interval})`;
  throw fieldError("invalid-parameter", { field: "from", expected, got: from });
}
