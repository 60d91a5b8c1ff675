import { describe, expect, it } from "vitest";
import type { ManagedBooking, ManagedSlot, SiteSummary, WorkingHours } from "../../../web/client/generated/types.ts";
import { provisionalGroups } from "../../../web/console/pages/attendance/groups.ts";
import { judgementOf } from "../../../web/console/pages/attendance/judgement.ts";
import { attendanceWords } from "../../../web/console/pages/attendance/words.ts";
import {
  blockedSpans,
  entriesOf,
  hoursOf,
  openSpans,
  weekOf,
} from "../../../web/console/pages/bookings/calendar-entries.ts";
import { changesOf } from "../../../web/console/pages/bookings/changes.ts";
import { bookingWords } from "../../../web/console/pages/bookings/words.ts";
import { reasonOf } from "../../../web/console/pages/mail/reasons.ts";
import { earnedOf } from "../../../web/console/pages/members/earned.ts";
import { memberWords } from "../../../web/console/pages/members/words.ts";
import { changeOf, spanBefore } from "../../../web/console/pages/site/figures.ts";
import { formatOf } from "../../../web/console/ui/format.ts";

const format = formatOf("en", "Europe/Berlin");

describe("reasons of failed mails", () => {
  it.each([
    ["permanent", "550 5.1.1 <a@b.example>: mailbox unavailable", "gone"],
    ["permanent", "550 no such user here", "gone"],
    ["permanent", "550 5.1.2 bad destination system address", "domain"],
    ["transient", "452 4.2.2 mailbox full", "full"],
    ["permanent", "554 5.7.1 rejected as spam", "spam"],
    ["permanent", "550 no", "other"],
    ["transient", "451 try later", "later"],
    ["unknown", "delivery-unknown", "unknown"],
    ["connection", "connect ECONNREFUSED", "server"],
  ] as const)("are read from %s failures: %s", (failure, error, reason) => {
    expect(reasonOf({ failure, error })).toBe(reason);
  });
});

describe("the calendar of bookings", () => {
  const slot = (changes: Partial<ManagedSlot>): ManagedSlot => ({
    id: 1,
    serviceId: "training",
    serviceName: "Training",
    providerId: "ben",
    localDate: "2026-12-02",
    startsAt: "2026-12-02T08:00:00.000Z",
    endsAt: "2026-12-02T09:00:00.000Z",
    capacity: 1,
    booked: 0,
    held: 0,
    conflict: false,
    ...changes,
  });
  const booking = (changes: Partial<ManagedBooking>): ManagedBooking => ({
    id: "b1",
    status: "confirmed",
    slotId: 1,
    serviceId: "training",
    serviceName: "Training",
    providerId: "ben",
    providerName: "Ben",
    providerTimezone: "Europe/Berlin",
    startsAt: "2026-12-02T08:00:00.000Z",
    endsAt: "2026-12-02T09:00:00.000Z",
    timezone: "Europe/Berlin",
    localStart: "2026-12-02T09:00:00+01:00",
    localEnd: "2026-12-02T10:00:00+01:00",
    price: 75,
    category: "normal",
    rushFeePercent: 0,
    sequence: 0,
    name: "Ida Brandt",
    email: "ida@mail.example",
    language: "de",
    createdAt: "2026-11-27T13:02:00.000Z",
    updatedAt: "2026-11-27T13:02:00.000Z",
    cancelledAt: null,
    cancelReason: null,
    ...changes,
  });
  const shown = (slots: ManagedSlot[], bookings: ManagedBooking[], now = "2026-12-01T12:00:00.000Z") =>
    entriesOf({ slots, bookings, now, w: bookingWords.en, format }).map(({ id, state, title, note }) => [
      ...[id, state, title, note],
    ]);

  it.each([
    ["a free slot", slot({}), [], ["slot:1", "free", "free", "Training"]],
    ["a booked slot", slot({ booked: 1 }), [booking({})], ["booking:b1", "booked", "Ida Brandt", "Training"]],
    [
      "a request",
      slot({ booked: 1 }),
      [booking({ status: "pending" })],
      ["booking:b1", "request", "Ida Brandt", "Request, Training"],
    ],
    [
      "a conflict",
      slot({ booked: 1, conflict: true }),
      [booking({})],
      ["booking:b1", "conflict", "Ida Brandt", "Training"],
    ],
    ["a group", slot({ capacity: 8, booked: 3 }), [booking({})], ["slot:1", "booked", "Training", "3 of 8"]],
    ["a full group", slot({ capacity: 8, booked: 8 }), [], ["slot:1", "full", "Training", "8 of 8"]],
    ["a held slot", slot({ held: 1 }), [], ["slot:1", "held", "on hold", "Training"]],
    ["a cancelled booking", slot({}), [booking({ status: "cancelled" })], ["slot:1", "free", "free", "Training"]],
    [
      "a booking without a slot",
      undefined,
      [booking({ slotId: null, name: "" })],
      ["booking:b1", "booked", "Customer deleted", "Training"],
    ],
  ])("shows %s", (_, given, bookings, expected) => {
    expect(shown(given ? [given] : [], bookings)).toEqual([expected]);
  });

  it("joins free slots that overlap, and leaves out those that a booking overlaps", () => {
    const at = (id: number, from: string, to: string, changes: Partial<ManagedSlot> = {}) =>
      slot({ id, startsAt: `2026-12-02T${from}:00.000Z`, endsAt: `2026-12-02T${to}:00.000Z`, ...changes });
    const slots = [
      at(1, "08:00", "09:00", { booked: 1 }),
      at(2, "08:30", "09:30"),
      at(3, "10:00", "11:00"),
      at(4, "10:30", "11:30", { serviceId: "talk", serviceName: "Talk" }),
      at(5, "10:30", "11:30", { providerId: "eva" }),
      at(6, "11:30", "12:00"),
    ];
    expect(shown(slots, [booking({})]).map(([id, state, , note]) => [id, state, note])).toEqual([
      ["booking:b1", "booked", "Training"],
      ["slot:3", "free", "2 services"],
      ["slot:5", "free", "Training"],
      ["slot:6", "free", "Training"],
    ]);
  });

  it("leaves out free slots of the past", () => {
    expect(shown([slot({})], [], "2026-12-03T00:00:00.000Z")).toEqual([]);
  });

  it("shows the working hours of each day, with breaks, other hours and closed dates", () => {
    const weekly = (weekday: number, pause: WorkingHours["break"] = null): WorkingHours => ({
      ...{ providerId: "ben", weekday, start: "09:00", end: "17:00", break: pause },
    });
    const week = weekOf("2026-12-02");
    expect([week[0], week[6]]).toEqual(["2026-11-30", "2026-12-06"]);
    const exceptions = [
      { providerId: "ben", date: "2026-12-01", kind: "closed" as const, reason: "sick" },
      { providerId: "ben", date: "2026-12-02", kind: "hours" as const, reason: null, start: "22:00", end: "02:00" },
      { providerId: "ben", date: "2026-12-03", kind: "blocked" as const, reason: null, start: "10:00", end: "11:00" },
    ];
    const hours = [weekly(0, { start: "12:00", end: "13:00" }), weekly(1), weekly(2)];
    const open = openSpans(week, hours, exceptions);
    expect(open).toEqual([
      { date: "2026-11-30", from: "09:00", to: "12:00" },
      { date: "2026-11-30", from: "13:00", to: "17:00" },
      { date: "2026-12-02", from: "22:00", to: "24:00" },
    ]);
    expect(blockedSpans(week, exceptions)).toEqual([
      { date: "2026-12-01", from: "00:00", to: "24:00" },
      { date: "2026-12-03", from: "10:00", to: "11:00" },
    ]);
    expect(hoursOf([], open, format)).toEqual({ from: 9, to: 24 });
  });

  it.each([
    ["pending", "2026-12-02T08:00:00.000Z", ["confirmed", "cancelled"]],
    ["confirmed", "2026-12-02T08:00:00.000Z", ["cancelled"]],
    ["confirmed", "2026-12-01T08:00:00.000Z", ["completed", "no_show", "cancelled"]],
    ["no_show", "2026-12-01T08:00:00.000Z", ["completed"]],
    ["cancelled", "2026-12-02T08:00:00.000Z", []],
  ] as const)("offers what a %s booking of %s allows", (status, startsAt, changes) => {
    expect(changesOf(booking({ status, startsAt }), "2026-12-01T12:00:00.000Z")).toEqual(changes);
  });
});

describe("judgements of appointments", () => {
  it.each([
    ['"ghost" marks the title', "„ghost“ kennzeichnet den Titel"],
    ["not over yet; so far completed: colour 10", "Bisher: Farbe 10"],
    ["colour 9 means nothing, nor does the title", "Kein Wort im Titel; Farbe 9 bedeutet nichts"],
    ["taken from the older system", "taken from the older system"],
  ])("are told in German: %s", (reason, told) => {
    expect(judgementOf(reason, attendanceWords.de)).toBe(told);
  });
});

describe("figures of the areas", () => {
  it("counts the groups that are not final", () => {
    const days = ["2026-11-29", "2026-11-30", "2026-12-01"];
    expect(provisionalGroups(days, "day", "2026-12-01", "2026-11-29")).toBe(2);
    expect(provisionalGroups(days, "day", "2026-12-01", null)).toBe(3);
    const weeks = ["2026-11-16", "2026-11-23", "2026-11-30"];
    expect(provisionalGroups(weeks, "week", "2026-12-01", "2026-11-30")).toBe(1);
    expect(provisionalGroups(["2026-10", "2026-11"], "month", "2026-11-30", "2026-10-31")).toBe(1);
  });

  it("compares a span with the one before it", () => {
    expect(spanBefore("2026-11-02", "2026-12-01")).toEqual({ from: "2026-10-03", to: "2026-11-01" });
    const summary = (visits: number, bounceRate: number | null) => ({ visits, bounceRate }) as SiteSummary;
    expect(changeOf("visits", summary(110, 40), summary(100, 42))).toEqual({ kind: "percent", value: 10 });
    expect(changeOf("visits", summary(5, 40), summary(0, null))).toEqual({ kind: "new", value: 1 });
    expect(changeOf("bounceRate", summary(1, 40), summary(1, 42))).toEqual({ kind: "points", value: -2 });
    expect(changeOf("bounceRate", summary(1, 40), summary(0, null))).toBeUndefined();
  });

  it("lists the highest level of each badge and counts awards", () => {
    const period = { periodKind: "week" as const, periodStart: "2026-11-30T00:00:00.000Z" };
    const badges = [5, 10].map((level) => ({ slug: "weekly-goal-points", level, ...period }));
    const awards = (["friends-gold", "friends-gold", "monthly-rank-global-pushups-2"] as const).map((type) => ({
      ...{ type, ...period },
    }));
    expect(earnedOf(badges, awards, memberWords.en).map(({ name, count }) => [name, count])).toEqual([
      ["Weekly points goal", 10],
      ["Gold among friends", 2],
      ["Place 2 in the club: Push-ups", 1],
    ]);
  });
});
