import type { JSX } from "preact";
import type { SlotDay } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { useUi } from "../ui/context.tsx";
import { heatOf } from "../ui/heat.ts";
import { Empty } from "../ui/panel.tsx";
import { Scrolling } from "../ui/table.tsx";

/** The slots of each day in weeks. The fuller a day, the darker; the scale starts steep, so that first bookings show. */
export function WeekGrid({ days }: { days: SlotDay[] }): JSX.Element {
  const { words, format } = useUi();
  const w = words.slots;
  if (days.every(({ slots }) => slots === 0)) return <Empty>{w.noSlots}</Empty>;
  return (
    <>
      <p class="small">{w.gridLegend}</p>
      <Scrolling label={w.calendar}>
        <table class="grid">
          <caption class="unseen">{w.calendar}</caption>
          <thead>
            <tr>
              {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
                <th key={weekday} scope="col">
                  {format.weekday(weekday)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(days).map((week, nth) => (
              <tr key={nth}>
                {week.map((day, weekday) => (
                  <td
                    key={weekday}
                    class={day && heatOf(day.capacity === 0 ? null : Math.sqrt(day.booked / day.capacity))}
                  >
                    {day && <Cell day={day} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </>
  );
}

function Cell({ day: { date, slots, capacity, booked, providers } }: { day: SlotDay }): JSX.Element {
  const { words, format } = useUi();
  const title = words.slots.cell(
    ...([slots, booked, capacity, providers].map((count) => format.number(count)) as [string, string, string, string]),
  );
  return (
    <div title={title}>
      <time dateTime={date}>{format.day(date).replace(/^\S+\s/, "")}</time>
      <b>{slots === 0 ? NONE : format.number(slots)}</b>
      <small>{slots === 0 ? "" : `${format.number(booked)}/${format.number(capacity)}`}</small>
    </div>
  );
}

/** Rows of seven days from Monday; undefined for days outside the known range. Pure. */
function weeksOf(days: SlotDay[]): (SlotDay | undefined)[][] {
  const [first] = days;
  if (first === undefined) return [];
  const before = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (SlotDay | undefined)[] = [...Array.from({ length: before }, () => undefined), ...days];
  while (cells.length % 7 > 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(7 * week, 7 * week + 7));
}
