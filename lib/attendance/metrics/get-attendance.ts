import * as z from "zod";
import { config } from "../../config/config.ts";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { precedingRange } from "../../time/dates.ts";
import { localDate } from "../../time/periods.ts";
import { attendance, groupBy } from "../response-schemas.ts";
import { parseDateRange, rangeQuery } from "./query-range.ts";
import { computeTrend, type GroupMetrics, loadGroupMetrics, loadTotalMetrics } from "./report-queries.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const getAttendance = operation({
  id: "getAttendance",
  method: "GET",
  path: "/api/tracking/metrics",
  access: viewers,
  summary: "Shows the attendance in groups and as a whole, with the trend against the range before.",
  query: z.strictObject({ ...rangeQuery, groupBy: groupBy.default("day") }),
  responses: { 200: { description: "The attendance.", schema: attendance } },
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
      timezone: zone,
      groupBy: query.groupBy,
      ...current,
      previous,
      trend: computeTrend(current, previous),
      groups: query.groupBy === "weekday" ? groups.map(addWeekdayName) : groups,
    };
  },
});

const addWeekdayName = (group: GroupMetrics) => ({ ...group, label: WEEKDAYS[Number(group.group)] });
