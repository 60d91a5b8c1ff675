import { describe, expect, it } from "vitest";
import { CALENDARS, CONSULTANTS } from "../../../dev/calendar/demo-events.ts";
import { CUSTOMERS } from "../../../dev/calendar/people.ts";
import { ZONE } from "../../../dev/calendar/planned-event.ts";
import type { CalendarEvent } from "../../../dev/google/calendar-source.ts";
import { instantOf } from "../../../dev/google/event-times.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { DAY_MINUTES } from "../../../lib/time/wall-minutes.ts";
import { type DatedEvent, demoYear, iso } from "../../worlds/demo-year.ts";

/** A year of the demo club: realistic numbers, and everything that people do with calendars. */

const [BERATUNG = "", TRAINING = ""] = Object.keys(CALENDARS);
const clock = wallClock(ZONE);
const YEAR = demoYear();
const isAllDay = ({ event }: DatedEvent) => "date" in event.start;
const titleOf = ({ event }: DatedEvent) => event.summary ?? "";
const isPlaceholder = (dated: DatedEvent) => isAllDay(dated) || /^\d+$/.test(titleOf(dated));
const APPOINTMENTS = YEAR.filter((dated) => !isPlaceholder(dated));
const isGhost = (dated: DatedEvent) => /[([]ghost[)\]]|^ghost( -|:)|\| ghost$/i.test(titleOf(dated));
const isNoShow = (dated: DatedEvent) => /nicht erschienen/i.test(titleOf(dated));
const isMissed = (dated: DatedEvent) =>
  isGhost(dated) || isNoShow(dated) || ["11", "6", "4"].includes(dated.event.colorId ?? "");
const share = (events: readonly DatedEvent[], which: (dated: DatedEvent) => boolean) =>
  events.filter(which).length / events.length;
const hourOf = ({ event }: DatedEvent) => Math.floor((clock.wallAt(instantOf(event.start, ZONE)) % DAY_MINUTES) / 60);
const minutesOf = ({ event }: DatedEvent) => (instantOf(event.end, ZONE) - instantOf(event.start, ZONE)) / 60_000;

describe("a year of the demo club", () => {
  it("has 12 to 21 consultations and 6 to 14 trainings on weekdays, fewer on Saturdays and none on Sundays", () => {
    const perDay = (calendarId: string, days: number[]) => {
      const counts = Map.groupBy(
        APPOINTMENTS.filter((dated) => dated.calendarId === calendarId && days.includes(dated.weekday)),
        ({ date }) => date,
      );
      const sizes = [...counts.values()].map(({ length }) => length);
      return [Math.min(...sizes), Math.max(...sizes)];
    };
    expect(perDay(BERATUNG, [0, 1, 2, 3, 4])).toEqual([12, 21]);
    expect(perDay(TRAINING, [0, 1, 2, 3, 4])).toEqual([6, 14]);
    expect(perDay(BERATUNG, [5])).toEqual([3, 5]);
    expect(perDay(TRAINING, [5])).toEqual([2, 4]);
    expect(YEAR.filter(({ weekday }) => weekday === 6)).toEqual([]);
    expect(YEAR.length).toBeGreaterThan(7000);
  });

  it("has appointments of 30, 45 or 60 minutes between 8 and 20 o'clock, and a few across midnight", () => {
    const [night, day] = [
      APPOINTMENTS.filter((dated) => hourOf(dated) === 23),
      APPOINTMENTS.filter((dated) => hourOf(dated) < 23),
    ];
    expect(new Set(day.map(minutesOf))).toEqual(new Set([30, 45, 60]));
    expect(Math.min(...day.map(hourOf))).toBe(8);
    expect(Math.max(...day.map((dated) => hourOf(dated) * 60 + minutesOf(dated)))).toBeLessThanOrEqual(20 * 60);
    expect([night.length, share(night, (dated) => minutesOf(dated) === 90)]).toEqual([expect.any(Number), 1]);
    expect(night.length).toBeGreaterThan(20);
  });

  it("never books a consultant twice in the same hour", () => {
    const single = APPOINTMENTS.filter(({ event }) => !event.recurringEventId && hourOf({ event } as DatedEvent) < 23);
    const taken = single.map(({ event }) => `${who(event)} ${iso(instantOf(event.start, ZONE)).slice(0, 13)}`);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it("has 13 to 15 % missed appointments, and 3 to 6 % deleted ones", () => {
    expect(share(APPOINTMENTS, isMissed)).toBeGreaterThan(0.13);
    expect(share(APPOINTMENTS, isMissed)).toBeLessThan(0.15);
    const deleted = share(APPOINTMENTS, ({ event }) => event.status === "cancelled");
    expect(deleted).toBeGreaterThan(0.03);
    expect(deleted).toBeLessThan(0.06);
  });

  it("states outcomes in all spellings", () => {
    const titles = APPOINTMENTS.map(titleOf);
    for (const spelling of [
      /\(ghost\)$/,
      /\[GHOST\]$/,
      /^Ghost - /,
      / \| ghost$/,
      /^GHOST: /,
      /\(nicht erschienen\)$/,
      / - nicht erschienen$/,
      /\(erschienen\)$/,
      /abgesagt/,
      /ABGESAGT/,
      /verschoben/,
      /Überhang/,
      /U\u0308berhang/,
      /UEBERHANG/,
      /verkauft$/,
      /Abschluss/,
      /sold$/,
      /^Helena Ghost( - |$)/,
      /^[A-Z][a-z]+ [A-Z][a-z]+ - (Intro call|Follow-up)$/,
    ]) {
      expect(titles.filter((title) => spelling.test(title)).length, String(spelling)).toBeGreaterThan(2);
    }
    expect(titles.filter((title) => title !== title.normalize("NFC")).length).toBeGreaterThan(50);
  });

  it("uses all colours, none, and rarely an unknown one", () => {
    const colours = new Set(APPOINTMENTS.map(({ event }) => event.colorId));
    expect([...colours].map(String).sort()).toEqual(
      ["1", "10", "11", "2", "3", "4", "42", "5", "6", "7", "8", "9", "undefined"].sort(),
    );
    expect(share(APPOINTMENTS, ({ event }) => event.colorId === "42")).toBeLessThan(0.02);
  });

  it("has more no-shows on Monday mornings, at 19 o'clock, and with one of the consultants", () => {
    const at = (which: (dated: DatedEvent) => boolean) => share(APPOINTMENTS.filter(which), isMissed);
    const calm = at((dated) => [2, 3].includes(dated.weekday) && hourOf(dated) >= 10 && hourOf(dated) < 16);
    expect(at((dated) => dated.weekday === 0 && hourOf(dated) < 12)).toBeGreaterThan(calm + 0.1);
    expect(at((dated) => hourOf(dated) === 19)).toBeGreaterThan(calm + 0.1);
    expect(at(({ event }) => who(event) === "David Lindner")).toBeGreaterThan(
      at(({ event }) => who(event) === "Anna Vogel") + 0.08,
    );
  });

  it("has four consultants as organizers, and the online booking in their name", () => {
    const team = new Set(Object.values(CONSULTANTS));
    expect(team.size).toBe(4);
    expect(new Set(YEAR.map(({ event }) => who(event)))).toEqual(team);
    const online = share(APPOINTMENTS, ({ event }) => event.organizer.email === "buchung@club.example");
    expect(online).toBeGreaterThan(0.1);
    expect(online).toBeLessThan(0.3);
  });

  it("has 150 customers, and some of them miss many appointments", () => {
    expect([CUSTOMERS.length, new Set(CUSTOMERS.map(({ name }) => name)).size]).toEqual([150, 150]);
    const missedTitles = APPOINTMENTS.filter(isMissed).map((dated) => titleOf(dated).normalize("NFC"));
    const misses = CUSTOMERS.map(({ name }) => missedTitles.filter((title) => title.includes(name)).length);
    expect(misses.filter((count) => count >= 10).length).toBeGreaterThan(10);
    expect(misses.filter((count) => count <= 2).length).toBeGreaterThan(30);
  });

  it("has instances of series, some moved and some cancelled, each with its original start", () => {
    const instances = YEAR.filter(({ event }) => event.recurringEventId !== undefined);
    expect(instances.length).toBeGreaterThan(300);
    const idOf = ({ event }: DatedEvent) => {
      const original = event.originalStartTime && instantOf(event.originalStartTime, ZONE);
      return `${event.recurringEventId}_${iso(original ?? 0).replace(/[-:]|\.000/g, "")}`;
    };
    expect(instances.map(({ event }) => event.id)).toEqual(instances.map(idOf));
    const offset = ({ event }: DatedEvent) =>
      (instantOf(event.start, ZONE) - instantOf(event.originalStartTime ?? event.start, ZONE)) / 3_600_000;
    expect(new Set(instances.map(offset))).toEqual(new Set([0, 1, 24]));
    expect(share(instances, (dated) => offset(dated) !== 0)).toBeLessThan(0.2);
    expect(share(instances, ({ event }) => event.status === "cancelled")).toBeGreaterThan(0.03);
  });

  it("has days off and placeholders", () => {
    const daysOff = YEAR.filter(isAllDay);
    expect(daysOff.length).toBeGreaterThan(10);
    for (const dated of daysOff) expect(titleOf(dated)).toMatch(/^Urlaub (Anna|Ben|Clara|David)$/);
    expect(YEAR.filter((dated) => /^\d+$/.test(titleOf(dated))).length).toBeGreaterThan(50);
  });
});

function who({ organizer, description }: CalendarEvent): string | undefined {
  return CONSULTANTS[organizer.email] ?? /\[Booked by: ([^\]]+)\]/.exec(description ?? "")?.[1];
}
