import type { JSX } from "preact";
import type { Attendance } from "../../../client/generated/types.ts";
import { LineChart } from "../../ui/charts/line-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { type Grouping, provisionalGroups } from "./groups.ts";
import { attendanceWords } from "./words.ts";

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
