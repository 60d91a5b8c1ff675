import * as z from "zod";
import { config } from "../../config/config.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate } from "../../http/fields.ts";
import { localDate } from "../../time/periods.ts";
import { parseDateRange } from "./query-range.ts";
import {
  computeTrend,
  GROUP_NAMES,
  type GroupMetrics,
  loadGroupMetrics,
  loadTotalMetrics,
  precedingRange,
} from "./report-queries.ts";

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
      const span = parseDateRange(query, today);
      const [groups, total, previous] = await Promise.all([
        loadGroupMetrics(db, span, query.groupBy),
        loadTotalMetrics(db, span, today),
        loadTotalMetrics(db, precedingRange(span), today),
      ]);
      return {
        status: "ok",
        timezone: zone,
        groupBy: query.groupBy,
        ...total,
        previous,
        trend: computeTrend(total, previous),
        groups: query.groupBy === "weekday" ? groups.map(named) : groups,
      };
    },
  }),
});

const named = (group: GroupMetrics) => ({ ...group, label: WEEKDAYS[Number(group.group)] });
