import { addDays } from "../../routing/dates.ts";

export type Grouping = "day" | "week" | "month";

/** Groups a span so that the chart shows neither too few points nor too many. Pure. */
export function groupingOf(days: number): Grouping {
  if (days <= 31) return "day";
  return days <= 186 ? "week" : "month";
}

/** How many groups at the end contain a day that is not final. A week or month is not final until its last day is. Pure. */
export function provisionalGroups(
  groups: readonly string[],
  grouping: Grouping,
  to: string,
  lastFinal: string | null,
): number {
  const ends = groups.map((group, nth) => {
    const next = groups[nth + 1];
    if (grouping === "day") return group;
    return next === undefined ? to : addDays(next.length === 7 ? `${next}-01` : next, -1);
  });
  return ends.filter((end) => lastFinal === null || end > lastFinal).length;
}
