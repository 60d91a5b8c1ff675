import type { JSX } from "preact";
import type { Attendance } from "../../../client/generated/types.ts";
import { LineChart } from "../../ui/charts/line-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { attendanceWords } from "./words.ts";

type Grouping = "day" | "week" | "month";

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
    return next === undefined ? to : dayBefore(next.length === 7 ? `${next}-01` : next);
  });
  return ends.filter((end) => lastFinal === null || end > lastFinal).length;
}

const dayBefore = (date: string): string => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);

interface Props {
  figures: Attendance;
  lastFinal: string | null;
}

/** The rates over time; what is not final yet is dashed. */
export function Rates({ figures: { groups, groupBy, to, days }, lastFinal }: Props): JSX.Element {
  const { format } = useLocale();
  const w = useWords(attendanceWords);
  if (groups.length === 0) {
    return (
      <EmptyState icon="calendar" title={w.empty}>
        {w.emptyNote}
      </EmptyState>
    );
  }
  const names = groups.map(({ group }) => group);
  return (
    <>
      <LineChart
        title={w.overTime}
        labels={names.map((name) => (name.length === 7 ? format.month(name) : name))}
        value={(value) => format.percent(value)}
        height={220}
        provisional={provisionalGroups(names, groupBy as Grouping, to, lastFinal)}
        noteOf={(place) => w.appointmentsOf(format.number(groups[place]?.totalSlots ?? 0))}
        lines={(["showRate", "noShowRate", "successRate"] as const).map((rate) => ({
          label: w.rates[rate],
          values: groups.map((group) => group[rate]),
        }))}
      />
      {days.unread.length > 0 && <p class="hint-text">{w.notRead(format.number(days.days - days.read))}</p>}
    </>
  );
}
