import { describe, expect, it } from "vitest";
import type { AppointmentData } from "../../../lib/attendance/appointment.ts";
import {
  type CalendarEvent,
  type DeletedEvent,
  hasDetails,
  parseEvent,
  restoreDeleted,
} from "../../../lib/attendance/google/calendar-event.ts";
import { wallClock } from "../../../lib/time/wall-clock.ts";
import { appointmentData, BERLIN } from "../../worlds/attendance.ts";

const CALENDAR = "team@club.example";

/** An event of Google's, by default on 2026-02-09 from 10 to 11 in Berlin. */
const google = (over: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: "one",
  start: { dateTime: "2026-02-09T10:00:00+01:00" },
  end: { dateTime: "2026-02-09T11:00:00+01:00" },
  ...over,
});

const taken = (over: Partial<CalendarEvent> = {}, clock = BERLIN): AppointmentData => {
  const found = parseEvent(google(over), CALENDAR, clock);
  if (found === undefined || !hasDetails(found)) throw new Error("expected an appointment with details");
  return found;
};

describe("parsing an event", () => {
  it("gives a confirmed appointment without a title for the minimum of fields", () => {
    expect(taken()).toEqual({
      calendarId: CALENDAR,
      eventId: "one",
      originalStart: null,
      seriesId: null,
      startsAt: new Date("2026-02-09T09:00:00Z"),
      endsAt: new Date("2026-02-09T10:00:00Z"),
      localDate: "2026-02-09",
      localHour: 10,
      allDay: false,
      status: "confirmed",
      eventType: "default",
      title: "",
      colorId: null,
      organizer: null,
      bookedBy: null,
    });
  });

  it("keeps Google's fields", () => {
    const said = {
      status: "tentative",
      eventType: "fromGmail",
      summary: "Max Mustermann (neu)",
      description: "<p>[Booked by: Anna&nbsp;Vogel]</p>",
      colorId: "11",
      recurringEventId: "series",
      originalStartTime: { dateTime: "2026-02-08T10:00:00+01:00" },
      organizer: { email: " Anna@Club.Example " },
    };
    expect(taken(said)).toMatchObject({
      status: "tentative",
      eventType: "fromGmail",
      title: "Max Mustermann (neu)",
      bookedBy: "Anna Vogel",
      colorId: "11",
      seriesId: "series",
      originalStart: new Date("2026-02-08T09:00:00Z"),
      organizer: "anna@club.example",
    });
  });

  it.each([
    ["2026-03-29T01:59:00+01:00", "2026-03-29", 1],
    ["2026-03-29T03:00:00+02:00", "2026-03-29", 3],
    ["2026-03-29T23:59:59+02:00", "2026-03-29", 23],
    ["2026-03-29T22:00:00Z", "2026-03-30", 0],
    ["2026-10-24T22:00:00Z", "2026-10-25", 0],
    ["2026-10-25T02:30:00+02:00", "2026-10-25", 2],
    ["2026-10-25T02:30:00+01:00", "2026-10-25", 2],
    ["2026-10-25T23:00:00Z", "2026-10-26", 0],
    ["2026-02-10T00:30:00+02:00", "2026-02-09", 23],
    ["2026-12-31T23:30:00Z", "2027-01-01", 0],
  ])("places %s in Berlin on %s in hour %i", (dateTime, localDate, localHour) => {
    expect(taken({ start: { dateTime }, end: { dateTime } })).toMatchObject({ localDate, localHour });
  });

  it("places an event across midnight on the day of its start", () => {
    const [start, end] = [{ dateTime: "2026-02-09T23:30:00+01:00" }, { dateTime: "2026-02-10T00:30:00+01:00" }];
    expect(taken({ start, end })).toMatchObject({ localDate: "2026-02-09", localHour: 23 });
    expect(taken({ start, end }, wallClock("Asia/Kathmandu"))).toMatchObject({ localDate: "2026-02-10", localHour: 4 });
  });

  it.each([
    ["Europe/Berlin", "2026-02-09", "2026-02-10", "2026-02-08T23:00:00Z", "2026-02-09T23:00:00Z"],
    ["Europe/Berlin", "2026-03-29", "2026-03-30", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
    ["Europe/Berlin", "2026-10-25", "2026-10-26", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    ["America/Sao_Paulo", "2018-11-04", "2018-11-05", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
    ["-09:30", "2026-02-09", "2026-02-12", "2026-02-09T09:30:00Z", "2026-02-12T09:30:00Z"],
  ])("starts an all-day event at local midnight: %s, %s", (zone, date, until, startsAt, endsAt) => {
    const found = taken({ start: { date }, end: { date: until } }, wallClock(zone));
    expect(found).toMatchObject({
      allDay: true,
      localDate: date,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    });
  });

  it("ends an event without a valid end at its start", () => {
    const startsAt = new Date("2026-02-09T09:00:00Z");
    expect(taken({ end: { dateTime: "2026-02-09T08:00:00Z" } })).toMatchObject({ startsAt, endsAt: startsAt });
    const { end: _, ...endless } = google();
    expect(parseEvent(endless, CALENDAR, BERLIN)).toMatchObject({ startsAt, endsAt: startsAt });
    for (const end of [{ dateTime: "soon" }, {}, { date: "soon" }]) {
      expect(taken({ end })).toMatchObject({ startsAt, endsAt: startsAt });
    }
  });

  it.each([{}, { dateTime: "soon" }, { date: "soon" }, undefined])("gives nothing for the start %j", (start) => {
    const { start: _, ...rest } = google();
    const event = { ...rest, ...(start && { start }) };
    expect(parseEvent(event, CALENDAR, BERLIN)).toBeUndefined();
    expect(parseEvent({ ...event, status: "cancelled" }, CALENDAR, BERLIN)).toEqual({
      calendarId: CALENDAR,
      eventId: "one",
      originalStart: null,
      seriesId: null,
    });
  });

  it("keeps only characters that Postgres accepts", () => {
    const summary = "Max\u0000 \ud83d Muster\udc7bmann 👻";
    const { title, bookedBy } = taken({ summary, description: "[Booked by: An\u0000na \ud83d]" });
    expect(title).toBe("Max \ufffd Muster\ufffdmann 👻");
    expect(bookedBy).toBe("Anna \ufffd");
    for (const length of [998, 999, 1_000]) {
      const { title: long } = taken({ summary: `${"x".repeat(length)}👻👻` });
      expect({ length, wellFormed: long.isWellFormed() }).toEqual({ length, wellFormed: true });
      expect(long.length).toBeLessThanOrEqual(1_000);
    }
  });

  it("gives the same key after a move or a new title", () => {
    const originalStartTime = { dateTime: "2026-02-09T10:00:00+01:00" };
    const before = taken({ originalStartTime, recurringEventId: "series" });
    const after = taken({
      originalStartTime: { dateTime: "2026-02-09T09:00:00Z" },
      recurringEventId: "series",
      start: { dateTime: "2026-02-11T10:00:00+01:00" },
      summary: "anders",
    });
    expect([after.calendarId, after.eventId, after.originalStart]).toEqual([
      before.calendarId,
      before.eventId,
      before.originalStart,
    ]);
  });
});

describe("a deleted event without details", () => {
  const remains = (over: Partial<DeletedEvent> = {}): DeletedEvent => ({
    calendarId: CALENDAR,
    eventId: "series_1",
    originalStart: new Date("2026-03-30T08:00:00Z"),
    seriesId: "series",
    ...over,
  });

  it("has only its identity", () => {
    const event = {
      id: "series_1",
      status: "cancelled",
      recurringEventId: "series",
      originalStartTime: { dateTime: "2026-03-30T10:00:00+02:00" },
    };
    const found = parseEvent(event, CALENDAR, BERLIN);
    expect(found).toEqual(remains());
    expect(found !== undefined && hasDetails(found)).toBe(false);
  });

  it("is restored from its own stored appointment", () => {
    const known = appointmentData({
      eventId: "series_1",
      startsAt: new Date("2026-04-01T08:00:00Z"),
      title: "Max (neu)",
    });
    expect(restoreDeleted(remains(), known, BERLIN)).toEqual({ ...known, status: "cancelled" });
  });

  it("is restored from another instance of its series, at its own time and with the same length", () => {
    const other = appointmentData({
      eventId: "series_0",
      seriesId: "series",
      originalStart: new Date("2026-03-23T09:00:00Z"),
      startsAt: new Date("2026-03-23T09:15:00Z"),
      endsAt: new Date("2026-03-23T10:00:00Z"),
      colorId: "7",
      bookedBy: "Anna",
    });
    expect(restoreDeleted(remains(), other, BERLIN)).toEqual({
      ...other,
      ...remains(),
      startsAt: new Date("2026-03-30T08:00:00Z"),
      endsAt: new Date("2026-03-30T08:45:00Z"),
      localDate: "2026-03-30",
      localHour: 10,
      status: "cancelled",
    });
  });

  it("has no title without a template, and is not restored without a time", () => {
    expect(restoreDeleted(remains(), undefined, BERLIN)).toMatchObject({
      eventId: "series_1",
      title: "",
      status: "cancelled",
      startsAt: new Date("2026-03-30T08:00:00Z"),
      endsAt: new Date("2026-03-30T08:00:00Z"),
      localDate: "2026-03-30",
      localHour: 10,
    });
    expect(restoreDeleted(remains({ originalStart: null }), undefined, BERLIN)).toBeUndefined();
    expect(
      restoreDeleted(remains({ originalStart: null }), appointmentData({ eventId: "other" }), BERLIN),
    ).toBeUndefined();
  });
});
