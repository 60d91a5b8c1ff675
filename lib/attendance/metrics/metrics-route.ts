import * as z from "zod";
import { config } from "../../config/config.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate } from "../../http/fields.ts";
import { localDate } from "../../time/periods.ts";
import { askedSpan } from "./query-range.ts";
import { figuresOfGroups, figuresOfSpan, GROUP_NAMES, type Group, spanBefore, trendOf } from "./report-queries.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** `GET /api/tracking/metrics?from&to&groupBy`: attendance in groups, as a whole, and against the span before. */
export const trackingMetricsRoute = defineRoute({
  GET: method({
    summary: "The attendance in groups, as a whole, and against the span before.",
    query: z.strictObject({
      from: calendarDate.optional(),
      to: calendarDate.optional(),
      groupBy: z.enum(GROUP_NAMES, { error: `one of ${GROUP_NAMES.join(", ")}` }).default("day"),
    }),
    handle: async ({ db, query, now }) => {
      const { zone } = config().tracking;
      const today = localDate(now, zone);
      const span = askedSpan(query, today);
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

const named = (group: Group) => ({ ...group, label: WEEKDAYS[Number(group.group)] });
