import type { SlotSettings } from "../../../lib/booking/availability/generate-slots.ts";
import type { TimeSlot } from "../../../lib/booking/availability/offered-hours.ts";
import type { Exception, Hours, WeeklyHours } from "../../../lib/booking/availability/working-hours.ts";
import { recordTape, type Tape } from "../wall-tape.ts";

/**
 * Computes the slots that should exist (docs/domain.md, section 6) in a slow and independent way: it assigns every minute of
 * the calendar to a window and a time slot, and looks up every real minute on a tape of the wall clock. It shares only the
 * input types with lib/booking. Minutes are numbered as on the tape.
 */

/** A provider's time zone, week and exceptions. */
export interface ProviderHours {
  zone: string;
  week: readonly WeeklyHours[];
  exceptions: readonly Exception[];
}

/** A slot as text: local date, instants in ISO 8601, money in cents. */
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

/** Computes the slots that start on the local dates from `first` to `last`. */
export function expectedSlots(
  service: SlotSettings,
  provider: ProviderHours,
  first: string,
  last: string,
): ExpectedSlot[] {
  // No zone is more than a day from UTC, and no slot ends more than two days after the date on which it starts.
  const tape = recordTape(provider.zone, minuteOf(first) - 2 * DAY, minuteOf(last) + 4 * DAY);
  return offeredSpans(service.timeSlots, provider, first, last)
    .flatMap((span) => slotsIn(span, service, tape))
    .filter(({ date }) => date >= first && date <= last);
}

/** Minutes from `from` to `to` (exclusive). */
interface Span {
  from: number;
  to: number;
}

/** A provider's window on a day. */
interface Window extends Span {
  day: number;
  breakHours: Span | undefined;
}

/** A time slot of a service, or a window on a day without time slots. */
interface OfferedSpan extends Span {
  capacity: number;
  multiplier: number;
  window: Window | undefined;
}

/** The longest runs of minutes that belong to one offered span and in which the provider works. */
function offeredSpans(
  timeSlots: readonly TimeSlot[],
  provider: ProviderHours,
  first: string,
  last: string,
): OfferedSpan[] {
  const days: number[] = [];
  for (let day = minuteOf(first) - 5 * DAY; day <= minuteOf(last) + 2 * DAY; day += DAY) days.push(day);

  const windows = days.flatMap((day) => windowsOf(day, provider));
  const windowAt = assignMinutes(days, windows);
  const breaks = windows.flatMap(({ breakHours }) => breakHours ?? []);
  const takenAt = assignMinutes(days, [...breaks, ...blockedSpans(provider)]);
  const offers = offersOf(days, timeSlots, windows);
  const offerAt = assignMinutes(days, offers, ({ window }, n) => window === undefined || windowAt[n] === window);

  const runs: OfferedSpan[] = [];
  let current: OfferedSpan | undefined;
  for (let n = 0; n < days.length * DAY; n++) {
    const minute = days[0]! + n;
    const offer = windowAt[n] !== undefined && takenAt[n] === undefined ? offerAt[n] : undefined;
    if (offer !== undefined && offer === current) runs.at(-1)!.to = minute + 1;
    else if (offer !== undefined) runs.push({ ...offer, from: minute, to: minute + 1 });
    current = offer;
  }
  return runs;
}

/** Assigns each minute of the days to the allowed span that begins first. */
function assignMinutes<S extends Span>(
  days: number[],
  spans: S[],
  isAllowed = (_: S, _minute: number) => true,
): (S | undefined)[] {
  const owners: (S | undefined)[] = new Array(days.length * DAY);
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(0, span.from - days[0]!);
    const to = Math.min(owners.length, span.to - days[0]!);
    for (let n = from; n < to; n++) if (owners[n] === undefined && isAllowed(span, n)) owners[n] = span;
  }
  return owners;
}

/** The weekly windows of a day, or the hours that an exception puts in their place. */
function windowsOf(day: number, { week, exceptions }: ProviderHours): Window[] {
  const today = exceptions.filter(({ date }) => date === dateOf(day));
  if (today.some(({ kind }) => kind === "closed")) return [];
  const instead = today.flatMap((exception) => (exception.kind === "hours" ? [exception] : []));
  if (instead.length > 0) return instead.map((hours) => ({ ...spanOf(hours, day), day, breakHours: undefined }));
  return week
    .filter(({ weekday }) => weekday === weekdayOf(day))
    .map((hours) => ({ ...spanOf(hours, day), day, breakHours: pauseOf(hours, day) }));
}

/** A break is on the next day if the window still runs at that time. */
function pauseOf({ breakHours, ...hours }: WeeklyHours, day: number): Span | undefined {
  if (breakHours === null) return undefined;
  const nextDays = spanOf(breakHours, day + DAY);
  return nextDays.from < spanOf(hours, day).to ? nextDays : spanOf(breakHours, day);
}

/** The spans that exceptions make unavailable. */
function blockedSpans({ exceptions }: ProviderHours): Span[] {
  return exceptions.flatMap((exception) => {
    if (exception.kind === "closed") return [spanOf({ start: 0, end: DAY }, minuteOf(exception.date))];
    return exception.kind === "blocked" ? [spanOf(exception, minuteOf(exception.date))] : [];
  });
}

function offersOf(days: number[], timeSlots: readonly TimeSlot[], windows: Window[]): OfferedSpan[] {
  const ofDay = (day: number) => timeSlots.filter(({ weekday }) => weekday === weekdayOf(day));
  const own = days.flatMap((day) => ofDay(day).map((slot) => ({ ...slot, ...spanOf(slot, day), window: undefined })));
  const plain = windows
    .filter(({ day }) => ofDay(day).length === 0)
    .map((window) => ({ from: window.from, to: window.to, capacity: 1, multiplier: 1, window }));
  return [...own, ...plain];
}

/**
 * Divides a span into pieces on the wall clock. A piece gives a slot if the clock shows its start (the first time counts)
 * and if the slot stays within the piece in real time: during the buffer before it, the clock never shows a time before
 * the piece, and during the slot and the buffer after it, never the end of the piece or later.
 */
function slotsIn(span: OfferedSpan, service: SlotSettings, { start, shown, entryOf }: Tape): ExpectedSlot[] {
  const { durationMinutes: duration, bufferBefore: before, bufferAfter: after } = service;
  const length = before + duration + after;
  const slots: ExpectedSlot[] = [];
  for (let piece = span.from; piece + length <= span.to; piece += length) {
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
      capacity: span.capacity,
      ...priceOf(service.priceCents, span.multiplier, expectedCategory(piece + before)),
    });
  }
  return slots;
}

/** The table of docs/domain.md, section 6, by hour: emergency, express (x), normal, urgent. */
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

/** Computes in whole numbers; half a cent is rounded up. */
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

/** Converts hours of the day that begins at minute `day`. An end that is not after the start is on the next day. */
const spanOf = ({ start, end }: Hours, day: number): Span => ({
  from: day + start,
  to: day + (end > start ? end : end + DAY),
});
