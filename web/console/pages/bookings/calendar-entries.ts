import type {
  AvailabilityException,
  ManagedBooking,
  ManagedSlot,
  WorkingHours,
} from "../../../client/generated/types.ts";
import { addDays } from "../../routing/dates.ts";
import type { CalendarEntry, SlotState, Span } from "../../ui/calendar/entries.ts";
import type { Format } from "../../ui/format.ts";
import type { BookingWords } from "./words.ts";

/** Turns slots and bookings into what the calendar shows. */

interface Source {
  slots: readonly ManagedSlot[];
  bookings: readonly ManagedBooking[];
  now: string;
  w: BookingWords;
  format: Format;
}

/** The prefix of an entry's id says what it opens. */
export const bookingEntry = (id: string): string => `booking:${id}`;
export const slotEntry = (id: number): string => `slot:${id}`;

/**
 * An entry for each slot that is taken, each block of free ones ahead, and each booking whose slot does not exist any
 * more. A slot for one opens that booking. Pure.
 */
export function entriesOf({ slots, bookings, now, w, format }: Source): CalendarEntry[] {
  const kept = bookings.filter(({ status }) => status !== "cancelled");
  const ofSlot = (id: number) => kept.filter(({ slotId }) => slotId === id);
  const known = new Set(slots.map(({ id }) => id));
  const taken = slots.filter(({ id, booked, held }) => booked + held > 0 || ofSlot(id).length > 0);
  const ofSlots = taken.flatMap((slot): CalendarEntry[] => {
    const own = ofSlot(slot.id);
    const past = slot.endsAt <= now;
    if (past && own.length === 0) return [];
    return [{ ...slotText(slot, own, w, format), ...timeOf(slot), past, state: stateOf(slot, own) }];
  });
  const ofFree = freeBlocks(slots, now).map((block) => freeEntry(block, w, format));
  const withoutSlot = kept
    .filter(({ slotId }) => slotId === null || !known.has(slotId))
    .map((booking) => ({
      id: bookingEntry(booking.id),
      ...timeOf(booking),
      past: booking.endsAt <= now,
      state: booking.status === "pending" ? ("request" as const) : ("booked" as const),
      title: booking.name || w.deleted,
      note: noteOf(booking, w),
    }));
  return [...ofSlots, ...ofFree, ...withoutSlot];
}

/**
 * The free slots ahead that no booking of their provider overlaps, with those that overlap each other in one block: a
 * provider can be booked for only one of them. Pure.
 */
export function freeBlocks(slots: readonly ManagedSlot[], now: string): ManagedSlot[][] {
  const busy = slots.filter(({ booked, held }) => booked + held > 0);
  const overlap = (a: ManagedSlot, b: ManagedSlot) => a.startsAt < b.endsAt && b.startsAt < a.endsAt;
  const blocks: ManagedSlot[][] = [];
  const newest = new Map<string, ManagedSlot[]>();
  for (const slot of [...slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const { providerId, booked, held, startsAt } = slot;
    if (booked + held > 0 || startsAt <= now) continue;
    if (busy.some((other) => other.providerId === providerId && overlap(other, slot))) continue;
    const block = newest.get(providerId);
    if (block?.some((other) => overlap(other, slot))) {
      block.push(slot);
      continue;
    }
    const next = [slot];
    newest.set(providerId, next);
    blocks.push(next);
  }
  return blocks;
}

function freeEntry(block: readonly ManagedSlot[], w: BookingWords, format: Format): CalendarEntry {
  const [first] = block as [ManagedSlot];
  const services = new Set(block.map(({ serviceName, serviceId }) => serviceName ?? serviceId));
  const places = first.capacity > 1 ? `${w.places(format.number(first.capacity))}, ` : "";
  return {
    ...timeOf(first),
    id: slotEntry(first.id),
    end: block.map(({ endsAt }) => endsAt).reduce((last, end) => (end > last ? end : last)),
    state: "free",
    title: w.free,
    note: services.size === 1 ? `${places}${[...services][0]}` : w.ofServices(format.number(services.size)),
  };
}

const timeOf = ({ startsAt, endsAt, providerId }: ManagedSlot | ManagedBooking) => ({
  start: startsAt,
  end: endsAt,
  column: providerId,
});

function stateOf({ conflict, booked, capacity }: ManagedSlot, own: readonly ManagedBooking[]): SlotState {
  if (conflict) return "conflict";
  if (own.some(({ status }) => status === "pending")) return "request";
  if (booked >= capacity && capacity > 1) return "full";
  if (booked > 0 || own.length > 0) return "booked";
  return "held";
}

function slotText(slot: ManagedSlot, own: readonly ManagedBooking[], w: BookingWords, format: Format) {
  const service = slot.serviceName ?? slot.serviceId;
  const [only] = own;
  if (slot.capacity === 1 && only !== undefined) {
    return { id: bookingEntry(only.id), title: only.name || w.deleted, note: noteOf(only, w) };
  }
  const id = slotEntry(slot.id);
  const booked = Math.max(slot.booked, own.length);
  if (booked === 0) return { id, title: w.held, note: service };
  return { id, title: service, note: w.ofPlaces(format.number(booked), format.number(slot.capacity)) };
}

const noteOf = ({ status, serviceName }: ManagedBooking, w: BookingWords): string =>
  status === "confirmed" ? serviceName : `${w.status[status]}, ${serviceName}`;

/** What stands below a date: conflicts first, else how much is booked. Pure. */
export function dayNote(
  entries: readonly CalendarEntry[],
  date: string,
  w: BookingWords,
  format: Format,
): { text: string; bad?: boolean } | undefined {
  const ofDay = entries.filter(({ start }) => format.dateOf(start) === date);
  const conflicts = ofDay.filter(({ state }) => state === "conflict").length;
  if (conflicts > 0) return { text: w.inConflict(format.number(conflicts)), bad: true };
  const booked = ofDay.filter(({ state }) => state !== "free" && state !== "held").length;
  return booked > 0 ? { text: w.booked(format.number(booked)) } : undefined;
}

/** The hours that show: those of the entries and working hours, at least six. Pure. */
export function hoursOf(
  entries: readonly CalendarEntry[],
  open: readonly Span[],
  format: Format,
): { from: number; to: number } {
  const hour = (time: string) => Number(time.slice(0, 2));
  const starts = [...entries.map(({ start }) => hour(format.time(start))), ...open.map(({ from }) => hour(from))];
  const ends = [
    ...entries.map(({ end }) => hour(format.time(end)) + (format.time(end).endsWith("00") ? 0 : 1)),
    ...open.map(({ to }) => hour(to) + (to.endsWith("00") ? 0 : 1)),
  ];
  const from = Math.max(0, Math.min(9, ...starts) - (starts.length > 0 ? 0 : 1));
  const to = Math.min(24, Math.max(from + 6, ...ends.map((end) => (end === 0 ? 24 : end)), 17));
  return { from, to };
}

/** The working hours of days, from the weekly hours and the exceptions of a provider. Pure. */
export function openSpans(
  days: readonly string[],
  weekly: readonly WorkingHours[],
  exceptions: readonly AvailabilityException[],
): Span[] {
  return days.flatMap((date) => {
    const own = exceptions.filter((exception) => exception.date === date);
    if (own.some(({ kind }) => kind === "closed")) return [];
    const replaced = own.flatMap((exception) =>
      exception.kind === "hours" ? [{ start: exception.start, end: exception.end, break: null }] : [],
    );
    const hours = replaced.length > 0 ? replaced : weekly.filter(({ weekday }) => weekday === weekdayOf(date));
    return hours.flatMap(({ start, end, break: pause }) => {
      const to = end <= start ? "24:00" : end;
      if (pause === null) return [{ date, from: start, to }];
      return [
        { date, from: start, to: pause.start },
        { date, from: pause.end, to },
      ];
    });
  });
}

/** Closed dates and blocked spans. Pure. */
export const blockedSpans = (days: readonly string[], exceptions: readonly AvailabilityException[]): Span[] =>
  exceptions.flatMap((exception) => {
    const { date, kind } = exception;
    if (!days.includes(date) || kind === "hours") return [];
    return [
      kind === "closed" ? { date, from: "00:00", to: "24:00" } : { date, from: exception.start, to: exception.end },
    ];
  });

const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The seven days of the week that contains a date, from Monday. Pure. */
export function weekOf(date: string): string[] {
  const monday = addDays(date, -weekdayOf(date));
  return Array.from({ length: 7 }, (_, nth) => addDays(monday, nth));
}
