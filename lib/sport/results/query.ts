import { config } from "../../config/config.ts";
import { AppError, fieldError } from "../../errors.ts";
import { type Caller, requireSelf } from "../../http/caller.ts";
import { calendarDate, calendarMonth } from "../../http/fields.ts";
import { newestEnded, type Period, periodOfDate } from "../../time/periods.ts";
import type { EvaluationKind } from "../evaluation/period-results.ts";

/** Interprets the query parameters of the read endpoints: which user, and which period. */

/** The parameters that name a period. */
export const periodParameters = { week: calendarDate.optional(), month: calendarMonth.optional() };

/** The user that a request names, or the user of the caller's token; undefined if an operator names none. */
export const namedUser = (caller: Caller, userId: string | undefined): string | undefined =>
  userId ?? (caller.kind === "user" ? caller.userId : undefined);

/** The user whose data a request reads. @throws AppError 400 if an operator names none, 403 if it is another user. */
export function requireUserId(caller: Caller, userId: string | undefined): string {
  const id = namedUser(caller, userId);
  if (id === undefined) {
    throw fieldError("invalid-parameter", { field: "userId", expected: "the id of a user", got: "nothing" });
  }
  requireSelf(caller, id);
  return id;
}

/** A month if the query names one, otherwise a week. @throws AppError 400 if it names both. */
export function queriedKind({
  week,
  month,
}: {
  week?: string | undefined;
  month?: string | undefined;
}): EvaluationKind {
  if (week !== undefined && month !== undefined) {
    throw fieldError("invalid-parameter", { field: "month", expected: "either week or month", got: "both" });
  }
  return month === undefined ? "week" : "month";
}

/** The period that contains a local date; without a date, the newest period that has ended. */
export function queriedPeriod(kind: EvaluationKind, date: string | undefined, now: Date): Period {
  const { timeZone } = config();
  return date === undefined ? newestEnded(kind, now, timeZone) : periodOfDate(kind, date, timeZone);
}

/** The error 404 for a period that has not been evaluated, or has no result for this user. */
export function notEvaluated(kind: EvaluationKind, { start }: Period, userId?: string): AppError {
  const ofUser = userId === undefined ? "" : ` of user ${userId}`;
  return new AppError("not-found", `no result${ofUser} for the ${kind} from ${start.toISOString()}`);
}
