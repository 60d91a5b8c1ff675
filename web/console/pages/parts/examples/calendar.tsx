import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Calendar } from "../../../ui/calendar/calendar.tsx";
import type { CalendarEntry, SlotState } from "../../../ui/calendar/entries.ts";
import { SlotLegend } from "../../../ui/calendar/legend.tsx";
import { instantAt } from "../../../ui/calendar/wall-time.ts";
import { useLocale } from "../../../ui/locale.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";

const WEEK = ["30", "01", "02", "03", "04", "05", "06"].map((day) => `2026-${day === "30" ? "11" : "12"}-${day}`);

const SLOTS: [day: number, hour: number, state: SlotState, title: string, note: string, column?: string][] = [
  [0, 8, "booked", "Nils Albers", "Attended"],
  [0, 9, "full", "Group strength", "8 of 8"],
  [1, 9, "booked", "Group strength", "7 of 8", "ben"],
  [1, 10, "free", "free", "1 place", "ben"],
  [1, 9, "booked", "Aylin’s group", "3 of 8", "aylin"],
  [1, 14, "full", "Group strength", "8 of 8 · full", "aylin"],
  [1, 16, "held", "on hold", "7 min left", "ben"],
  [2, 9, "conflict", "Ida Brandt", "closed day"],
  [3, 13, "blocked", "Blocked", "Dentist"],
  [3, 14, "withdrawn", "Group strength", "3 kept, off sale"],
  [3, 16, "request", "Eva Conrad", "Request"],
  [4, 9, "booked", "Half an hour", "Massage"],
];

const LEGEND: [SlotState, string][] = [
  ["free", "free"],
  ["booked", "booked"],
  ["full", "full"],
  ["request", "request"],
  ["held", "on hold"],
  ["conflict", "conflict"],
  ["withdrawn", "withdrawn"],
  ["blocked", "blocked"],
];

function useEntries(byColumn: boolean): CalendarEntry[] {
  const { zone } = useLocale();
  return SLOTS.flatMap(([day, hour, state, title, note, column], nth) => {
    const at = (time: number) => instantAt(`${WEEK[day]}T${String(time).padStart(2, "0")}:00:00`, zone);
    const half = (time: number) => instantAt(`${WEEK[day]}T${String(time).padStart(2, "0")}:30:00`, zone);
    if (byColumn && (day !== 1 || column === undefined)) return [];
    const entry = {
      id: `slot-${nth}`,
      start: at(hour),
      end: day === 4 ? half(hour) : at(hour + 1),
      state,
      title,
      note,
      past: day === 0,
    };
    return [byColumn ? { ...entry, column } : entry];
  });
}

export function WeekOfAProvider(): JSX.Element {
  const toast = useToast();
  const [selected, setSelected] = useState<string | undefined>("slot-7");
  const [day, setDay] = useState("2026-12-01");
  return (
    <div class="edge">
      <Calendar
        label="Week of Ben Krause"
        entries={useEntries(false)}
        days={WEEK}
        hours={{ from: 7, to: 19 }}
        open={WEEK.slice(0, 5).map((date) => ({ date, from: "08:00", to: "18:00" }))}
        blocked={[{ date: "2026-12-02", from: "07:00", to: "19:00" }]}
        noteOf={(date) => (date === "2026-12-02" ? { text: "6 in conflict", bad: true } : { text: "4 booked" })}
        selected={selected}
        onSelect={setSelected}
        onMove={(_id, start) => toast({ text: `Ask whom to notify, then move to ${start}.` })}
        day={day}
        onDay={setDay}
      />
      <SlotLegend states={LEGEND} />
    </div>
  );
}

export function DayOfAll(): JSX.Element {
  return (
    <div class="edge">
      <Calendar
        label="Tuesday, all providers"
        entries={useEntries(true)}
        days={["2026-12-01"]}
        columns={[
          { id: "aylin", title: "Aylin Demir", note: "72% booked" },
          { id: "ben", title: "Ben Krause", note: "6 in conflict" },
        ]}
        hours={{ from: 8, to: 18 }}
        onSelect={() => undefined}
        day="2026-12-01"
        onDay={() => undefined}
      />
    </div>
  );
}
