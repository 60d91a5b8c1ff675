import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { eventsOn } from "../../../dev/calendar/demo-events.ts";
import { localCalendar } from "../../../dev/calendar/local-calendar.ts";
import { startGoogleCalendar } from "../../../dev/google/start-server.ts";
import { serve } from "../../../dev/server.ts";
import { googleClient } from "../../support/attendance/google-client.ts";

/** The local run serves the demo club's calendars to Google's client. */

const BERATUNG = "beratung@club.example";
const NOW = new Date("2026-02-09T22:30:00Z");
const DAY = { timeMin: "2026-02-09T00:00:00+01:00", timeMax: "2026-02-10T00:00:00+01:00" };
const QUERY = { calendarId: BERATUNG, singleEvents: true, showDeleted: true, ...DAY };

async function club() {
  return localCalendar(join(await mkdtemp(join(tmpdir(), "taktwerk-calendar-")), "calendar.json"), () => NOW);
}
const pathsOf = (url: string) =>
  ["/dev/calendar", "/dev/google/token", "/calendar/v3/x"].map((path) => `${url}${path}`);
const statusOf = async (url: string) => (await fetch(url)).status;

describe("the local run", () => {
  it("serves Google's API under the URL of its settings, with the same events as on its page", async () => {
    const calendar = await club();
    const server = await serve(0, { calendar: calendar.handle });
    onTestFinished(server.close);
    const settings = calendar.settings(server.url, `${server.url}/dev/google/token`);
    expect(settings).toMatchObject({
      GOOGLE_CALENDAR_URL: server.url,
      GOOGLE_CALENDAR_IDS: "beratung@club.example,training@club.example",
    });
    expect(JSON.parse(settings.CONSULTANTS ?? "")).toMatchObject({ "anna@club.example": "Anna Vogel" });
    const { events } = googleClient({ url: server.url, credentials: settings.GOOGLE_CREDS_BASE64 ?? "" });
    const { data } = await events.list(QUERY);
    const generated = eventsOn(BERATUNG, "2026-02-09", NOW).map(({ id }) => id);
    expect(data.items?.map(({ id }) => id)).toEqual(expect.arrayContaining(generated));
    const page = await (await fetch(`${server.url}/dev/calendar?date=2026-02-09`)).text();
    for (const id of generated) expect(page).toContain(`data-event="${id}"`);
  });

  it("answers 404 on these paths without a calendar", async () => {
    const server = await serve(0);
    onTestFinished(server.close);
    for (const path of pathsOf(server.url)) expect(await statusOf(path)).toBe(404);
  });
});

describe("a separate server of the demo calendars", () => {
  it("returns a year of events on two pages", async () => {
    const { source, settings } = await club();
    const own = await startGoogleCalendar(source);
    onTestFinished(own.close);
    const credentials = settings(own.url, own.tokenUri).GOOGLE_CREDS_BASE64 ?? "";
    const { events } = googleClient({ url: own.url, credentials });
    const { data } = await events.list(QUERY);
    expect(data.items?.length).toBeGreaterThan(12);
    const year = { ...QUERY, timeMin: "2025-02-10T00:00:00+01:00", maxResults: 2500, fields: "nextPageToken,items/id" };
    const first = await events.list(year);
    expect(first.data.items).toHaveLength(2500);
    const second = await events.list({ ...year, pageToken: first.data.nextPageToken ?? "" });
    expect(second.data.items?.length).toBeGreaterThan(1500);
    expect(second.data.nextPageToken).toBeUndefined();
  });
});
