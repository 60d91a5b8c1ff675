import { config } from "../../config/config.ts";
import { AppError, fieldError } from "../../errors.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { calendarDate, calendarMonth } from "../../http/fields.ts";
import { newestEnded, type Period, periodOfDate } from "../../time/periods.ts";
import type { Evaluated } from "../evaluation/period-results.ts";

/** What readers ask for: whose results, and of which period. */

/** The parameters that name a period. */
export const ofPeriod = { week: calendarDate.optional(), month: calendarMonth.optional() };

/** Whose data is asked for: a user's token means that user, the operator has to say. */
export function subject(caller: Caller, userId: string | undefined): string {
  const wanted = userId ?? (caller.role === "user" ? caller.userId : undefined);
  if (wanted === undefined) {
    throw fieldError("invalid-parameter", { field: "userId", expected: "the id of a user", got: "nothing" });
  }
  requireSelf(caller, wanted);
  return wanted;
}

/** The kind of period that is asked for: a week, unless a month is named. */
export function wantedKind({ week, month }: { week?: string | undefined; month?: string | undefined }): Evaluated {
  if (week !== undefined && month !== undefined) {
    throw fieldError("invalid-parameter", { field: "month", expected: "either week or month", got: "both" });
  }
  return month === undefined ? "week" : "month";
}

/** The period that a local date lies in; without one, the newest that has ended. */
export function wantedPeriod(kind: Evaluated, date: string | undefined, now: Date): Period {
  const { timeZone } = config();
  return date === undefined ? newestEnded(kind, now, timeZone) : periodOfDate(kind, date, timeZone);
}

/** The error (404) of a period that is not evaluated, or not for this user. */
export function notEvaluated(kind: Evaluated, { start }: Period, userId?: string): AppError {
  const whose = userId === undefined ? "" : ` of user ${userId}`;
  return new AppError("not-found", `no result${whose} for the ${kind} from ${start.toISOString()}`);
}
