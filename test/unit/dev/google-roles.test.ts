import { describe, expect, it } from "vitest";
import { event } from "../../worlds/google-events.ts";
import { listingOf, TEAM } from "../../worlds/google-listing.ts";

/** What each role sees in the stand-in for Google Calendar. */

describe("a calendar", () => {
  const events = [
    event({ id: "open1", colorId: "2", description: "x" }),
    event({ id: "secret1", visibility: "private", colorId: "2", description: "x" }),
  ];
  const busy = {
    kind: "calendar#event",
    etag: expect.any(String),
    status: "confirmed",
    htmlLink: expect.any(String),
    updated: expect.any(String),
    start: expect.anything(),
    end: expect.anything(),
    iCalUID: expect.any(String),
    eventType: "default",
    visibility: "private",
  };

  it("shows everything to a writer", async () => {
    const { list } = await listingOf(events, { roles: { [TEAM]: "writer" } });
    const { accessRole, items } = await list();
    expect(accessRole).toBe("writer");
    expect(items?.map(({ summary, visibility }) => [summary, visibility])).toEqual([
      ["Max Mustermann - Erstgespräch", undefined],
      ["Max Mustermann - Erstgespräch", "private"],
    ]);
  });

  it("hides the details of private events from a reader", async () => {
    const { list } = await listingOf(events);
    const [open, secret] = (await list()).items ?? [];
    expect(open).toMatchObject({ summary: "Max Mustermann - Erstgespräch", colorId: "2" });
    expect(secret).toEqual({ ...busy, id: "secret1" });
  });

  it("shows only the times to a free-busy reader", async () => {
    const { list } = await listingOf(events, { roles: { [TEAM]: "freeBusyReader" } });
    const { accessRole, items } = await list();
    expect(accessRole).toBe("freeBusyReader");
    expect(items).toEqual([
      { ...busy, id: "open1" },
      { ...busy, id: "secret1" },
    ]);
  });

  it("answers 404 if it does not exist or is not shared", async () => {
    const { refusal } = await listingOf(events, {
      calendars: { [TEAM]: events, "other@club.example": [] },
      roles: { "other@club.example": null },
    });
    const expected = [404, "notFound", "Not Found"];
    expect(await refusal({ calendarId: "nobody@club.example" })).toEqual(expected);
    expect(await refusal({ calendarId: "other@club.example" })).toEqual(expected);
  });

  it("may have an event with the same id as another calendar", async () => {
    const { list } = await listingOf([], {
      calendars: {
        [TEAM]: [event({ id: "both1", summary: "hier" })],
        "b@x.de": [event({ id: "both1", summary: "da" })],
      },
    });
    expect((await list()).items?.[0]?.summary).toBe("hier");
    expect((await list({ calendarId: "b@x.de" })).items?.[0]?.summary).toBe("da");
  });
});
