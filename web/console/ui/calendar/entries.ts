import type { IconName } from "../basics/icon-names.ts";

/** The states of a slot. `past` is a property of its own: a booked slot stays a booked one. */
export type SlotState = "free" | "booked" | "full" | "request" | "held" | "conflict" | "withdrawn" | "blocked";

/** What stands in the calendar at a time. */
export interface CalendarEntry {
  id: string;
  /** Instants, as in the API. */
  start: string;
  end: string;
  state: SlotState;
  title: string;
  /** The second line: the service, the places, the time left. */
  note?: string | undefined;
  past?: boolean | undefined;
  /** The provider, if the columns are providers. */
  column?: string | undefined;
}

/** A part of a day in wall-clock time of the club's zone. */
export interface Span {
  /** `YYYY-MM-DD` */
  date: string;
  /** `HH:MM` */
  from: string;
  to: string;
  column?: string | undefined;
}

export interface CalendarColumn {
  id: string;
  title: string;
  note?: string | undefined;
}

export interface CalendarProps {
  /** Names the calendar for screen readers. */
  label: string;
  entries: readonly CalendarEntry[];
  /** The days that show, `YYYY-MM-DD`: seven of them, or one with a column per provider. */
  days: readonly string[];
  columns?: readonly CalendarColumn[] | undefined;
  /** The hours that show, such as 7 to 20. */
  hours: { from: number; to: number };
  /** Outside these spans the ground is grey. Without it, nothing is grey. */
  open?: readonly Span[] | undefined;
  /** Closed for a reason: hatched. */
  blocked?: readonly Span[] | undefined;
  /** Below the date of a day: "4 booked", "6 in conflict". */
  noteOf?: ((date: string) => { text: string; bad?: boolean } | undefined) | undefined;
  /** The entry that a drawer shows. */
  selected?: string | undefined;
  onSelect: (id: string) => void;
  /** Allows to drag entries. Called with the new instants; the page then asks whom to notify, and passes new entries. */
  onMove?: ((id: string, start: string, end: string, column: string | undefined) => void) | undefined;
  /** On a phone: the day that shows. It belongs in the address. */
  day: string;
  onDay: (date: string) => void;
}

export const STATE_ICONS: Readonly<Partial<Record<SlotState, IconName>>> = {
  request: "clock",
  held: "timer",
  conflict: "triangle-alert",
  blocked: "ban",
};
