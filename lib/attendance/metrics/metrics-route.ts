import * as z from "zod";
import { config } from "../../config/config.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate } from "../../http/fields.ts";
import { precedingRange } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";
import { parseDateRange } from "./query-range.ts";
import { computeTrend, GROUP_NAMES, type GroupMetrics, loadGroupMetrics, loadTotalMetrics } from "./report-queries.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** `GET /api/tracking/metrics?from&to&groupBy`: attendance in groups and as a whole, with the trend against the range before. */
export const trackingMetricsRoute = defineRoute({
  GET: method({
    summary: "Attendance in groups and as a whole, with the trend against the range before.",
    query: z.strictObject({
      from: calendarDate.optional(),
      to: calendarDate.optional(),
      groupBy: z.enum(GROUP_NAMES, { error: `one of ${GROUP_NAMES.join(", ")}` }).default("day"),
    }),
    handle: async ({ db, query, now }) => {
      const { zone } = config().tracking;
      const today = localDate(now, zone);
      const range = parseDateRange(query, today);
      const [groups, current, previous] = await Promise.all([
        loadGroupMetrics(db, range, query.groupBy),
        loadTotalMetrics(db, range, today),
        loadTotalMetrics(db, precedingRange(range), today),
      ]);
      return {
        status: "ok",
        timezone: zone,
        groupBy: query.groupBy,
        ...current,
        previous,
        trend: computeTrend(current, previous),
        groups: query.groupBy === "weekday" ? groups.map(addWeekdayName) : groups,
      };
    },
  }),
});

const addWeekdayName = (group: GroupMetrics) => ({ ...group, label: WEEKDAYS[Number(group.group)] });
