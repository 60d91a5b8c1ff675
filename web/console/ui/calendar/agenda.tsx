import type { JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import { useLocale, useWords } from "../locale.tsx";
import { words } from "../words.ts";
import { type CalendarEntry, type CalendarProps, STATE_ICONS } from "./entries.ts";

/** The calendar on a phone: a strip of days, and the entries of one of them in order. */
export function Agenda(props: CalendarProps): JSX.Element {
  const { label, entries, days, day, onDay, columns, noteOf, selected, onSelect } = props;
  const { format } = useLocale();
  const { calendar } = useWords(words);
  const shown = entries
    .filter(({ start }) => format.dateOf(start) === day)
    .sort((a, b) => a.start.localeCompare(b.start));
  const nameOf = (id: string | undefined) => columns?.find((column) => column.id === id)?.title;
  return (
    <div class="agenda">
      {days.length > 1 && (
        <nav class="day-strip" aria-label={label}>
          {days.map((date) => (
            <button
              key={date}
              type="button"
              aria-current={date === day ? "date" : undefined}
              class={noteOf?.(date)?.bad ? "bad" : undefined}
              onClick={() => onDay(date)}
            >
              <small>{format.weekday((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7)}</small>
              <b>{Number(date.slice(8))}</b>
              <span class="unseen"> {[format.month(date), noteOf?.(date)?.text].filter(Boolean).join(", ")}</span>
            </button>
          ))}
        </nav>
      )}
      {shown.length === 0 ? (
        <p class="agenda-empty">{calendar.noEvents}</p>
      ) : (
        <ol>
          {shown.map((entry) => (
            <li key={entry.id}>
              <span class="times">
                {format.time(entry.start)}
                <small>{format.time(entry.end)}</small>
              </span>
              <button
                type="button"
                class={slotClass(entry, selected)}
                aria-pressed={entry.id === selected}
                title={entry.title}
                onClick={() => onSelect(entry.id)}
              >
                <b>{entry.title}</b>
                <span>{[entry.note, nameOf(entry.column)].filter(Boolean).join(" · ")}</span>
                <SlotIcon entry={entry} />
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

export function slotClass({ state, past, id }: CalendarEntry, selected: string | undefined): string {
  return ["slot", state, past && "past", id === selected && "selected"].filter(Boolean).join(" ");
}

export function SlotIcon({ entry }: { entry: CalendarEntry }): JSX.Element | null {
  const icon = STATE_ICONS[entry.state];
  return icon === undefined ? null : <Icon name={icon} size="small" />;
}
