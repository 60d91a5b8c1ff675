import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { loadSyncStatus } from "../../../lib/attendance/google/sync-status.ts";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { redirectLog } from "../../../lib/log.ts";
import type { Fault } from "../../fakes/google-faults.ts";
import { type GoogleServer, startGoogle } from "../../fakes/google-server.ts";
import {
  configureGoogle,
  fireTracking,
  NOW,
  runTracking,
  stoppedClock,
} from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { event } from "../../worlds/google-events.ts";

/** An error in Google's form. */
function refusal(code: number, reason: string, headers: Record<string, string> = {}): Response {
  const error = {
    errors: [{ domain: "global", reason, message: `about ${reason}` }],
    code,
    message: `about ${reason}`,
  };
  return Response.json({ error }, { status: code, headers });
}

const TEAM = "team@club.example";

const it = databaseTest();

describe("a sync that meets errors", () => {
  let db: Db;
  let google: GoogleServer;
  beforeAll(async () => {
    google = await startGoogle();
  });
  afterAll(() => google.close());
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
    google.calendars = {
      [TEAM]: [event({ colorId: "2" }), event({ summary: "Ada (ghost)" }), event({ colorId: "11" })],
    };
    google.roles = {};
    google.onToken = [];
    setFaults();
    configureGoogle(google);
  });

  /** Sets the faults of the next requests for events, in order. */
  function setFaults(...faults: Fault[]): void {
    google.requests.length = 0;
    const remaining = [...faults];
    google.onList = () => remaining.shift();
  }

  const monday = { date: "2026-02-09" };
  const expected = { totalSlots: 3, completed: 1, ghosts: 1, noShows: 1, final: true };

  it.each<[string, Fault[]]>([
    ["a rate limit per user (403)", [refusal(403, "userRateLimitExceeded")]],
    ["a rate limit (403), twice", [refusal(403, "rateLimitExceeded"), refusal(403, "quotaExceeded")]],
    ["a rate limit (429)", [refusal(429, "rateLimitExceeded")]],
    ["server errors (500, 503)", [refusal(500, "backendError"), refusal(503, "backendError")]],
    ["a cut connection", ["cut", "cut"]],
    ["a connection cut in the middle of the answer", ["cut-body"]],
    ["an answer that is no JSON", [new Response("<html>busy</html>", { headers: { "content-type": "text/html" } })]],
    ["JSON that does not come from the Calendar API", [Response.json({ hello: "there" })]],
    ["a slow answer", [{ delayMs: 50 }]],
    ["an access token that has expired early (401)", [refusal(401, "authError")]],
  ])("reads the calendar after %s", async (_, faults) => {
    setFaults(...faults);
    const response = await runTracking(db, monday);
    expect(response.days).toMatchObject([expected]);
    const tries = faults.filter((fault) => !(typeof fault === "object" && "delayMs" in fault)).length + 1;
    expect(response.requests).toBe(tries);
    expect(google.lists()).toHaveLength(tries);
  });

  it("signs in again after Google refuses the access token", async () => {
    setFaults(refusal(401, "authError"));
    await runTracking(db, monday);
    expect(google.requests.map(({ kind }) => kind)).toEqual(["token", "list", "token", "list"]);
  });

  it("waits as long as Google asks", async () => {
    setFaults(refusal(429, "rateLimitExceeded", { "retry-after": "40" }));
    const clock = stoppedClock();
    await runTracking(db, monday, NOW, clock);
    expect(clock.waits).toHaveLength(1);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(40_000);
    expect(clock.waits[0]).toBeLessThan(41_001);
  });

  it("waits longer after each attempt", async () => {
    setFaults(...Array.from({ length: 5 }, () => refusal(503, "backendError")));
    const clock = stoppedClock();
    await runTracking(db, monday, NOW, clock);
    const least = [1_000, 2_000, 4_000, 8_000, 16_000];
    expect(clock.waits.map((ms, index) => ms >= (least[index] ?? 0) && ms <= (least[index] ?? 0) + 1_000)).toEqual(
      least.map(() => true),
    );
  });

  it.each<[string, () => Fault, RegExp]>([
    [
      "is not shared (404)",
      () => refusal(404, "notFound"),
      /Google does not know it, or \S+ has no access to it; share it/,
    ],
    [
      "may not be read (403)",
      () => refusal(403, "forbidden"),
      /may not read it \(forbidden: about forbidden\); share it/,
    ],
    [
      "is in a project without the API",
      () => refusal(403, "accessNotConfigured"),
      /the Google Calendar API is not enabled/,
    ],
    [
      "accepts no access token",
      () => refusal(401, "authError"),
      /does not accept the access token of .*GOOGLE_CREDS_BASE64/,
    ],
    ["is refused (400)", () => refusal(400, "badRequest"), /Google refused the request with 400/],
    [
      "keeps refusing with a rate limit",
      () => refusal(429, "rateLimitExceeded"),
      /every attempt reached Google's rate limit/,
    ],
    [
      "keeps failing with 503",
      () => refusal(503, "backendError"),
      /answered every attempt with 503 .* next run tries again/,
    ],
    ["cannot be reached", () => "cut", /could not be reached .* next run tries again/],
    ["never answers", () => "hang", /did not answer in time/],
    ["asks for a delay of an hour", () => refusal(429, "rateLimitExceeded", { "retry-after": "3600" }), /rate limit/],
  ])("names a calendar that %s, says what to do, and leaves its day unread", async (_, fault, sentence) => {
    google.onList = () => fault();
    const outcome = fireTracking(db, monday, NOW, {
      ...stoppedClock(),
      // The time is nearly up, so a request without an answer ends soon.
      ...(fault() === "hang" && { deadline: NOW.getTime() + 200, sleep: async () => {} }),
    });
    const { outcome: told } = await outcome;
    expect(told).toMatchObject({ status: "failed", error: { code: "calendar-unreadable" } });
    const { message } = (told as { error: { message: string } }).error;
    expect(message).toMatch(sentence);
    expect(message).toContain(`calendar ${TEAM}: `);
    expect(await db.select().from(dailyMetrics)).toEqual([]);
    expect(await loadSyncStatus(db, [TEAM])).toMatchObject([{ error: message, succeededAt: null }]);
    google.onList = [];
    expect((await runTracking(db, monday)).days).toMatchObject([expected]); // as the next run does
    expect(await loadSyncStatus(db, [TEAM])).toMatchObject([{ error: null }]);
  });

  it("says in the response of the job which calendar failed", async () => {
    google.onList = () => refusal(404, "notFound");
    await expect(runTracking(db, monday)).rejects.toMatchObject({
      code: "job-failed",
      message: expect.stringContaining(`calendar ${TEAM}: Google does not know it`),
    });
  });

  it("refuses a calendar that shares only free and busy times", async () => {
    google.roles = { [TEAM]: "freeBusyReader" };
    await expect(runTracking(db, monday)).rejects.toThrow(/only free and busy times are shared with/);
    expect(await db.select().from(dailyMetrics)).toEqual([]);
  });

  it("leaves days unread if one calendar fails, and keeps the appointments of the others", async () => {
    google.calendars = { [TEAM]: google.calendars[TEAM] ?? [], "other@club.example": [event({ colorId: "2" })] };
    configureGoogle(google);
    google.onList = ({ path }) => (path.includes("team") ? refusal(404, "notFound") : undefined);
    await expect(runTracking(db, monday)).rejects.toThrow(/calendar team@club.example: .*share it/);
    expect(await db.select().from(dailyMetrics)).toEqual([]);
    google.onList = [];
    const told = await runTracking(db, monday);
    expect(told.days).toMatchObject([{ totalSlots: 4, completed: 2 }]);
    expect(told.added).toBe(3);
  });

  it("names each calendar that failed", async () => {
    google.calendars = { [TEAM]: [], "other@club.example": [] };
    configureGoogle(google);
    google.onList = () => refusal(404, "notFound");
    await expect(runTracking(db, monday)).rejects.toThrow(/calendar team@.*; calendar other@/);
  });

  it("keeps the metrics of a day that cannot be read again", async () => {
    await runTracking(db, monday);
    google.onList = () => refusal(404, "notFound");
    await expect(runTracking(db, monday)).rejects.toThrow();
    expect(await db.select().from(dailyMetrics)).toMatchObject([{ totalSlots: 3, completed: 1, final: true }]);
  });

  it("keeps the time of its last success when a later sync fails", async () => {
    await runTracking(db, monday);
    google.onList = () => refusal(404, "notFound");
    const later = new Date(NOW.getTime() + 3_600_000);
    await expect(runTracking(db, monday, later)).rejects.toThrow();
    expect(await loadSyncStatus(db, [TEAM])).toMatchObject([
      { succeededAt: NOW, failedAt: later, error: expect.stringContaining(TEAM) },
    ]);
  });

  describe("when signing in", () => {
    it.each<[string, Fault, string, RegExp]>([
      [
        "Google refuses the key",
        Response.json({ error: "invalid_grant", error_description: "Invalid JWT Signature." }, { status: 400 }),
        "credentials",
        /GOOGLE_CREDS_BASE64: Google does not accept this key's signature \(invalid_grant: .*create a new key/,
      ],
      [
        "Google fails with 503",
        new Response("oops", { status: 503 }),
        "calendar-unreadable",
        /sign-in could not be reached/,
      ],
      ["Google cannot be reached", "cut", "calendar-unreadable", /sign-in could not be reached/],
    ])("says that %s", async (_, fault, code, sentence) => {
      google.onToken = () => fault;
      const { outcome } = await fireTracking(db, monday);
      expect(outcome).toMatchObject({ status: "failed", error: { code, message: expect.stringMatching(sentence) } });
      expect(google.lists()).toEqual([]);
    });

    it("tries again after a broken connection and a server error", async () => {
      google.onToken = ["cut", new Response("oops", { status: 500 })];
      google.requests.length = 0;
      const fresh = await startGoogle({
        calendars: google.calendars,
        onToken: ["cut", new Response("oops", { status: 500 })],
      });
      configureGoogle(fresh);
      expect((await runTracking(db, monday)).days).toMatchObject([expected]);
      await fresh.close();
    });
  });

  it("makes no request with a broken key, and logs no part of it", async () => {
    const lines: string[] = [];
    redirectLog((_level, line) => lines.push(line));
    const key = Buffer.from(google.credentials, "base64").toString();
    const broken = Buffer.from(key.replace(/-----BEGIN[^"]{80}/, "")).toString("base64");
    configureGoogle(google, { GOOGLE_CREDS_BASE64: broken });
    await expect(runTracking(db, monday)).rejects.toThrow(/GOOGLE_CREDS_BASE64: expected an RSA private key in PEM/);
    expect(google.requests).toEqual([]);
    expect(lines.join("\n")).toContain("GOOGLE_CREDS_BASE64");
    const secret = (JSON.parse(key) as { private_key: string }).private_key.split("\n")[3] ?? "";
    expect(secret.length).toBeGreaterThan(20);
    expect(lines.join("\n")).not.toContain(secret);
    expect(lines.join("\n")).not.toContain(broken.slice(0, 40));
    redirectLog(() => {});
  });

  it("does nothing without settings, and names a missing setting", async () => {
    configure({});
    expect(await runTracking(db)).toMatchObject({ status: "ok", disabled: true });
    configure({ GOOGLE_CREDS_BASE64: google.credentials });
    await expect(runTracking(db)).rejects.toThrow(/GOOGLE_CALENDAR_IDS: expected the ids of the calendars/);
    configure({ GOOGLE_CALENDAR_IDS: TEAM });
    await expect(runTracking(db)).rejects.toThrow(/GOOGLE_CREDS_BASE64: expected a service account's key, got nothing/);
  });
});
