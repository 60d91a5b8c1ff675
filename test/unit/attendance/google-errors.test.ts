import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calendarError,
  chooseRetryAction,
  freeBusyOnlyError,
  GoogleError,
  type RetryAction,
  retryDelayMs,
  signInError,
} from "../../../lib/attendance/google/google-errors.ts";

const NOW = new Date("2026-02-10T22:00:00Z");
const CALENDAR = "team@group.calendar.google.com";
const ACCOUNT = "taktwerk@project.iam.gserviceaccount.com";

type Fields = Partial<ConstructorParameters<typeof GoogleError>[0]>;
const fault = (over: Fields = {}) => new GoogleError({ message: "Google's own words", ...over });

describe("what is to be done", () => {
  it.each<[Fields, RetryAction]>([
    [{}, "try-again"],
    [{ timedOut: true }, "try-again"],
    [{ status: 408 }, "try-again"],
    [{ status: 429 }, "try-again"],
    [{ status: 429, reason: "rateLimitExceeded" }, "try-again"],
    [{ status: 500, reason: "backendError" }, "try-again"],
    [{ status: 502 }, "try-again"],
    [{ status: 503 }, "try-again"],
    [{ status: 403, reason: "rateLimitExceeded" }, "try-again"],
    [{ status: 403, reason: "userRateLimitExceeded" }, "try-again"],
    [{ status: 403, reason: "quotaExceeded" }, "try-again"],
    [{ status: 403, reason: "forbidden" }, "give-up"],
    [{ status: 403, reason: "accessNotConfigured" }, "give-up"],
    [{ status: 403, reason: "insufficientPermissions" }, "give-up"],
    [{ status: 403 }, "give-up"],
    [{ status: 401, reason: "authError" }, "sign-in-again"],
    [{ status: 404, reason: "notFound" }, "give-up"],
    [{ status: 400, reason: "badRequest" }, "give-up"],
    [{ status: 410, reason: "fullSyncRequired" }, "start-over"],
  ])("about %j is to %s", (given, remedy) => {
    expect(chooseRetryAction(fault(given), undefined)).toBe(remedy);
  });

  it("about a page token that is not taken any more is to start over", () => {
    expect(chooseRetryAction(fault({ status: 400, reason: "invalid" }), "page2")).toBe("start-over");
    expect(chooseRetryAction(fault({ status: 410 }), "page2")).toBe("start-over");
    expect(chooseRetryAction(fault({ status: 404 }), "page2")).toBe("give-up");
  });
});

describe("the wait before the next try", () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [7, 64_000],
    [8, 64_000],
    [2_000, 64_000],
  ])("after %i tries is %i ms and up to a second more", (tried, ms) => {
    expect(retryDelayMs(fault(), tried, 0, NOW)).toBe(ms);
    expect(retryDelayMs(fault(), tried, 0.25, NOW)).toBe(ms + 250);
    expect(retryDelayMs(fault(), tried, 1, NOW)).toBe(ms + 1_000);
  });

  it.each([
    ["30", 30_000],
    ["0", 1_000],
    ["1", 1_000],
    ["3600", 3_600_000],
    ["Tue, 10 Feb 2026 22:02:00 GMT", 120_000],
    ["Tuesday, 10-Feb-26 22:02:00 GMT", 120_000],
    ["Tue Feb 10 22:02:00 2026 GMT", 120_000],
    ["Tue, 10 Feb 2026 21:00:00 GMT", 1_000],
    ["soon", 1_000],
    ["", 1_000],
    ["-5", 1_000],
    ["1.5", 1_000],
    ["9".repeat(400), 1_000],
    ["\u0000", 1_000],
  ])("named as %j is %i ms after the first try", (retryAfter, ms) => {
    expect(retryDelayMs(fault({ status: 429, retryAfter }), 1, 0, NOW)).toBe(ms);
  });

  it("is never shorter than what is named, nor than the usual one, and always a number", () => {
    const named = fc.oneof(
      fc.nat().map(String),
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(
        named,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfter, tried, random) => {
          const wait = retryDelayMs(fault({ retryAfter }), tried, random, NOW);
          expect(Number.isFinite(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(retryDelayMs(fault(), tried, random, NOW));
          if (/^\d+$/.test(retryAfter)) expect(wait).toBeGreaterThanOrEqual(1_000 * Number(retryAfter));
        },
      ),
    );
  });
});

describe("the sentence about a calendar that cannot be read", () => {
  it.each<[string, Fields, RegExp]>([
    [
      "not known or not shared",
      { status: 404, reason: "notFound" },
      /does not know it.*share it with.*GOOGLE_CALENDAR_IDS/,
    ],
    ["not to be read", { status: 403, reason: "forbidden" }, /may not read it.*share it with/],
    ["of an API that is off", { status: 403, reason: "accessNotConfigured" }, /not enabled.*enable it/],
    ["at its rate limit (403)", { status: 403, reason: "userRateLimitExceeded" }, /rate limit.*next run.*quota/],
    ["at its rate limit (429)", { status: 429 }, /rate limit.*next run.*quota/],
    ["of a token not taken", { status: 401, reason: "authError" }, /does not take the token.*GOOGLE_CREDS_BASE64/],
    ["of a listing given up", { status: 410, reason: "gone" }, /gave up on the listing.*next run tries again/],
    ["of a server unwell", { status: 503 }, /answered 503.*next run tries again/],
    ["without an answer", {}, /could not be reached.*next run tries again/],
    ["without an answer in time", { timedOut: true }, /did not answer in time.*next run tries again/],
    ["refused", { status: 400, reason: "badRequest" }, /refused the request with 400.*log/],
  ])("%s names it and says what to do", (_, given, sentence) => {
    const error = calendarError(CALENDAR, fault(given), ACCOUNT);
    expect(error).toMatchObject({ code: "calendar-unreadable", status: 502 });
    expect(error.message).toMatch(sentence);
    expect(error.message.startsWith(`calendar ${CALENDAR}: `)).toBe(true);
    expect(error.message).not.toMatch(/\n|undefined|\[object/);
  });

  it("is another one for each of them", () => {
    const statuses: Fields[] = [
      {},
      { timedOut: true },
      { status: 400 },
      { status: 401 },
      { status: 403, reason: "forbidden" },
      { status: 403, reason: "accessNotConfigured" },
      { status: 404 },
      { status: 410 },
      { status: 429 },
      { status: 500 },
    ];
    const sentences = statuses.map((given) => calendarError(CALENDAR, fault(given), ACCOUNT).message);
    const details = freeBusyOnlyError(CALENDAR, ACCOUNT).message;
    expect(new Set([...sentences, details]).size).toBe(statuses.length + 1);
  });

  it("tells with whom to share a calendar of which only free and busy times are shared", () => {
    const { message, code } = freeBusyOnlyError(CALENDAR, ACCOUNT);
    expect(code).toBe("calendar-unreadable");
    for (const part of [CALENDAR, ACCOUNT, "free and busy", "See all event details"]) expect(message).toContain(part);
  });

  it("stays short, whatever Google says", () => {
    const { message } = calendarError(CALENDAR, fault({ status: 500, message: "x".repeat(100_000) }), ACCOUNT);
    expect(message.length).toBeLessThan(600);
  });
});

describe("the sentence about a sign-in that failed", () => {
  it("blames the key where Google refuses it, and says how to get another", () => {
    const error = signInError(fault({ status: 400, reason: "invalid_grant", message: "Invalid JWT Signature." }));
    expect(error).toMatchObject({ code: "credentials", status: 503 });
    expect(error.message).toMatch(/^GOOGLE_CREDS_BASE64: .*invalid_grant: Invalid JWT Signature\..*create a new one$/);
  });

  it("blames nobody where no answer came", () => {
    for (const given of [{}, { status: 500 }, { status: 503 }]) {
      const error = signInError(fault({ ...given, message: "fetch failed (ECONNREFUSED)" }));
      expect(error.code).toBe("calendar-unreadable");
      expect(error.message).toMatch(
        /sign-in could not be reached \(fetch failed \(ECONNREFUSED\)\); the next run tries again/,
      );
    }
  });

  it("does not blame the key for a rate limit", () => {
    const error = signInError(fault({ status: 429, reason: "rateLimitExceeded", message: "slow down" }));
    expect(error.message).not.toMatch(/create a new one/);
  });
});
