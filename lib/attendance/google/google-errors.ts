import { AppError } from "../../errors.ts";

/** A failed request to Google. Without a status, no answer came. */
export class GoogleError extends Error {
  readonly status: number | undefined;
  /** Google's reason code. */
  readonly reason: string | undefined;
  /** The `Retry-After` header: seconds or a date (RFC 9110). */
  readonly retryAfter: string | undefined;
  readonly timedOut: boolean;
  /** The proxy or firewall that refused the request; undefined where Google answered. */
  readonly refusedBy: string | undefined;

  constructor(failure: {
    message: string;
    status?: number;
    reason?: string | undefined;
    retryAfter?: string | undefined;
    timedOut?: boolean;
    refusedBy?: string;
  }) {
    super(failure.message.slice(0, 300));
    this.status = failure.status;
    this.reason = failure.reason;
    this.retryAfter = failure.retryAfter;
    this.timedOut = failure.timedOut ?? false;
    this.refusedBy = failure.refusedBy;
  }
}

/** `restart`: list the calendar again from its first page. */
export type RetryAction = "retry" | "sign-in" | "restart" | "fail";

const RATE_LIMIT_REASONS = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "quotaExceeded",
  "dailyLimitExceeded",
]);

/**
 * Decides what to do after a failed request (Google's guide "Handle API errors"). Rate limits, server errors and broken
 * connections pass. An access token may have expired, and so may a page token. Pure.
 */
export function chooseRetryAction(
  { status, reason, refusedBy }: GoogleError,
  pageToken: string | undefined,
): RetryAction {
  if (refusedBy !== undefined) return status !== undefined && status >= 500 ? "retry" : "fail";
  if (status === undefined || status >= 500 || status === 429 || status === 408) return "retry";
  if (status === 403 && RATE_LIMIT_REASONS.has(reason ?? "")) return "retry";
  if (status === 401) return "sign-in";
  if (status === 410 || (status === 400 && pageToken !== undefined)) return "restart";
  return "fail";
}

const MAX_BACKOFF_MS = 64_000;

/**
 * How long to wait before the next attempt, in milliseconds: 1, 2, 4 … seconds, or what the server asks for if that is
 * longer, plus up to one second. Pure.
 * @param attempt The number of attempts so far, from 1 on.
 * @param random From 0 to 1. It keeps many clients from coming back at the same moment.
 */
export function retryDelayMs({ retryAfter }: GoogleError, attempt: number, random: number, now: Date): number {
  const requested = retryAfter === undefined ? 0 : parseRetryAfterMs(retryAfter, now);
  return Math.max(requested, Math.min(MAX_BACKOFF_MS, 1000 * 2 ** (attempt - 1))) + 1000 * random;
}

function parseRetryAfterMs(retryAfter: string, now: Date): number {
  const delay = /^\d+$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - now.getTime();
  return Number.isFinite(delay) ? Math.max(0, delay) : 0;
}

/** Why a calendar could not be read and what to do, in one sentence. Pure. @param email The service account's address. */
export function calendarError(calendarId: string, error: GoogleError, email: string): AppError {
  return new AppError("calendar-unreadable", `calendar ${calendarId}: ${describeFailure(error, email)}`);
}

const describeProxyRefusal = ({ refusedBy, status }: GoogleError): string =>
  `${refusedBy} refused the connection to Google with ${status}; allow www.googleapis.com and oauth2.googleapis.com there, or correct HTTPS_PROXY`;

function describeFailure(error: GoogleError, email: string): string {
  const { status, reason, message, timedOut, refusedBy } = error;
  if (refusedBy !== undefined) return describeProxyRefusal(error);
  const share = `share it with ${email}, permission "See all event details"`;
  const details = reason === undefined ? message : `${reason}: ${message}`;
  if (status === undefined) {
    return `Google ${timedOut ? "did not answer in time" : "could not be reached"} (${message}); the next run tries again`;
  }
  if (reason === "accessNotConfigured") {
    return "the Google Calendar API is not enabled in the service account's project; enable it in the Google Cloud console";
  }
  if (status === 401) {
    return `Google does not accept the access token of ${email} (${details}); check that its key still exists, or set GOOGLE_CREDS_BASE64 again`;
  }
  if (status === 404) {
    return `Google does not know it, or ${email} has no access to it; ${share}, or correct GOOGLE_CALENDAR_IDS`;
  }
  if (status === 429 || (status === 403 && RATE_LIMIT_REASONS.has(reason ?? ""))) {
    return `every attempt reached Google's rate limit (${details}); the next run tries again, or raise the project's quota`;
  }
  if (status === 403) return `${email} may not read it (${details}); ${share}`;
  if (status === 410) return `Google broke off every attempt to list the events (${details}); the next run tries again`;
  if (status >= 500) return `Google answered every attempt with ${status} (${details}); the next run tries again`;
  return `Google refused the request with ${status} (${details}); report this as a bug, with the log of this run`;
}

/** The error for a calendar that shares only its free and busy times: every title would be missing. */
export function freeBusyOnlyError(calendarId: string, email: string): AppError {
  return new AppError(
    "calendar-unreadable",
    `calendar ${calendarId}: only free and busy times are shared with ${email}; share it with permission "See all event details"`,
  );
}

/** Why signing in to Google failed and what to do, in one sentence. */
export function signInError(error: GoogleError): AppError {
  const { status, reason, message, refusedBy } = error;
  if (refusedBy !== undefined) return new AppError("calendar-unreadable", describeProxyRefusal(error));
  if (chooseRetryAction(error, undefined) === "retry") {
    return new AppError(
      "calendar-unreadable",
      `Google's sign-in could not be reached (${message}); the next run tries again`,
    );
  }
  if (reason === "invalid_grant" && /\biat\b|timeframe/.test(message)) {
    return new AppError(
      "calendar-unreadable",
      `Google's sign-in says that this machine's clock is wrong (${message}); set the clock, or let NTP keep it right (timedatectl set-ntp true)`,
    );
  }
  return new AppError(
    "credentials",
    `GOOGLE_CREDS_BASE64: Google does not accept this key's signature (${reason ?? status}: ${message}); check that the service account and this key still exist, or create a new key`,
  );
}
