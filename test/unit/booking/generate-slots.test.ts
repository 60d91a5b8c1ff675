import { describe, expect, it } from "vitest";
import { generateSlots, type SlotSettings } from "../../../lib/booking/availability/generate-slots.ts";
import { type Schedule, type WeeklyHours, workingHours } from "../../../lib/booking/availability/working-hours.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { dateOfWall, wallOfDate } from "../../../lib/time/wall-minutes.ts";

/** The same hours on every weekday. */
const daily = (start: number, end: number, breakHours: WeeklyHours["breakHours"] = null): WeeklyHours[] =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start, end, breakHours }));
const MONDAY = "2026-06-08";

const hour = (hours: number, minutes = 0): number => hours * 60 + minutes;

function slots(service: Partial<SlotSettings>, overrides: Partial<Schedule>, first: string, last = first) {
  const settings = {
    durationMinutes: 60,
    bufferBefore: 0,
    bufferAfter: 0,
    priceCents: 4000,
    timeSlots: [],
    ...service,
  };
  const schedule = { week: daily(hour(9), hour(17)), exceptions: [], clock: wallClock("UTC"), ...overrides };
  return generateSlots(settings, workingHours(schedule, wallOfDate(first), wallOfDate(last)));
}

/** The starts of slots as UTC instants to the minute. */
const starts = (...args: Parameters<typeof slots>): string[] =>
  slots(...args).map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));

/** The starts of slots as UTC times. */
const times = (...args: Parameters<typeof slots>): string[] => starts(...args).map((instant) => instant.slice(11));

describe("slots of a day", () => {
  it("divide the working hours around a lunch break in Kathmandu", () => {
    const schedule = {
      week: daily(hour(9), hour(17), { start: hour(12), end: hour(13) }),
      clock: wallClock("Asia/Kathmandu"),
    };
    expect(times({}, schedule, MONDAY)).toEqual(["03:15", "04:15", "05:15", "07:15", "08:15", "09:15", "10:15"]);
  });

  it("start after a break at the beginning of the window, and end before a break at its end", () => {
    const early = { week: daily(hour(9), hour(12), { start: hour(9), end: hour(9, 30) }) };
    const late = { week: daily(hour(9), hour(12), { start: hour(11, 30), end: hour(12) }) };
    expect(times({}, early, MONDAY)).toEqual(["09:30", "10:30"]);
    expect(times({}, late, MONDAY)).toEqual(["09:00", "10:00"]);
  });

  it("fill the window to the minute, and there are none if the service is longer than the window", () => {
    const schedule = { week: daily(hour(9), hour(9, 20)) };
    expect(times({ durationMinutes: 1 }, schedule, MONDAY)).toHaveLength(20);
    expect(times({ durationMinutes: 8 }, schedule, MONDAY)).toEqual(["09:00", "09:08"]);
    expect(times({ durationMinutes: 20 }, schedule, MONDAY)).toEqual(["09:00"]);
    expect(times({ durationMinutes: 21 }, schedule, MONDAY)).toEqual([]);
  });

  it("end by 23:59 or by midnight (24:00), as the window does", () => {
    expect(times({}, { week: daily(hour(22), hour(23, 59)) }, MONDAY)).toEqual(["22:00"]);
    expect(times({}, { week: daily(hour(22), hour(24)) }, MONDAY)).toEqual(["22:00", "23:00"]);
  });

  it("belong to the date on which they start if the window crosses midnight", () => {
    const week = [{ weekday: 0, start: hour(22), end: hour(3), breakHours: { start: hour(1), end: hour(2) } }];
    expect(starts({}, { week }, MONDAY)).toEqual(["2026-06-08T22:00", "2026-06-08T23:00"]);
    expect(starts({}, { week }, "2026-06-09")).toEqual(["2026-06-09T00:00", "2026-06-09T02:00"]);
    const [night] = slots({}, { week }, "2026-06-09");
    expect(dateOfWall(night!.day)).toBe("2026-06-09");
  });

  it("keep their buffers within the window", () => {
    const found = slots(
      { durationMinutes: 50, bufferBefore: 5, bufferAfter: 10 },
      { week: daily(hour(9), hour(11, 9)) },
      MONDAY,
    );
    const minutes = found.map(({ busyFrom, startsAt, endsAt, busyUntil }) =>
      [busyFrom, startsAt, endsAt, busyUntil].map((instant) => new Date(instant).toISOString().slice(11, 16)),
    );
    expect(minutes).toEqual([["09:00", "09:05", "09:55", "10:05"]]);
  });

  it("cannot be generated for a service without a duration", () => {
    expect(() => slots({ durationMinutes: 0 }, {}, MONDAY)).toThrow(RangeError);
  });

  it("respect a break that began days ago", () => {
    const night = { weekday: 0, start: hour(22), end: hour(21), breakHours: { start: hour(20), end: hour(19) } };
    const week = [night, { weekday: 2, start: hour(18), end: hour(3), breakHours: null }];
    expect(times({ durationMinutes: 120 }, { week }, "2026-06-11")).toEqual(["01:00"]);
  });
});

describe("slots around a clock change", () => {
  const nights = { week: daily(0, hour(5)), clock: wallClock("Europe/Berlin") };

  it("leave out the hour that Berlin skips in March, and the slot that would run into it", () => {
    const expected = ["2026-03-28T23:00", "2026-03-28T23:45", "2026-03-29T01:00", "2026-03-29T01:45"];
    expect(starts({ durationMinutes: 45 }, nights, "2026-03-29")).toEqual(expected);
  });

  it("use the first of the two hours in Berlin in October", () => {
    const expected = ["22:00", "22:45", "23:30", "00:15", "02:00", "02:45"];
    expect(times({ durationMinutes: 45 }, nights, "2026-10-25")).toEqual(expected);
  });

  it("leave out the half hour that Lord Howe skips", () => {
    const schedule = { week: daily(hour(1), hour(4)), clock: wallClock("Australia/Lord_Howe") };
    const local = starts({ durationMinutes: 30 }, schedule, "2026-10-04");
    expect(local).toEqual(["14:30", "15:00", "15:30", "16:00", "16:30"].map((time) => `2026-10-03T${time}`));
  });

  it("continue after a midnight that does not exist in Havana", () => {
    const schedule = { week: daily(hour(22), hour(2)), clock: wallClock("America/Havana") };
    expect(starts({}, schedule, "2026-03-07", "2026-03-07")).toEqual([
      "2026-03-07T05:00",
      "2026-03-07T06:00",
      "2026-03-08T03:00",
      "2026-03-08T04:00",
    ]);
    expect(starts({}, schedule, "2026-03-08", "2026-03-08")).toEqual([
      "2026-03-08T05:00",
      "2026-03-09T02:00",
      "2026-03-09T03:00",
    ]);
  });

  it("do not exist on the day that Samoa skipped", () => {
    const schedule = { clock: wallClock("Pacific/Apia") };
    expect(starts({}, schedule, "2011-12-30")).toEqual([]);
    expect(starts({}, schedule, "2011-12-29")).toHaveLength(8);
    expect(starts({}, schedule, "2011-12-31")).toHaveLength(8);
  });
});

describe("a service with its own time slots", () => {
  const offered = (weekday: number, start: number, end: number, terms = { capacity: 1, multiplier: 1 }) => ({
    weekday,
    start,
    end,
    ...terms,
  });

  it("is offered at those times, cut to the working hours, and on other weekdays in the working hours", () => {
    const timeSlots = [offered(0, hour(7), hour(11)), offered(0, hour(16), hour(20))];
    expect(times({ timeSlots }, {}, MONDAY)).toEqual(["09:00", "10:00", "16:00"]);
    expect(times({ timeSlots }, {}, "2026-06-09")).toHaveLength(8);
  });

  it("has no slot on a weekday whose time slots are outside the working hours", () => {
    expect(times({ timeSlots: [offered(0, hour(18), hour(20))] }, {}, MONDAY)).toEqual([]);
  });

  it("continues across two windows that touch, and stops at a break", () => {
    const week = [...daily(hour(8), hour(12)), ...daily(hour(12), hour(16), { start: hour(14), end: hour(14, 30) })];
    const timeSlots = [offered(0, hour(9, 30), hour(16))];
    expect(times({ timeSlots }, { week }, MONDAY)).toEqual(["09:30", "10:30", "11:30", "12:30", "14:30"]);
    expect(times({}, { week }, MONDAY)).toEqual(["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:30"]);
  });

  it("assigns overlapping time to the time slot that begins first", () => {
    const group = { capacity: 8, multiplier: 1.5 };
    const timeSlots = [offered(0, hour(10), hour(13), group), offered(0, hour(9), hour(11))];
    const found = slots({ timeSlots }, {}, MONDAY).map(({ capacity, basePriceCents }) => [capacity, basePriceCents]);
    expect(found).toEqual([
      [1, 4000],
      [1, 4000],
      [8, 6000],
      [8, 6000],
    ]);
  });

  it("continues a time slot from two nights ago at the end of the one that began in between", () => {
    const timeSlots = [offered(0, hour(20), hour(10)), offered(1, hour(8), hour(7))];
    const args = [{ timeSlots, durationMinutes: 180 }, { week: daily(0, hour(24)) }, "2026-06-10"] as const;
    expect(times(...args).slice(0, 3)).toEqual(["01:00", "04:00", "07:00"]);
  });
});

describe("the price of a slot", () => {
  it("is the service's price times the time slot's multiplier, plus the surcharge of the hour", () => {
    const timeSlots = [{ weekday: 0, start: hour(17), end: hour(24), capacity: 1, multiplier: 1.2 }];
    const found = slots({ timeSlots }, { week: daily(0, hour(24)) }, MONDAY);
    expect(
      found.map(({ category, basePriceCents, rushFeePercent, priceCents }) => [
        category,
        basePriceCents,
        rushFeePercent,
        priceCents,
      ]),
    ).toEqual([
      ["normal", 4800, 0, 4800],
      ["express", 4800, 50, 7200],
      ["express", 4800, 50, 7200],
      ["express", 4800, 50, 7200],
      ["urgent", 4800, 75, 8400],
      ["urgent", 4800, 75, 8400],
      ["emergency", 4800, 100, 9600],
    ]);
  });

  it("rounds half a cent up, even if a binary fraction is slightly less", () => {
    const timeSlots = [{ weekday: 0, start: hour(9), end: hour(10), capacity: 1, multiplier: 1.15 }];
    expect(slots({ timeSlots, priceCents: 1290 }, {}, MONDAY)).toMatchObject([{ basePriceCents: 1484 }]);
    const [early] = slots({ priceCents: 4033 }, { week: daily(hour(8), hour(9)) }, MONDAY);
    expect(early).toMatchObject({ basePriceCents: 4033, priceCents: 6050 });
  });
});
