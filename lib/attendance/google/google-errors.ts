import { AppError } from "../../errors.ts";

/** What Google answered instead of what it was asked for; without a status where no answer came. */
export class GoogleError extends Error {
  readonly status: number | undefined;
  /** Google's own word for it. */
  readonly reason: string | undefined;
  /** When to come back: seconds, or a date (RFC 9110). */
  readonly retryAfter: string | undefined;
  readonly timedOut: boolean;
  /** Who refused on the way, where it was not Google. */
  readonly refusedBy: string | undefined;

  constructor(fault: {
    message: string;
    status?: number;
    reason?: string | undefined;
    retryAfter?: string | undefined;
    timedOut?: boolean;
    refusedBy?: string;
  }) {
    super(fault.message.slice(0, 300));
    this.status = fault.status;
    this.reason = fault.reason;
    this.retryAfter = fault.retryAfter;
    this.timedOut = fault.timedOut ?? false;
    this.refusedBy = fault.refusedBy;
  }
}

/** What a fault calls for. */
export type RetryAction = "try-again" | "sign-in-again" | "start-over" | "give-up";

const RATE_REASONS = new Set(["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"]);

/**
 * What is to be done about a fault of the Calendar API (its guide "Handle API errors"): a rate limit, a server that is
 * unwell and a broken connection pass; a token may have expired; a page token may, and then the listing begins anew. Pure.
 */
export function chooseRetryAction(
  { status, reason, refusedBy }: GoogleError,
  pageToken: string | undefined,
): RetryAction {
  if (refusedBy !== undefined) return status !== undefined && status >= 500 ? "try-again" : "give-up";
  if (status === undefined || status >= 500 || status === 429 || status === 408) return "try-again";
  if (status === 403 && RATE_REASONS.has(reason ?? "")) return "try-again";
  if (status === 401) return "sign-in-again";
  if (status === 410 || (status === 400 && pageToken !== undefined)) return "start-over";
  return "give-up";
}

const LONGEST_BACKOFF_MS = 64_000;

/**
 * How long to wait before the next try, in milliseconds: 1, 2, 4 ... s and up to one more, or what the server names where
 * that is longer. Pure.
 * @param tried How often it has been tried, from 1 on.
 * @param random From 0 to 1, so that many do not come back at once.
 */
export function retryDelayMs({ retryAfter }: GoogleError, tried: number, random: number, now: Date): number {
  const named = retryAfter === undefined ? 0 : namedDelayMs(retryAfter, now);
  return Math.max(named, Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (tried - 1))) + 1000 * random;
}

function namedDelayMs(retryAfter: string, now: Date): number {
  const delay = /^\d+$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - now.getTime();
  return Number.isFinite(delay) ? Math.max(0, delay) : 0;
}

/** Why a calendar could not be read and what to do, in one sentence. Pure. @param email The service account's. */
export function calendarError(calendarId: string, fault: GoogleError, email: string): AppError {
  return new AppError("calendar-unreadable", `calendar ${calendarId}: ${sentence(fault, email)}`);
}

/** Which hosts the calls go to, whoever has to let them through. */
const onTheWay = ({ refusedBy, status }: GoogleError): string =>
  `${refusedBy} refused the way to Google with ${status}; have it let www.googleapis.com and oauth2.googleapis.com through, or correct HTTPS_PROXY`;

function sentence(fault: GoogleError, email: string): string {
  const { status, reason, message, timedOut, refusedBy } = fault;
  if (refusedBy !== undefined) return onTheWay(fault);
  const share = `share it with ${email}, permission "See all event details"`;
  const said = reason === undefined ? message : `${reason}: ${message}`;
  if (status === undefined) {
    return `Google ${timedOut ? "did not answer in time" : "could not be reached"} (${message}); the next run tries again`;
  }
  if (reason === "accessNotConfigured") {
    return "the Google Calendar API is not enabled in the service account's project; enable it in the Google Cloud console";
  }
  if (status === 401) {
    return `Google does not take the token of ${email} (${said}); see that its key still exists, or set GOOGLE_CREDS_BASE64 anew`;
  }
  if (status === 404)
    return `Google does not know it, or ${email} may not see it; ${share}, or correct GOOGLE_CALENDAR_IDS`;
  if (status === 429 || (status === 403 && RATE_REASONS.has(reason ?? ""))) {
    return `Google's rate limit was reached again and again (${said}); the next run tries again, or raise the project's quota`;
  }
  if (status === 403) return `${email} may not read it (${said}); ${share}`;
  if (status === 410) return `Google gave up on the listing again and again (${said}); the next run tries again`;
  if (status >= 500) return `Google answered ${status} again and again (${said}); the next run tries again`;
  return `Google refused the request with ${status} (${said}); the log of this run is what a bug report needs`;
}

/** A calendar of which only free and busy times are shared: every title would be missing. */
export function freeBusyOnlyError(calendarId: string, email: string): AppError {
  return new AppError(
    "calendar-unreadable",
    `calendar ${calendarId}: only free and busy times are shared with ${email}; share it with permission "See all event details"`,
  );
}

/** Why nobody could sign in to Google, in one sentence. */
export function signInError(fault: GoogleError): AppError {
  const { status, reason, message, refusedBy } = fault;
  if (refusedBy !== undefined) return new AppError("calendar-unreadable", onTheWay(fault));
  if (chooseRetryAction(fault, undefined) === "try-again") {
    return new AppError(
      "calendar-unreadable",
      `Google's sign-in could not be reached (${message}); the next run tries again`,
    );
  }
  if (reason === "invalid_grant" && /\biat\b|timeframe/.test(message)) {
    return new AppError(
      "calendar-unreadable",
      `Google's sign-in finds this machine's clock wrong (${message}); set it, or have NTP keep it (timedatectl set-ntp true)`,
    );
  }
  return new AppError(
    "credentials",
    `GOOGLE_CREDS_BASE64: Google does not take what this key signs (${reason ?? status}: ${message}); see that the service account and this key still exist, else create a new one`,
  );
}
