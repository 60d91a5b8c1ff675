import type { JSX } from "preact";
import type { ManagedProvider } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { Calendar } from "../../ui/calendar/calendar.tsx";
import type { CalendarEntry, SlotState } from "../../ui/calendar/entries.ts";
import { SlotLegend } from "../../ui/calendar/legend.tsx";
import { useUi } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useApi } from "../../ui/use-api.ts";
import { blockedSpans, bookingEntry, dayNote, entriesOf, hoursOf, openSpans, slotEntry } from "./calendar-entries.ts";
import { bookingWords } from "./words.ts";

/** More columns would be too narrow to read. */
const MOST_COLUMNS = 8;

const STATES: readonly Exclude<SlotState, "withdrawn">[] = [
  "free",
  "booked",
  "full",
  "request",
  "held",
  "conflict",
  "blocked",
];

interface Props {
  providers: readonly ManagedProvider[];
  /** Undefined: everybody, on one day. */
  provider: ManagedProvider | undefined;
  days: readonly string[];
  /** The day that a phone shows. */
  date: string;
}

/** Slots and bookings of a provider's week, or of everybody's day. */
export function ProviderCalendar({ providers, provider, days, date }: Props): JSX.Element {
  const { club } = useUi();
  const { format } = useLocale();
  const w = useWords(bookingWords);
  const { values, set } = useQuery();
  const [from = date, to = date] = [days[0], days.at(-1)];
  const providerId = provider?.id;
  const reading = useApi(
    async (client, options) => {
      const [slots, bookings] = await Promise.all([
        client.listManagedSlots({ providerId, from, to }, options),
        client.listBookings({ providerId, from, to, timezone: club.timezone, limit: 500 }, options),
      ]);
      return { slots: slots.items, bookings: bookings.items, partly: slots.nextCursor ?? bookings.nextCursor };
    },
    ...[providerId, from, to, club.timezone],
  );
  const hours = useApi(
    providerId === undefined
      ? undefined
      : async (client, options) => {
          const [weekly, exceptions] = await Promise.all([
            client.listAvailability({ providerId }, options),
            client.listExceptions({ providerId }, options),
          ]);
          return { weekly: weekly.items, exceptions: exceptions.items };
        },
    providerId,
  );
  // A provider's hours are local to the provider; the calendar shows the club's time.
  const local = hours.data !== undefined && provider?.timezone === club.timezone ? hours.data : undefined;
  const open = local && openSpans(days, local.weekly, local.exceptions);
  const columns = provider ? undefined : providers.slice(0, MOST_COLUMNS).map(({ id, name }) => ({ id, title: name }));
  const selected = values.booking ? bookingEntry(values.booking) : values.slot && slotEntry(Number(values.slot));
  return (
    <Card flush title={provider ? w.calendarOf(provider.name) : w.calendarOfAll}>
      <Reading reading={reading} failed={w.failedToLoad} shape="chart">
        {({ slots, bookings, partly }) => {
          const entries = shownIn(
            entriesOf({ slots, bookings, now: new Date().toISOString(), w, format }),
            columns?.map(({ id }) => id),
          );
          return (
            <>
              {partly !== null && (
                <div class="body">
                  <Note tone="info" title={w.partly} />
                </div>
              )}
              <Calendar
                label={provider ? w.calendarOf(provider.name) : w.calendarOfAll}
                entries={entries}
                days={days}
                columns={columns}
                hours={hoursOf(entries, open ?? [], format)}
                open={open}
                blocked={local && blockedSpans(days, local.exceptions)}
                noteOf={(day) => dayNote(entries, day, w, format)}
                selected={selected || undefined}
                onSelect={(id) => {
                  const [kind, key] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
                  set(
                    kind === "slot" ? { slot: key, booking: undefined } : { booking: key, slot: undefined },
                    values.booking || values.slot ? "replace" : "add",
                  );
                }}
                day={date}
                onDay={(day) => set({ date: day })}
              />
              <div class="body">
                <SlotLegend states={STATES.map((state) => [state, w.states[state]] as const)} />
                {!provider && providers.length > MOST_COLUMNS && (
                  <p class="hint-text">{w.othersHidden(format.number(providers.length - MOST_COLUMNS))}</p>
                )}
              </div>
            </>
          );
        }}
      </Reading>
    </Card>
  );
}

/** The entries of the columns that show; without columns all, which then have none. */
const shownIn = (entries: readonly CalendarEntry[], columns: readonly string[] | undefined): CalendarEntry[] =>
  columns === undefined
    ? entries.map((entry) => ({ ...entry, column: undefined }))
    : entries.filter(({ column }) => column !== undefined && columns.includes(column));
