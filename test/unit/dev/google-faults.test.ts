import { describe, expect, it } from "vitest";
import { apiError, type ErrorName } from "../../../dev/google/api-errors.ts";
import { startGoogleCalendar } from "../../../dev/google/start-server.ts";
import type { Fault } from "../../fakes/google-faults.ts";
import { type GoogleOptions, googleServer } from "../../fakes/google-server.ts";
import { googleClient } from "../../support/attendance/google-client.ts";
import { event } from "../../worlds/google-events.ts";
import { sharedServiceAccount, sourceOf } from "../../worlds/google-source.ts";

/** How the stand-in for Google Calendar fails: with Google's errors, and as a script demands. */

const TEAM = "team@club.example";

async function calendar(options: GoogleOptions) {
  const google = await googleServer({ calendars: { [TEAM]: [event()] }, ...options });
  const { events } = googleClient(google);
  const list = (more: object = {}) => events.list({ calendarId: TEAM, singleEvents: true }, more);
  return { google, list };
}

const outcomeOf = (call: Promise<{ status: number }>) =>
  call.then(
    ({ status }) => status,
    ({ status, code, cause }) => status ?? cause?.cause?.code ?? cause?.code ?? code ?? "failed",
  );

describe("Google's errors", () => {
  it.each<[ErrorName, number, string, string]>([
    ["authError", 401, "global", "authError"],
    ["forbidden", 403, "global", "forbidden"],
    ["rateLimitExceeded", 403, "usageLimits", "rateLimitExceeded"],
    ["userRateLimitExceeded", 403, "usageLimits", "userRateLimitExceeded"],
    ["quotaExceeded", 403, "usageLimits", "quotaExceeded"],
    ["accessNotConfigured", 403, "usageLimits", "accessNotConfigured"],
    ["notFound", 404, "global", "notFound"],
    ["fullSyncRequired", 410, "calendar", "fullSyncRequired"],
    ["updatedMinTooLongAgo", 410, "calendar", "updatedMinTooLongAgo"],
    ["tooManyRequests", 429, "usageLimits", "rateLimitExceeded"],
    ["backendError", 500, "global", "backendError"],
    ["unavailable", 503, "global", "backendError"],
  ])("return %s as status %i, domain %s, reason %s", async (name, status, domain, reason) => {
    const response = apiError(name).response({ "Retry-After": "2" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, "2"]);
    const { error } = (await response.json()) as { error: { errors: { message: string }[] } };
    expect(error).toMatchObject({ code: status, message: error.errors[0]?.message, errors: [{ domain, reason }] });
  });

  it("reach Google's client, each once", async () => {
    const faults = [apiError("tooManyRequests").response({ "Retry-After": "2" }), apiError("forbidden").response()];
    const { list, google } = await calendar({ onList: faults });
    expect([await outcomeOf(list()), await outcomeOf(list()), await outcomeOf(list())]).toEqual([429, 403, 200]);
    expect(google.lists()).toHaveLength(3);
  });

  it("show internal errors of the stand-in", async () => {
    const { google, list } = await calendar({});
    google.timeZone = "Mars/Olympus";
    await expect(list({})).rejects.toMatchObject({ status: 500, message: expect.stringContaining("Backend Error: ") });
  });
});

describe("a fault script", () => {
  it.each<[string, Fault]>([
    ["before", "cut"],
    ["in the middle of", "cut-body"],
  ])("can cut the connection %s the answer", async (_, fault) => {
    const { list, google } = await calendar({ onList: [undefined, fault] });
    expect(await outcomeOf(list())).toBe(200);
    expect(await outcomeOf(list())).not.toBe(200);
    expect(await outcomeOf(list())).toBe(200);
    expect(google.lists()).toHaveLength(3);
  });

  it("can leave a request without answer, or answer it late", async () => {
    const { list } = await calendar({ onList: ["hang", { delayMs: 80 }] });
    const begun = Date.now();
    await expect(list({ timeout: 50 })).rejects.toThrow();
    expect(await outcomeOf(list())).toBe(200);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(125);
  });

  it("can answer text, or JSON of a wrong shape", async () => {
    const { list } = await calendar({ onList: [new Response("<html>busy</html>"), Response.json([1])] });
    expect((await list()).data).toBe("<html>busy</html>");
    expect((await list()).data).toEqual([1]);
  });

  it("can depend on the request and its number, and can affect tokens", async () => {
    const { google, list } = await calendar({
      onList: ({ query }, nth) =>
        query.has("pageToken") || nth === 2 ? apiError("fullSyncRequired").response() : undefined,
      onToken: [Response.json({ error: "unavailable" }, { status: 503 })],
    });
    expect(await outcomeOf(list())).toBe(503);
    expect([await outcomeOf(list()), await outcomeOf(list())]).toEqual([200, 410]);
    google.onList = () => "cut";
    expect(await outcomeOf(list())).not.toBe(200);
    expect(google.requests.map(({ kind }) => kind)).toEqual(["token", "token", "list", "list", "list"]);
  });

  it("does not hide the requests: each is recorded with its time", async () => {
    const at = new Date("2026-02-09T12:00:00Z");
    const { google, list } = await calendar({ now: () => at });
    await list();
    expect(google.requests).toMatchObject([
      { kind: "token", method: "POST", path: "/token", at },
      { kind: "list", method: "GET", path: "/calendar/v3/calendars/team%40club.example/events", at },
    ]);
    expect(google.lists()[0]?.query.get("singleEvents")).toBe("true");
  });
});

describe("a separate server", () => {
  it("serves calendars on loopback until it is closed", async () => {
    const account = await sharedServiceAccount();
    const world = { calendars: { [TEAM]: [event()] }, roles: {}, timeZone: "UTC", now: () => new Date() };
    const { url, tokenUri, close } = await startGoogleCalendar(sourceOf(world, account));
    const { events } = googleClient({ url, credentials: account.credentials(tokenUri) });
    const list = () => events.list({ calendarId: TEAM, singleEvents: true });
    expect((await list()).data.items).toHaveLength(1);
    await expect(startGoogleCalendar(sourceOf(world, account), Number(new URL(url).port))).rejects.toThrow(
      "EADDRINUSE",
    );
    await close();
    await expect(list()).rejects.toThrow();
  });
});
