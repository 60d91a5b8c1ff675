import type { SlotSettings } from "../../../lib/booking/availability/generate-slots.ts";
import type { TimeSlot } from "../../../lib/booking/availability/offered-hours.ts";
import type { Exception, Hours, WeeklyHours } from "../../../lib/booking/availability/working-hours.ts";
import { recordTape, type Tape } from "../wall-tape.ts";

/**
 * Which slots there ought to be (domain, section 6), worked out the slow way: each minute of the calendar is given to
 * whoever may use it, and each real minute is looked up on a tape of what the wall shows. Nothing is shared with lib/slots
 * but the shape of what goes in. Minutes are numbered as on the tape.
 */

/** Where and when a provider works. */
export interface Place {
  zone: string;
  week: readonly WeeklyHours[];
  exceptions: readonly Exception[];
}

/** A slot in words: its local date, instants in ISO 8601, money in cents. */
export interface ExpectedSlot {
  date: string;
  startsAt: string;
  endsAt: string;
  busyFrom: string;
  busyUntil: string;
  capacity: number;
  category: string;
  rushFeePercent: number;
  basePriceCents: number;
  priceCents: number;
}

const DAY = 1440;

/** The slots that start on the local dates from `first` to `last`. */
export function expectedSlots(service: SlotSettings, place: Place, first: string, last: string): ExpectedSlot[] {
  // No wall is more than a day from UTC, and no slot reaches further than two days past the date it starts on.
  const tape = recordTape(place.zone, minuteOf(first) - 2 * DAY, minuteOf(last) + 4 * DAY);
  return stretches(service.timeSlots, place, first, last)
    .flatMap((stretch) => slotsIn(stretch, service, tape))
    .filter(({ date }) => date >= first && date <= last);
}

/** Minutes from one to another, the other not included. */
interface Span {
  from: number;
  to: number;
}

/** What a provider puts in the calendar for a day. */
interface Window extends Span {
  day: number;
  breakHours: Span | undefined;
}

/** A time slot of a service, or a window on a day for which the service has none. */
interface Offer extends Span {
  capacity: number;
  multiplier: number;
  window: Window | undefined;
}

/** The longest runs of minutes that belong to one offer, and in which the provider works. */
function stretches(timeSlots: readonly TimeSlot[], place: Place, first: string, last: string): Offer[] {
  const days: number[] = [];
  for (let day = minuteOf(first) - 5 * DAY; day <= minuteOf(last) + 2 * DAY; day += DAY) days.push(day);

  const windows = days.flatMap((day) => windowsOf(day, place));
  const windowAt = giveOut(days, windows);
  const breaks = windows.flatMap(({ breakHours }) => breakHours ?? []);
  const takenAt = giveOut(days, [...breaks, ...spansTaken(place)]);
  const offers = offersOf(days, timeSlots, windows);
  const offerAt = giveOut(days, offers, ({ window }, n) => window === undefined || windowAt[n] === window);

  const runs: Offer[] = [];
  let current: Offer | undefined;
  for (let n = 0; n < days.length * DAY; n++) {
    const minute = days[0]! + n;
    const offer = windowAt[n] !== undefined && takenAt[n] === undefined ? offerAt[n] : undefined;
    if (offer !== undefined && offer === current) runs.at(-1)!.to = minute + 1;
    else if (offer !== undefined) runs.push({ ...offer, from: minute, to: minute + 1 });
    current = offer;
  }
  return runs;
}

/** Who has each minute of the days: of those who may, the one that began first. */
function giveOut<S extends Span>(days: number[], spans: S[], may = (_: S, _minute: number) => true): (S | undefined)[] {
  const given: (S | undefined)[] = new Array(days.length * DAY);
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(0, span.from - days[0]!);
    const to = Math.min(given.length, span.to - days[0]!);
    for (let n = from; n < to; n++) if (given[n] === undefined && may(span, n)) given[n] = span;
  }
  return given;
}

/** The week's windows of a day, or what an exception puts in their place. */
function windowsOf(day: number, { week, exceptions }: Place): Window[] {
  const today = exceptions.filter(({ date }) => date === dateOf(day));
  if (today.some(({ kind }) => kind === "closed")) return [];
  const instead = today.flatMap((exception) => (exception.kind === "hours" ? [exception] : []));
  if (instead.length > 0) return instead.map((hours) => ({ ...spanOf(hours, day), day, breakHours: undefined }));
  return week
    .filter(({ weekday }) => weekday === weekdayOf(day))
    .map((hours) => ({ ...spanOf(hours, day), day, breakHours: pauseOf(hours, day) }));
}

/** A break is the next day's where the window still runs when it begins on that day. */
function pauseOf({ breakHours, ...hours }: WeeklyHours, day: number): Span | undefined {
  if (breakHours === null) return undefined;
  const nextDays = spanOf(breakHours, day + DAY);
  return nextDays.from < spanOf(hours, day).to ? nextDays : spanOf(breakHours, day);
}

/** What exceptions take away, whatever windows there are. */
function spansTaken({ exceptions }: Place): Span[] {
  return exceptions.flatMap((exception) => {
    if (exception.kind === "closed") return [spanOf({ start: 0, end: DAY }, minuteOf(exception.date))];
    return exception.kind === "blocked" ? [spanOf(exception, minuteOf(exception.date))] : [];
  });
}

function offersOf(days: number[], timeSlots: readonly TimeSlot[], windows: Window[]): Offer[] {
  const ofDay = (day: number) => timeSlots.filter(({ weekday }) => weekday === weekdayOf(day));
  const own = days.flatMap((day) => ofDay(day).map((slot) => ({ ...slot, ...spanOf(slot, day), window: undefined })));
  const plain = windows
    .filter(({ day }) => ofDay(day).length === 0)
    .map((window) => ({ from: window.from, to: window.to, capacity: 1, multiplier: 1, window }));
  return [...own, ...plain];
}

/**
 * Pieces one after another by the wall. There is a slot for each whose start the wall ever shows (the first time counts),
 * if it keeps to its piece in real time: in no minute of the buffer before it does the wall show less than the beginning
 * of the piece, and in none of the slot or the buffer after it the end of the piece, or more.
 */
function slotsIn(stretch: Offer, service: SlotSettings, { start, shown, entryOf }: Tape): ExpectedSlot[] {
  const { durationMinutes: duration, bufferBefore: before, bufferAfter: after } = service;
  const length = before + duration + after;
  const slots: ExpectedSlot[] = [];
  for (let piece = stretch.from; piece + length <= stretch.to; piece += length) {
    const entry = entryOf(piece + before);
    if (entry === undefined) continue;
    const tooEarly = shown.slice(entry - before, entry).some((wall) => wall < piece);
    const tooLate = shown.slice(entry, entry + duration + after).some((wall) => wall >= piece + length);
    if (tooEarly || tooLate) continue;
    const instant = (offset: number) => new Date((start + entry + offset) * 60_000).toISOString();
    slots.push({
      date: dateOf(piece + before),
      startsAt: instant(0),
      endsAt: instant(duration),
      busyFrom: instant(-before),
      busyUntil: instant(duration + after),
      capacity: stretch.capacity,
      ...priceOf(service.priceCents, stretch.multiplier, expectedCategory(piece + before)),
    });
  }
  return slots;
}

/** The table of the domain, section 6, hour by hour: emergency, express (x), normal, urgent. */
const WORKDAY = "eeeeeeexxnnnnnnnnnxxxuue";
const SATURDAY = "eeeeeeeeennnnnnnnnxxxuee";
const SUNDAY = "eeeeeeeeexxxxxxxxxeeeeee";
const WEEK = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, SATURDAY, SUNDAY];
const NAMES: Record<string, string> = { e: "emergency", x: "express", n: "normal", u: "urgent" };
const PERCENT: Record<string, number> = { emergency: 100, express: 50, normal: 0, urgent: 75 };

export function expectedCategory(minute: number): string {
  const hour = new Date(minute * 60_000).getUTCHours();
  return NAMES[WEEK[weekdayOf(minute)]![hour]!]!;
}

/** In whole numbers throughout; half a cent is rounded up. */
function priceOf(cents: number, multiplier: number, category: string) {
  const hundredths = BigInt(multiplier.toFixed(2).replace(".", ""));
  const base = (BigInt(cents) * hundredths + 50n) / 100n;
  const rushFeePercent = PERCENT[category]!;
  const price = (base * BigInt(100 + rushFeePercent) + 50n) / 100n;
  return { category, rushFeePercent, basePriceCents: Number(base), priceCents: Number(price) };
}

const minuteOf = (date: string): number => Date.parse(`${date}T00:00Z`) / 60_000;
const dateOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);
const weekdayOf = (minute: number): number => (new Date(minute * 60_000).getUTCDay() + 6) % 7;

/** Hours of the day that begins at minute `day`; an end that is not after the start is the next day's. */
const spanOf = ({ start, end }: Hours, day: number): Span => ({
  from: day + start,
  to: day + (end > start ? end : end + DAY),
});
