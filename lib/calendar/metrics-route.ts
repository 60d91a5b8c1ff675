import * as z from "zod";
import { config } from "../config.ts";
import { fieldError } from "../errors.ts";
import { requireAdmin } from "../http/caller.ts";
import { defineRoute, method } from "../http/define-route.ts";
import { calendarDate } from "../http/fields.ts";
import { localDate } from "../time.ts";
import { addDays, daysFrom } from "./dates.ts";
import { figuresOfGroups, figuresOfSpan, GROUP_NAMES, type Group, spanBefore, trendOf } from "./metrics.ts";

const USUAL_DAYS = 30;
const LONGEST_DAYS = 3_660;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** `GET /api/tracking/metrics?from&to&groupBy`: attendance in groups, as a whole, and against the span before. */
export const trackingMetricsRoute = defineRoute({
  GET: method({
    query: z.strictObject({
      from: calendarDate.optional(),
      to: calendarDate.optional(),
      groupBy: z.enum(GROUP_NAMES, { error: `one of ${GROUP_NAMES.join(", ")}` }).default("day"),
    }),
    handle: async ({ db, caller, query, now }) => {
      requireAdmin(caller);
      const { zone } = config().tracking;
      const today = localDate(now, zone);
      const to = query.to ?? today;
      const span = { from: query.from ?? addDays(to, 1 - USUAL_DAYS), to };
      requireSpan(span.from, to);
      const [groups, total, previous] = await Promise.all([
        figuresOfGroups(db, span, query.groupBy),
        figuresOfSpan(db, span, today),
        figuresOfSpan(db, spanBefore(span), today),
      ]);
      return {
        status: "ok",
        timezone: zone,
        groupBy: query.groupBy,
        ...total,
        previous,
        trend: trendOf(total, previous),
        groups: query.groupBy === "weekday" ? groups.map(named) : groups,
      };
    },
  }),
});

/** @throws AppError `invalid-parameter` for days in the wrong order, and for more of them than anybody has. */
function requireSpan(from: string, to: string): void {
  const days = daysFrom(from, to);
  if (days >= 1 && days <= LONGEST_DAYS) return;
  const expected = `a date before ${to} by at most ${LONGEST_DAYS} days`;
  throw fieldError("invalid-parameter", { field: "from", expected, got: from });
}

const named = (group: Group) => ({ ...group, label: WEEKDAYS[Number(group.group)] });
