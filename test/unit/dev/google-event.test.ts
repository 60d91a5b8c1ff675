import { describe, expect, it } from "vitest";
import { type GoogleOptions, googleServer } from "../../fakes/google-server.ts";
import { googleClient } from "../../support/attendance/google-client.ts";
import { event, instance } from "../../worlds/google-events.ts";

/** `events.get` and `events.patch` of the stand-in for Google Calendar. */

const TEAM = "team@club.example";
const NOW = new Date("2026-02-09T12:00:00Z");

async function calendar(options: GoogleOptions = {}, scope?: string) {
  const google = await googleServer({
    calendars: { [TEAM]: [event({ id: "termin1", colorId: "7" }), event({ id: "gone1", status: "cancelled" })] },
    roles: { [TEAM]: "writer" },
    now: () => NOW,
    ...options,
  });
  const { events } = googleClient(google, scope);
  const get = async (eventId: string, more: object = {}) =>
    (await events.get({ calendarId: TEAM, eventId, ...more })).data;
  const patch = async (eventId: string, requestBody: object, more: object = {}) =>
    (await events.patch({ calendarId: TEAM, eventId, requestBody, ...more })).data;
  return { google, get, patch };
}

const reasonOf = (call: Promise<unknown>) =>
  call.then(
    () => "no error",
    ({ status, response }) => [status, response.data.error.errors[0].reason],
  );

describe("events.get", () => {
  it("returns an event or some of its fields, in the requested zone, deleted events too", async () => {
    const { get } = await calendar();
    expect(await get("termin1")).toMatchObject({ id: "termin1", kind: "calendar#event", colorId: "7" });
    expect(await get("termin1", { fields: "id,start/dateTime", timeZone: "UTC" })).toEqual({
      id: "termin1",
      start: { dateTime: "2026-02-09T09:00:00Z" },
    });
    expect(await get("gone1")).toMatchObject({ id: "gone1", status: "cancelled" });
  });

  it("returns 404 for an unknown event, and 400 for wrong parameters", async () => {
    const { get, patch } = await calendar();
    expect(await reasonOf(get("nobody"))).toEqual([404, "notFound"]);
    expect(await reasonOf(patch("nobody", { summary: "x" }))).toEqual([404, "notFound"]);
    expect(await reasonOf(get("termin1", { fields: "items" }))).toEqual([400, "invalidParameter"]);
    expect(await reasonOf(get("termin1", { timeZone: "Mars" }))).toEqual([400, "invalidParameter"]);
  });
});

describe("events.patch", () => {
  it("changes only the given fields, and the time of the update", async () => {
    const { get, patch } = await calendar();
    const before = await get("termin1");
    const after = await patch("termin1", { summary: "Max Mustermann (ghost)", colorId: "11" });
    expect(after).toEqual({
      ...before,
      summary: "Max Mustermann (ghost)",
      colorId: "11",
      updated: NOW.toISOString(),
      sequence: 1,
      etag: expect.any(String),
    });
    expect(after.etag).not.toBe(before.etag);
    expect(await get("termin1")).toEqual(after);
  });

  it("moves an event", async () => {
    const { google, patch } = await calendar();
    const list = async (timeMin: string, timeMax: string) => {
      const { data } = await googleClient(google).events.list({
        calendarId: TEAM,
        singleEvents: true,
        timeMin,
        timeMax,
      });
      return data.items?.length;
    };
    await patch("termin1", {
      start: { dateTime: "2026-02-11T09:00:00+01:00" },
      end: { dateTime: "2026-02-11T10:00:00+01:00", timeZone: "Europe/Paris" },
    });
    expect(await list("2026-02-09T00:00:00Z", "2026-02-10T00:00:00Z")).toBe(0);
    expect(await list("2026-02-11T00:00:00Z", "2026-02-12T00:00:00Z")).toBe(1);
    const allDay = await patch("termin1", { start: { date: "2026-02-12" }, end: { date: "2026-02-13" } });
    expect(allDay).toMatchObject({ start: { date: "2026-02-12" }, end: { date: "2026-02-13" } });
  });

  it("removes a value with null, and restores a deleted instance of a series", async () => {
    const { google, patch } = await calendar();
    google.calendars[TEAM]?.push(instance("serie1", "2026-02-09T09:00:00Z", { colorId: "2" }));
    expect(await patch("termin1", { colorId: null })).not.toHaveProperty("colorId");
    expect(await patch("serie1_20260209T090000Z", { status: "cancelled" })).not.toHaveProperty("summary");
    expect(await patch("serie1_20260209T090000Z", { status: "confirmed" })).toMatchObject({ colorId: "2" });
  });

  it.each([
    ["an unknown field", { kind: "x" }],
    ["an unknown status", { status: "done" }],
    ["a time without offset", { start: { dateTime: "2026-02-09T09:00:00" } }],
    ["a start with a date and an end with a time", { start: { date: "2026-02-09" } }],
    ["a number as text", { summary: 12 }],
  ])("refuses %s", async (_, fields) => {
    const { get, patch } = await calendar();
    const before = await get("termin1");
    expect(await reasonOf(patch("termin1", fields))).toEqual([400, "badRequest"]);
    expect(await get("termin1")).toEqual(before);
  });

  it("refuses an end before the start", async () => {
    const { patch } = await calendar();
    const end = { dateTime: "2026-02-09T08:00:00Z" };
    expect(await reasonOf(patch("termin1", { end }))).toEqual([400, "timeRangeEmpty"]);
  });

  it("needs a writer and a scope for writing", async () => {
    const reader = await calendar({ roles: { [TEAM]: "reader" } });
    expect(await reasonOf(reader.patch("termin1", { summary: "x" }))).toEqual([403, "requiredAccessLevel"]);
    const readonly = await calendar({}, "https://www.googleapis.com/auth/calendar.events.readonly");
    expect(await reasonOf(readonly.patch("termin1", { summary: "x" }))).toEqual([403, "insufficientPermissions"]);
    const writer = await calendar({}, "https://www.googleapis.com/auth/calendar.events");
    expect(await writer.patch("termin1", { summary: "x" }, { fields: "summary" })).toEqual({ summary: "x" });
  });
});

describe("features that only Google has", () => {
  it("are refused with an explanation", async () => {
    const { google } = await calendar();
    const { events } = googleClient(google);
    const refused = (feature: string) => ({ status: 400, message: `${feature}: not supported by this stand-in` });
    await expect(events.insert({ calendarId: TEAM, requestBody: {} })).rejects.toMatchObject(refused("POST events"));
    await expect(events.delete({ calendarId: TEAM, eventId: "termin1" })).rejects.toMatchObject(
      refused("DELETE of an event"),
    );
    expect(await reasonOf(googleClient(google).calendars.get({ calendarId: TEAM }))).toEqual([404, "notFound"]);
  });
});
