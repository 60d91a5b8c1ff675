import { describe, expect, it } from "vitest";
import { event } from "../../worlds/google-events.ts";
import { listingOf, TEAM } from "../../worlds/google-listing.ts";

/** What the loopback Google Calendar shows to whom, through Google's own client. */

describe("who may see what", () => {
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

  it("is everything for a writer", async () => {
    const { list } = await listingOf(events, { roles: { [TEAM]: "writer" } });
    const { accessRole, items } = await list();
    expect(accessRole).toBe("writer");
    expect(items?.map(({ summary, visibility }) => [summary, visibility])).toEqual([
      ["Max Mustermann - Erstgespräch", undefined],
      ["Max Mustermann - Erstgespräch", "private"],
    ]);
  });

  it("is everything but the details of private events for a reader", async () => {
    const { list } = await listingOf(events);
    const [open, secret] = (await list()).items ?? [];
    expect(open).toMatchObject({ summary: "Max Mustermann - Erstgespräch", colorId: "2" });
    expect(secret).toEqual({ ...busy, id: "secret1" });
  });

  it("is when somebody is busy, and no more, where only that is shared", async () => {
    const { list } = await listingOf(events, { roles: { [TEAM]: "freeBusyReader" } });
    const { accessRole, items } = await list();
    expect(accessRole).toBe("freeBusyReader");
    expect(items).toEqual([
      { ...busy, id: "open1" },
      { ...busy, id: "secret1" },
    ]);
  });

  it("is nothing of a calendar that is not there, or was not shared", async () => {
    const { refusal } = await listingOf(events, {
      calendars: { [TEAM]: events, "other@club.example": [] },
      roles: { "other@club.example": null },
    });
    const expected = [404, "notFound", "Not Found"];
    expect(await refusal({ calendarId: "nobody@club.example" })).toEqual(expected);
    expect(await refusal({ calendarId: "other@club.example" })).toEqual(expected);
  });

  it("is the same event id on two calendars, each with its own title", async () => {
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
