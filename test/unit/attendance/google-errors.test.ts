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
const googleError = (over: Fields = {}) => new GoogleError({ message: "Google's own words", ...over });

describe("the action after a failed request", () => {
  it.each<[Fields, RetryAction]>([
    [{}, "retry"],
    [{ timedOut: true }, "retry"],
    [{ status: 408 }, "retry"],
    [{ status: 429 }, "retry"],
    [{ status: 429, reason: "rateLimitExceeded" }, "retry"],
    [{ status: 500, reason: "backendError" }, "retry"],
    [{ status: 502 }, "retry"],
    [{ status: 503 }, "retry"],
    [{ status: 403, reason: "rateLimitExceeded" }, "retry"],
    [{ status: 403, reason: "userRateLimitExceeded" }, "retry"],
    [{ status: 403, reason: "quotaExceeded" }, "retry"],
    [{ status: 403, reason: "forbidden" }, "fail"],
    [{ status: 403, reason: "accessNotConfigured" }, "fail"],
    [{ status: 403, reason: "insufficientPermissions" }, "fail"],
    [{ status: 403 }, "fail"],
    [{ status: 401, reason: "authError" }, "sign-in"],
    [{ status: 404, reason: "notFound" }, "fail"],
    [{ status: 400, reason: "badRequest" }, "fail"],
    [{ status: 410, reason: "fullSyncRequired" }, "restart"],
  ])("for %j is %s", (fields, action) => {
    expect(chooseRetryAction(googleError(fields), undefined)).toBe(action);
  });

  it("is restart if Google refuses a page token", () => {
    expect(chooseRetryAction(googleError({ status: 400, reason: "invalid" }), "page2")).toBe("restart");
    expect(chooseRetryAction(googleError({ status: 410 }), "page2")).toBe("restart");
    expect(chooseRetryAction(googleError({ status: 404 }), "page2")).toBe("fail");
  });
});

describe("the delay before the next attempt", () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [7, 64_000],
    [8, 64_000],
    [2_000, 64_000],
  ])("after %i attempts is %i ms and up to a second more", (attempt, ms) => {
    expect(retryDelayMs(googleError(), attempt, 0, NOW)).toBe(ms);
    expect(retryDelayMs(googleError(), attempt, 0.25, NOW)).toBe(ms + 250);
    expect(retryDelayMs(googleError(), attempt, 1, NOW)).toBe(ms + 1_000);
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
  ])("for Retry-After %j is %i ms after the first attempt", (retryAfter, ms) => {
    expect(retryDelayMs(googleError({ status: 429, retryAfter }), 1, 0, NOW)).toBe(ms);
  });

  it("is a number, and never shorter than Retry-After or than the usual delay", () => {
    const retryAfters = fc.oneof(
      fc.nat().map(String),
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(
        retryAfters,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfter, attempt, random) => {
          const delay = retryDelayMs(googleError({ retryAfter }), attempt, random, NOW);
          expect(Number.isFinite(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(retryDelayMs(googleError(), attempt, random, NOW));
          if (/^\d+$/.test(retryAfter)) expect(delay).toBeGreaterThanOrEqual(1_000 * Number(retryAfter));
        },
      ),
    );
  });
});

describe("the error of a calendar that could not be read", () => {
  it.each<[string, Fields, RegExp]>([
    [
      "an unknown calendar",
      { status: 404, reason: "notFound" },
      /does not know it.*share it with.*GOOGLE_CALENDAR_IDS/,
    ],
    ["a missing permission", { status: 403, reason: "forbidden" }, /may not read it.*share it with/],
    ["an API that is not enabled", { status: 403, reason: "accessNotConfigured" }, /not enabled.*enable it/],
    ["a rate limit (403)", { status: 403, reason: "userRateLimitExceeded" }, /rate limit.*next run.*quota/],
    ["a rate limit (429)", { status: 429 }, /rate limit.*next run.*quota/],
    [
      "a refused access token",
      { status: 401, reason: "authError" },
      /does not accept the access token.*GOOGLE_CREDS_BASE64/,
    ],
    [
      "a listing that Google breaks off",
      { status: 410, reason: "gone" },
      /broke off every attempt.*next run tries again/,
    ],
    ["a server error", { status: 503 }, /answered every attempt with 503.*next run tries again/],
    ["no answer", {}, /could not be reached.*next run tries again/],
    ["a timeout", { timedOut: true }, /did not answer in time.*next run tries again/],
    ["another refusal", { status: 400, reason: "badRequest" }, /refused the request with 400.*log/],
  ])("names %s and says what to do", (_, fields, sentence) => {
    const error = calendarError(CALENDAR, googleError(fields), ACCOUNT);
    expect(error).toMatchObject({ code: "calendar-unreadable", status: 502 });
    expect(error.message).toMatch(sentence);
    expect(error.message.startsWith(`calendar ${CALENDAR}: `)).toBe(true);
    expect(error.message).not.toMatch(/\n|undefined|\[object/);
  });

  it("is different for each cause", () => {
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
    const sentences = statuses.map((fields) => calendarError(CALENDAR, googleError(fields), ACCOUNT).message);
    const details = freeBusyOnlyError(CALENDAR, ACCOUNT).message;
    expect(new Set([...sentences, details]).size).toBe(statuses.length + 1);
  });

  it("names the account that needs more than free and busy times", () => {
    const { message, code } = freeBusyOnlyError(CALENDAR, ACCOUNT);
    expect(code).toBe("calendar-unreadable");
    for (const part of [CALENDAR, ACCOUNT, "free and busy", "See all event details"]) expect(message).toContain(part);
  });

  it("stays short if Google sends a long message", () => {
    const { message } = calendarError(CALENDAR, googleError({ status: 500, message: "x".repeat(100_000) }), ACCOUNT);
    expect(message.length).toBeLessThan(600);
  });
});

describe("the error of a failed sign-in", () => {
  it("blames the key if Google refuses its signature, and says what to do", () => {
    const error = signInError(googleError({ status: 400, reason: "invalid_grant", message: "Invalid JWT Signature." }));
    expect(error).toMatchObject({ code: "credentials", status: 503 });
    expect(error.message).toMatch(/^GOOGLE_CREDS_BASE64: .*invalid_grant: Invalid JWT Signature\..*create a new key$/);
  });

  it("does not blame the key if Google cannot be reached", () => {
    for (const fields of [{}, { status: 500 }, { status: 503 }]) {
      const error = signInError(googleError({ ...fields, message: "fetch failed (ECONNREFUSED)" }));
      expect(error.code).toBe("calendar-unreadable");
      expect(error.message).toMatch(
        /sign-in could not be reached \(fetch failed \(ECONNREFUSED\)\); the next run tries again/,
      );
    }
  });

  it("does not blame the key for a rate limit", () => {
    const error = signInError(googleError({ status: 429, reason: "rateLimitExceeded", message: "slow down" }));
    expect(error.message).not.toMatch(/create a new key/);
  });
});
