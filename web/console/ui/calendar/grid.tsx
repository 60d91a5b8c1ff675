import {
  type Calendar,
  createCalendar,
  destroyCalendar,
  Interaction,
  ResourceTimeGrid,
  TimeGrid,
} from "@event-calendar/core";
import { type JSX, render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Locale, useLocale } from "../locale.tsx";
import { SlotIcon, slotClass } from "./agenda.tsx";
import { background } from "./background.ts";
import type { CalendarEntry, CalendarProps } from "./entries.ts";
import { instantAt, shiftWall, wallTime } from "./wall-time.ts";

/** The calendar on a wide screen. */
export function CalendarGrid(props: CalendarProps): JSX.Element {
  const locale = useLocale();
  const holder = useRef<HTMLDivElement>(null);
  const calendar = useRef<Calendar | undefined>(undefined);
  // What the library calls back uses the props of the latest rendering.
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (holder.current === null) return;
    const made = createCalendar(holder.current, [TimeGrid, ResourceTimeGrid, Interaction], optionsOf(latest, locale));
    calendar.current = made;
    return () => {
      void destroyCalendar(made);
    };
  }, [locale, props.columns === undefined]);

  // The library makes all entries anew when they are set. Compare by content, because each rendering brings new arrays.
  const { days, columns = [], hours, entries, open, blocked, noteOf } = props;
  const now = Math.floor(Date.now() / NOW_STEP_MS);
  const content = JSON.stringify([days, columns, hours, entries, open, blocked, days.map((day) => noteOf?.(day)), now]);
  useEffect(() => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-entry]")?.dataset.entry;
    calendar.current
      ?.setOption("date", days[0])
      .setOption("duration", { days: days.length })
      .setOption("slotMinTime", `${hours.from}:00`)
      .setOption("slotMaxTime", `${hours.to}:00`)
      .setOption(
        "resources",
        columns.map(({ id, title }) => ({ id, title })),
      )
      .setOption("dayHeaderFormat", dayHeadsOf(latest, locale))
      .setOption("events", [...background(props, locale.zone), ...entriesOf(props, locale)]);
    const frame = requestAnimationFrame(() => {
      if (focused !== undefined) entryElement(holder.current, focused)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [locale, content, props.columns === undefined]);

  useEffect(() => {
    const frame = requestAnimationFrame(() => describe(holder.current, props.selected));
    return () => cancelAnimationFrame(frame);
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in
    <div
      ref={holder}
      class={props.days.length === 7 ? "calendar-grid week" : "calendar-grid"}
      role="group"
      aria-label={props.label}
    />
  );
}

/** How often the line of now moves. */
const NOW_STEP_MS = 300_000;

const entryElement = (holder: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(holder?.querySelectorAll<HTMLElement>("[data-entry]") ?? [])].find(({ dataset }) => dataset.entry === id);

/** The library calls its boxes a table, which they are not: entries stand beside the cells. Shows also which entry is open. */
function describe(holder: HTMLElement | null, selected: string | undefined): void {
  for (const element of holder?.querySelectorAll(":is([role], [aria-colindex]):not(.ec-event)") ?? []) {
    for (const name of TABLE_ATTRIBUTES) element.removeAttribute(name);
  }
  for (const element of holder?.querySelectorAll<HTMLElement>("[data-entry]") ?? []) {
    const isOpen = element.dataset.entry === selected;
    element.classList.toggle("selected", isOpen);
    element.setAttribute("aria-pressed", String(isOpen));
  }
}

function optionsOf(latest: { current: CalendarProps }, locale: Locale): Calendar.Options {
  const { columns, onMove } = latest.current;
  return {
    view: columns === undefined ? "timeGridWeek" : "resourceTimeGridDay",
    headerToolbar: { start: "", center: "", end: "" },
    ...{ firstDay: 1, allDaySlot: false, height: "auto", locale: locale.language },
    ...{ slotDuration: "01:00", slotHeight: 56, snapDuration: "00:15", slotEventOverlap: false },
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    dayHeaderFormat: dayHeadsOf(latest, locale),
    resourceLabelContent: ({ resource }) => ({ domNodes: [columnHead(resource.id, latest.current)] }),
    eventContent: ({ event }) => {
      const entry = entryOf(event, latest.current);
      if (entry === undefined) return undefined;
      const wall = `${dateOf(event.start)}T${timeOf(event.start)}:00`;
      // While it is dragged, an entry says to which time.
      const moved = wall !== wallTime(entry.start, locale.zone);
      const shown = moved ? { ...entry, note: `${timeOf(event.start)}–${timeOf(event.end)}` } : entry;
      return { domNodes: [entryContent(shown)] };
    },
    eventClick: ({ event }) => latest.current.onSelect(String(event.id)),
    eventDidMount: ({ el, event }) => {
      const entry = entryOf(event, latest.current);
      if (entry === undefined) return;
      el.dataset.entry = entry.id;
      el.setAttribute("aria-label", nameOf(entry, locale));
      // Names that are cut off show in full when the pointer rests on them.
      el.title = nameOf(entry, locale);
    },
    ...{ eventStartEditable: onMove !== undefined, eventDurationEditable: false },
    eventDrop: ({ event, delta, newResource, revert }) => {
      const entry = entryOf(event, latest.current);
      // The page asks first, and then passes the entry at its new time.
      revert();
      if (entry === undefined) return;
      const shifted = (iso: string) => instantAt(shiftWall(wallTime(iso, locale.zone), delta), locale.zone);
      latest.current.onMove?.(entry.id, shifted(entry.start), shifted(entry.end), newResource?.id ?? entry.column);
    },
  };
}

const entryOf = ({ id }: { id: string | number }, { entries }: CalendarProps): CalendarEntry | undefined =>
  entries.find((entry) => entry.id === id);

function entriesOf({ entries, onMove }: CalendarProps, { zone }: Locale): Calendar.EventInput[] {
  return entries.map((entry) => ({
    id: entry.id,
    start: wallTime(entry.start, zone),
    end: wallTime(entry.end, zone),
    title: entry.title,
    resourceIds: entry.column === undefined ? [] : [entry.column],
    classNames: slotClass(entry, undefined).split(" "),
    startEditable: onMove !== undefined && !entry.past && entry.state !== "free",
    // Changed words have to be drawn again.
    extendedProps: { note: entry.note },
  }));
}

const nameOf = ({ start, end, title, note }: CalendarEntry, { format }: Locale): string =>
  `${title}${note ? ` ${note}` : ""}, ${format.dayOf(start)}, ${format.time(start)}–${format.time(end)}`;

function entryContent(entry: CalendarEntry): Node {
  return drawn(
    <>
      <b>{entry.title}</b> {entry.note && <span>{entry.note}</span>}
      <SlotIcon entry={entry} />
    </>,
  );
}

const dayHeadsOf = (latest: { current: CalendarProps }, locale: Locale) => (date: Date) => ({
  domNodes: [dayHead(dateOf(date), latest.current, locale)],
});

function dayHead(date: string, { noteOf }: CalendarProps, { format, zone }: Locale): Node {
  const note = noteOf?.(date);
  const today = wallTime(new Date().toISOString(), zone).startsWith(date);
  return drawn(
    <>
      <span>{format.weekday((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7)}</span>
      <b class={today ? "today" : undefined}>{Number(date.slice(8))}</b>
      {note && <small class={note.bad ? "bad" : undefined}>{note.text}</small>}
    </>,
  );
}

function columnHead(id: string, { columns }: CalendarProps): Node {
  const column = columns?.find((item) => item.id === id);
  return drawn(
    <>
      <b>{column?.title}</b>
      {column?.note && <small>{column.note}</small>}
    </>,
  );
}

const TABLE_ATTRIBUTES = ["role", "aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount"];

/** Content for the library, which takes elements. */
function drawn(content: JSX.Element): Node {
  const holder = document.createElement("div");
  holder.className = "drawn";
  render(content, holder);
  return holder;
}

const two = (number: number): string => String(number).padStart(2, "0");

const timeOf = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;

/** The library's dates are local ones, with the calendar's day in them. */
function dateOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
