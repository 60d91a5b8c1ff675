import fc from "fast-check";
import type { SlotSettings } from "../../lib/booking/availability/generate-slots.ts";
import type { TimeSlot } from "../../lib/booking/availability/offered-hours.ts";
import type { Exception, Hours, WeeklyHours } from "../../lib/booking/availability/working-hours.ts";

/** Random services and schedules, most of them difficult: midnights, clock changes and breaks at edges. */

/** Zones with every kind of clock change, and two without any. */
export const ZONES = [
  "Africa/Cairo", // midnight, and abolished for years
  "Africa/Casablanca", // back in Ramadan
  "America/Asuncion", // midnight, until 2024
  "America/Caracas", // half an hour, once, in 2016
  "America/Havana", // midnight
  "America/New_York",
  "America/Santiago", // midnight
  "America/Sao_Paulo", // midnight, until 2019
  "America/St_Johns", // a minute past midnight, in 2011
  "Antarctica/Troll", // two hours
  "Asia/Amman",
  "Asia/Beirut", // midnight
  "Asia/Gaza",
  "Asia/Kathmandu",
  "Asia/Pyongyang", // half an hour, in 2015 and 2018
  "Asia/Tehran", // midnight, until 2022
  "Australia/Lord_Howe", // half an hour
  "Europe/Berlin",
  "Europe/Dublin", // winter time is the exception
  "Europe/London",
  "Pacific/Apia", // skipped 30 December 2011
  "Pacific/Chatham", // 2:45
  "+05:45",
];

const clockMinute = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.constantFrom(0, 1, 30, 60, 90, 120, 150, 165, 180, 240, 480, 720, 780, 1020, 1320, 1380, 1410, 1439),
);
const endMinute = fc.oneof(
  fc.constantFrom(1, 60, 120, 150, 180, 360, 720, 1020, 1380, 1439, 1440),
  clockMinute.map((minute) => minute + 1),
);
const hours: fc.Arbitrary<Hours> = fc.oneof(
  fc.record({ start: clockMinute, end: endMinute }),
  fc.constantFrom(
    { start: 0, end: 1440 },
    { start: 1320, end: 360 },
    { start: 540, end: 1439 },
    { start: 120, end: 180 },
  ),
);
const weekday = fc.integer({ min: 0, max: 6 });

/** A break anywhere in a window or at its edges, sometimes partly or completely outside. */
function breakIn({ start, end }: Hours): fc.Arbitrary<Hours> {
  const length = end > start ? end - start : end + 1440 - start;
  const inside = fc.tuple(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 1, max: length }));
  const ofDay = (from: number, to: number) => ({ start: from % 1440, end: ((to - 1) % 1440) + 1 });
  return fc.oneof(
    inside.map(([from, to]) => ofDay(start + Math.min(from, to - 1), start + Math.max(from + 1, to))),
    inside.map(([, to]) => ofDay(start, start + to)),
    inside.map(([from]) => ofDay(start + from, start + length)),
    hours,
  );
}

const weekdayHours: fc.Arbitrary<WeeklyHours> = hours.chain(({ start, end }) =>
  fc.record({
    weekday,
    start: fc.constant(start),
    end: fc.constant(end),
    breakHours: fc.oneof(fc.constant(null), breakIn({ start, end })),
  }),
);

/** Entries of a week, some the same on every day. As in the database, entries of a weekday have different starts. */
function throughTheWeek<T extends { weekday: number; start: number }>(entry: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  const everyDay = entry.map((regular) => [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ ...regular, weekday })));
  return fc
    .tuple(fc.array(everyDay, { maxLength: 2 }), fc.array(entry, { maxLength: 8 }))
    .map(([regular, more]) => [...regular.flat(), ...more])
    .map((all) => [...new Map(all.map((item) => [`${item.weekday} ${item.start}`, item])).values()]);
}

export const randomWeek: fc.Arbitrary<WeeklyHours[]> = throughTheWeek(weekdayHours);

const timeSlots: fc.Arbitrary<TimeSlot[]> = throughTheWeek(
  fc
    .tuple(weekday, hours, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 50, max: 300 }))
    .map(([weekday, hours, capacity, percent]) => ({ weekday, ...hours, capacity, multiplier: percent / 100 })),
);

const buffer = fc.oneof(fc.constant(0), fc.constantFrom(5, 10, 15, 90), fc.integer({ min: 0, max: 240 }));

export const randomService: fc.Arbitrary<SlotSettings> = fc.record({
  durationMinutes: fc.oneof(
    fc.constantFrom(1, 8, 20, 30, 45, 60, 90, 1440),
    fc.integer({ min: 1, max: 180 }),
    fc.integer({ min: 180, max: 1440 }),
  ),
  bufferBefore: buffer,
  bufferAfter: buffer,
  priceCents: fc.integer({ min: 0, max: 100_000 }),
  timeSlots: fc.oneof(fc.constant([]), timeSlots),
});

export const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Exceptions on the dates around a date. */
export const exceptionsAround = (date: string): fc.Arbitrary<Exception[]> => {
  const near = fc.integer({ min: -3, max: 3 }).map((days) => daysLater(date, days));
  const closed = near.map((date): Exception => ({ kind: "closed", date }));
  const spans = fc
    .tuple(near, fc.constantFrom("hours" as const, "blocked" as const), hours)
    .map(([date, kind, hours]): Exception => ({ kind, date, ...hours }));
  const selector = (exception: Exception) =>
    `${exception.date} ${exception.kind} ${exception.kind === "closed" ? "" : exception.start}`;
  return fc.uniqueArray(fc.oneof({ arbitrary: spans, weight: 4 }, closed), { selector, maxLength: 6 });
};
