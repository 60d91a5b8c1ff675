import { fieldError } from "../../errors.ts";
import { calendarDate } from "../../http/fields.ts";
import { addDays, countDays, type DateRange } from "../../time/dates.ts";

const DEFAULT_DAYS = 30;

/** The longest range of a query or of a backfill. */
export const MAX_RANGE_DAYS = 3_660;

/** The parameters of a date range. */
export const rangeQuery = {
  from: calendarDate
    .optional()
    .meta({ description: `The first local date; ${DEFAULT_DAYS - 1} days before \`to\` by default.` }),
  to: calendarDate.optional().meta({ description: "The last local date, included; today by default." }),
};

/**
 * Reads the date range of a query. The default is the last 30 days up to `today`.
 * @param today The local date.
 * @throws AppError `invalid-parameter` for a range that ends before it starts, or has more than 3,660 days.
 */
export function parseDateRange(
  query: { from?: string | undefined; to?: string | undefined },
  today: string,
): DateRange {
  const to = query.to ?? today;
  const from = query.from ?? addDays(to, 1 - DEFAULT_DAYS);
  const days = countDays(from, to);
  if (days >= 1 && days <= MAX_RANGE_DAYS) return { from, to };
  const expected = `a date before ${to} by at most ${MAX_RANGE_DAYS} days`;
  throw fieldError("invalid-parameter", { field: "from", expected, got: from });
}
