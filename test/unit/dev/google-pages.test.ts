import { describe, expect, it } from "vitest";
import { type GoogleOptions, googleServer } from "../../fakes/google-server.ts";
import { googleClient } from "../../support/attendance/google-client.ts";
import { event } from "../../worlds/google-events.ts";

/** Pages and partial responses of the stand-in for Google Calendar. */

const TEAM = "team@club.example";
const QUERY = { calendarId: TEAM, singleEvents: true };

async function calendarOf(count: number, options: GoogleOptions = {}) {
  const events = Array.from({ length: count }, (_, n) => event({ id: `event${String(n).padStart(5, "0")}` }));
  const google = await googleServer({ calendars: { [TEAM]: events }, ...options });
  const client = googleClient(google);
  const list = async (parameters: object = {}) => (await client.events.list({ ...QUERY, ...parameters })).data;
  /** The ids on each page of a query. */
  const pages = async (parameters: object = {}) => {
    const ids: string[][] = [];
    let pageToken: string | null | undefined;
    do {
      const page = await list({ ...parameters, ...(pageToken ? { pageToken } : {}) });
      ids.push((page.items ?? []).map(({ id }) => id ?? ""));
      expect(page.nextSyncToken === undefined).toBe(page.nextPageToken !== undefined);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return ids;
  };
  return { google, list, pages };
}

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => "no error",
    ({ response }) => response.data.error.errors[0],
  );

describe("pages", () => {
  it.each([
    ["250 events by default", undefined, [250, 250, 100]],
    ["the requested number", 400, [400, 200]],
    ["2,500 at most", 9999, [600]],
  ])("have %s", async (_, maxResults, sizes) => {
    const { google, pages } = await calendarOf(600);
    const ids = await pages({ maxResults });
    expect(ids.map(({ length }) => length)).toEqual(sizes);
    expect(new Set(ids.flat()).size).toBe(600);
    expect(google.lists()).toHaveLength(sizes.length);
  });

  it("end after 2,500 events", async () => {
    const { pages } = await calendarOf(2501);
    expect((await pages({ maxResults: 5000 })).map(({ length }) => length)).toEqual([2500, 1]);
  });

  it("may be short or empty, the last one too", async () => {
    const { pages } = await calendarOf(6, { pageSizes: [0, 2, 0, 9, 0] });
    expect((await pages({ maxResults: 3 })).map(({ length }) => length)).toEqual([0, 2, 0, 3, 0, 1]);
    const { pages: ended } = await calendarOf(2, { pageSizes: [2, 0] });
    expect((await ended()).map(({ length }) => length)).toEqual([2, 0]);
  });

  it("have tokens that are valid for one query only", async () => {
    const { list } = await calendarOf(3, { calendars: { [TEAM]: [event(), event(), event()], "b@x.de": [event()] } });
    const query = { maxResults: 2, timeMin: "2026-02-09T00:00:00Z" };
    const { nextPageToken: pageToken } = await list(query);
    expect((await list({ ...query, pageToken })).items).toHaveLength(1);
    expect((await list({ ...query, pageToken, fields: "items/id" })).items).toHaveLength(1);
    const invalid = {
      domain: "global",
      reason: "invalid",
      message: "Invalid page token value.",
      locationType: "parameter",
      location: "pageToken",
    };
    for (const other of [
      { ...query, pageToken, showDeleted: true },
      { ...query, pageToken, timeMin: "2026-02-08T00:00:00Z" },
      { ...query, pageToken, calendarId: "b@x.de" },
      { ...query, pageToken: "nonsense" },
      { ...query, pageToken: "" },
    ]) {
      expect(await errorOf(list(other))).toEqual(invalid);
    }
  });
});

describe("fields", () => {
  it.each([
    ["items/id", { items: [{ id: "event00000" }] }],
    ["timeZone,accessRole", { timeZone: "Europe/Berlin", accessRole: "reader" }],
    ["items(id, start/dateTime)", { items: [{ id: "event00000", start: { dateTime: "2026-02-09T10:00:00+01:00" } }] }],
    [
      "nextPageToken,items(status,start(date,timeZone),organizer/email)",
      {
        items: [
          { status: "confirmed", start: { timeZone: "Europe/Berlin" }, organizer: { email: "anna@club.example" } },
        ],
      },
    ],
    [
      "items/start/dateTime,items/id",
      { items: [{ start: { dateTime: "2026-02-09T10:00:00+01:00" }, id: "event00000" }] },
    ],
    ["items(start(dateTime),start(*))", { items: [{ start: expect.objectContaining({ timeZone: "Europe/Berlin" }) }] }],
    ["items(colorId,location)", { items: [{}] }],
  ])("%s selects only these fields", async (fields, expected) => {
    const { list } = await calendarOf(1);
    const response = await list({ fields });
    expect(response).toEqual(expected);
  });

  it("* selects everything", async () => {
    const { list } = await calendarOf(1);
    expect(await list({ fields: "*" })).toEqual({ ...(await list()), nextSyncToken: expect.any(String) });
    expect(Object.keys((await list({ fields: "items/*" })).items?.[0] ?? {})).toContain("htmlLink");
  });

  it.each([
    ["item(id)", "item"],
    ["items(id,colour)", "colour"],
    ["items(id,start(hour))", "hour"],
    ["id", "id"],
    ["items/id/x", "x"],
    ["items(id", ""],
    ["items(id))", ")"],
    ["items()", ")"],
    ["items(id) accessRole", "accessRole"],
    ["items,", ""],
    ["", ""],
    ["constructor", "constructor"],
  ])("%s is refused", async (fields, token) => {
    const { list } = await calendarOf(1);
    expect(await errorOf(list({ fields }))).toEqual({
      domain: "global",
      reason: "invalidParameter",
      message: `Invalid field selection ${token}`.trim(),
      locationType: "parameter",
      location: "fields",
    });
  });
});
