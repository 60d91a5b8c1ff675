import type { GroupMetrics } from "../metrics/report-queries.ts";
import type { Bar } from "./chart.ts";
import type { Formats } from "./formats.ts";

/** A day as a bar of the chart. What was sold is no more than what was completed, and nothing where an import does not say. Pure. */
export function dayBar(day: GroupMetrics, { tinyDay, wholePercent }: Formats): Bar {
  const sold = Math.min(day.sold ?? 0, day.completed);
  return {
    label: tinyDay(day.group),
    rate: wholePercent(day.showRate),
    parts: {
      sold,
      completed: day.completed - sold,
      missed: day.noShows + day.ghosts,
      cancelled: day.cancelled + day.rescheduled,
      overhang: day.overhang,
    },
  };
}
