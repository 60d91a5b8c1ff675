import { fieldError } from "../../errors.ts";
import { addDays, countDays } from "../../time/dates.ts";
import type { DateRange } from "./report-queries.ts";

const USUAL_DAYS = 30;
const LONGEST_DAYS = 3_660;

/**
 * The days asked for; without a question the last 30 up to `today`, a local date.
 * @throws AppError `invalid-parameter` for days in the wrong order, and for more of them than anybody has.
 */
export function parseDateRange(
  asked: { from?: string | undefined; to?: string | undefined },
  today: string,
): DateRange {
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - USUAL_DAYS);
  const days = countDays(from, to);
  if (days >= 1 && days <= LONGEST_DAYS) return { from, to };
  const expected = `a date before ${to} by at most ${LONGEST_DAYS} days`;
  throw fieldError("invalid-parameter", { field: "from", expected, got: from });
}
