import { Temporal } from "temporal-polyfill";
import { fieldError } from "../../errors.ts";
import { localDate } from "../../time/periods.ts";

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** Days of a site's that are looked at, both included, `YYYY-MM-DD`, and how finely. */
export interface Span {
  from: string;
  to: string;
  interval: Interval;
}

const USUAL_DAYS = 30;
const LONGEST_DAYS = 3_660;
/** By the hour a series gets long. */
const LONGEST_HOURLY_DAYS = 62;

/**
 * The days asked for; without a question the last 30, and by the hour for two days or less.
 * @throws AppError `invalid-parameter` for days in the wrong order, and for more of them than a series can show.
 */
export function spanOf(asked: { [Part in keyof Span]?: Span[Part] | undefined }, now: Date, zone: string): Span {
  const to = asked.to ?? localDate(now, zone);
  const last = Temporal.PlainDate.from(to);
  const from = asked.from ?? last.subtract({ days: USUAL_DAYS - 1 }).toString();
  const days = Temporal.PlainDate.from(from).until(last).days + 1;
  const interval = asked.interval ?? (days <= 2 ? "hour" : "day");
  const most = interval === "hour" ? LONGEST_HOURLY_DAYS : LONGEST_DAYS;
  if (days >= 1 && days <= most) return { from, to, interval };
  const expected = `a date before ${to} by at most ${most} days (interval ${interval})`;
  throw fieldError("invalid-parameter", { field: "from", expected, got: from });
}
