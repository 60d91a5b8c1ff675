import { describe, expect, it } from "vitest";
import { event, instance } from "../../worlds/google-events.ts";
import { DAY, listingOf, TEAM } from "../../worlds/google-listing.ts";

/** `events.list` of the stand-in for Google Calendar, called through Google's client. */

describe("events.list", () => {
  it("returns the calendar and its events in Google's form", async () => {
    const { list } = await listingOf([event({ id: "termin1", colorId: "7", description: "<b>neu</b>" })]);
    expect(await list()).toEqual({
      kind: "calendar#events",
      etag: expect.stringMatching(/^".+"$/),
      summary: TEAM,
      updated: "2026-02-01T08:00:00.000Z",
      timeZone: "Europe/Berlin",
      accessRole: "reader",
      defaultReminders: [],
      nextSyncToken: expect.any(String),
      items: [
        {
          kind: "calendar#event",
          etag: expect.stringMatching(/^".+"$/),
          id: "termin1",
          status: "confirmed",
          htmlLink: expect.stringContaining("https://www.google.com/calendar/event?eid="),
          created: "2026-02-01T08:00:00.000Z",
          updated: "2026-02-01T08:00:00.000Z",
          summary: "Max Mustermann - Erstgespräch",
          description: "<b>neu</b>",
          colorId: "7",
          creator: { email: "anna@club.example" },
          organizer: { email: "anna@club.example" },
          start: { dateTime: "2026-02-09T10:00:00+01:00", timeZone: "Europe/Berlin" },
          end: { dateTime: "2026-02-09T11:00:00+01:00", timeZone: "Europe/Berlin" },
          iCalUID: "termin1@google.com",
          sequence: 0,
          reminders: { useDefault: true },
          eventType: "default",
        },
      ],
    });
  });

  it("excludes events that end at timeMin or start at timeMax", async () => {
    const { ids } = await listingOf([
      event({ id: "endsatmin", start: "2026-02-08T22:00:00Z", end: "2026-02-08T23:00:00Z" }),
      event({ id: "endsafter", start: "2026-02-08T22:00:00Z", end: "2026-02-08T23:00:01Z" }),
      event({ id: "startsbefore", start: "2026-02-09T22:59:59Z" }),
      event({ id: "startsatmax", start: "2026-02-09T23:00:00Z" }),
    ]);
    expect(await ids()).toEqual(["endsafter", "startsbefore"]);
  });

  it("returns an event across midnight on both days, and an event of no length on its day", async () => {
    const { ids } = await listingOf([
      event({ id: "night", start: "2026-02-09T23:30:00+01:00", end: "2026-02-10T00:30:00+01:00" }),
      event({ id: "moment", start: "2026-02-09T12:00:00+01:00", end: "2026-02-09T12:00:00+01:00" }),
    ]);
    expect(await ids()).toEqual(["moment", "night"]);
    expect(await ids({ timeMin: DAY.timeMax, timeMax: "2026-02-11T00:00:00+01:00" })).toEqual(["night"]);
    expect(await ids({ timeMin: "2026-02-10T00:30:00+01:00", timeMax: "2026-02-11T00:00:00+01:00" })).toEqual([]);
  });

  it("accepts one bound or none", async () => {
    const { ids } = await listingOf([
      event({ id: "early", start: "2025-01-01T09:00:00Z" }),
      event({ id: "later", start: "2027-01-01T09:00:00Z" }),
    ]);
    expect(await ids({ timeMax: undefined })).toEqual(["later"]);
    expect(await ids({ timeMin: undefined })).toEqual(["early"]);
    expect(await ids({ timeMin: undefined, timeMax: undefined })).toEqual(["early", "later"]);
  });

  it("treats an all-day event as midnight to midnight in the calendar's zone", async () => {
    const { list, ids } = await listingOf([event({ id: "allday", start: "2026-02-09" })]);
    expect((await list()).items?.[0]).toMatchObject({ start: { date: "2026-02-09" }, end: { date: "2026-02-10" } });
    expect(await ids({ timeMin: "2026-02-09T22:59:59Z", timeMax: "2026-02-10T12:00:00Z" })).toEqual(["allday"]);
    expect(await ids({ timeMin: "2026-02-09T23:00:00Z", timeMax: "2026-02-10T12:00:00Z" })).toEqual([]);
  });

  it("returns deleted events only on request", async () => {
    const { ids, list } = await listingOf([
      event({ id: "there1" }),
      event({ id: "gone1", status: "cancelled", summary: "Eva Kern" }),
    ]);
    expect(await ids()).toEqual(["there1"]);
    expect(await ids({ showDeleted: true })).toEqual(["gone1", "there1"]);
    expect((await list({ showDeleted: true })).items?.[0]).toMatchObject({ status: "cancelled", summary: "Eva Kern" });
  });

  it("returns only the identity of a deleted instance and of a bare deleted event", async () => {
    const { list } = await listingOf([
      instance("serie1", "2026-02-09T09:00:00Z", { status: "cancelled" }),
      event({ id: "gone2", status: "cancelled", bare: true }),
    ]);
    const [gone, cancelled] = (await list({ showDeleted: true })).items ?? [];
    expect(cancelled).toEqual({
      kind: "calendar#event",
      etag: expect.any(String),
      id: "serie1_20260209T090000Z",
      status: "cancelled",
      recurringEventId: "serie1",
      originalStartTime: { dateTime: "2026-02-09T10:00:00+01:00", timeZone: "Europe/Berlin" },
    });
    expect(gone).toEqual({ kind: "calendar#event", etag: expect.any(String), id: "gone2", status: "cancelled" });
  });

  it("returns a moved instance at its new time, with its original start", async () => {
    const { list, ids } = await listingOf([
      instance("serie1", "2026-02-08T09:00:00Z", { start: "2026-02-09T15:00:00Z" }),
    ]);
    expect((await list()).items?.[0]).toMatchObject({
      id: "serie1_20260208T090000Z",
      recurringEventId: "serie1",
      iCalUID: "serie1@google.com",
      originalStartTime: { dateTime: "2026-02-08T10:00:00+01:00" },
      start: { dateTime: "2026-02-09T16:00:00+01:00" },
    });
    expect(await ids({ timeMin: "2026-02-08T00:00:00+01:00", timeMax: "2026-02-09T00:00:00+01:00" })).toEqual([]);
  });

  it("sorts by start or by update only on request", async () => {
    const { ids } = await listingOf([
      event({ id: "aaaaa", start: "2026-02-09T12:00:00Z", updated: "2026-02-02T00:00:00Z" }),
      event({ id: "bbbbb", start: "2026-02-09T08:00:00Z", updated: "2026-02-03T00:00:00Z" }),
      event({ id: "ccccc", start: "2026-02-09T10:00:00Z", updated: "2026-02-01T00:00:00Z" }),
    ]);
    expect(await ids()).toEqual(["aaaaa", "bbbbb", "ccccc"]);
    expect(await ids({ orderBy: "startTime" })).toEqual(["bbbbb", "ccccc", "aaaaa"]);
    expect(await ids({ orderBy: "updated" })).toEqual(["ccccc", "aaaaa", "bbbbb"]);
  });

  it("returns only the requested event types", async () => {
    const { ids } = await listingOf([
      event({ id: "appointment" }),
      event({ id: "focus", eventType: "focusTime" }),
      event({ id: "office", eventType: "workingLocation" }),
    ]);
    expect(await ids({ eventTypes: ["default", "focusTime"] })).toEqual(["appointment", "focus"]);
  });

  it("returns times in the requested zone, in summer and in winter", async () => {
    const { list } = await listingOf([
      event({ start: "2026-03-29T00:30:15Z", end: "2026-03-29T01:30:00Z" }), // the night in which Berlin springs forward
    ]);
    const on = async (timeZone?: string) => {
      const night = { timeMin: "2026-03-28T23:00:00Z", timeMax: "2026-03-29T22:00:00Z" };
      const [item] = (await list({ ...night, timeZone })).items ?? [];
      return [item?.start?.dateTime, item?.end?.dateTime, item?.start?.timeZone];
    };
    expect(await on()).toEqual(["2026-03-29T01:30:15+01:00", "2026-03-29T03:30:00+02:00", "Europe/Berlin"]);
    expect(await on("UTC")).toEqual(["2026-03-29T00:30:15Z", "2026-03-29T01:30:00Z", "Europe/Berlin"]);
    expect(await on("Asia/Kathmandu")).toContain("2026-03-29T06:15:15+05:45");
  });

  it.each([
    ["a time without offset", { timeMin: "2026-02-09T00:00:00" }, [400, "badRequest", "Bad Request"]],
    ["an impossible time", { timeMax: "2026-02-30T99:00:00Z" }, [400, "badRequest", "Bad Request"]],
    [
      "an empty range",
      { timeMin: "2026-02-09T00:00:00.100Z", timeMax: "2026-02-09T00:00:00.900Z" },
      [400, "timeRangeEmpty", "The specified time range is empty."],
    ],
    [
      "an order by start of series",
      { singleEvents: false, orderBy: "startTime" },
      [400, "badRequest", "The requested ordering is not available for the particular query."],
    ],
    [
      "an unknown order",
      { orderBy: "end" },
      [400, "invalidParameter", "Invalid string value: 'end'. Allowed values: [startTime, updated]"],
    ],
    [
      "no results",
      { maxResults: 0 },
      [400, "invalidParameter", "Invalid value '0'. Values must be within the range: [1, 2147483647]"],
    ],
    ["an unknown zone", { timeZone: "Berlin" }, [400, "invalidParameter", "Invalid time zone: 'Berlin'."]],
    [
      "series that are not expanded",
      { singleEvents: false },
      [400, "badRequest", "singleEvents=false: not supported by this stand-in"],
    ],
    ["a search", { q: "Max" }, [400, "badRequest", "q: not supported by this stand-in"]],
    [
      "a sync token",
      { syncToken: "x", timeMin: undefined, timeMax: undefined },
      [410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required."],
    ],
    [
      "a sync token with bounds",
      { syncToken: "x" },
      [400, "badRequest", "Sync token cannot be used with query restrictions."],
    ],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refusal } = await listingOf([]);
    expect(await refusal(parameters)).toEqual(expected);
  });
});
