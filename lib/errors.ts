/**
 * The one error type: a code for machines, a sentence for people.
 * Any other error becomes `internal`. Its details go to the log and never to a client.
 */
export const HTTP_STATUS = {
  "invalid-json": 400,
  "invalid-parameter": 400,
  unauthorized: 401,
  forbidden: 403,
  "second-factor-required": 403,
  "token-expired": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "request-timeout": 408,
  conflict: 409,
  "slot-full": 409,
  "provider-busy": 409,
  "not-bookable": 409,
  "too-late": 409,
  "link-expired": 410,
  "sign-in-expired": 410,
  "payload-too-large": 413,
  "unsupported-media-type": 415,
  "invalid-body": 422,
  "wrong-credentials": 422,
  "wrong-code": 422,
  "key-reused": 422,
  "rate-limited": 429,
  internal: 500,
  "job-failed": 500,
  "job-timeout": 500,
  "calendar-unreadable": 502,
  misconfigured: 503,
  credentials: 503,
  "not-configured": 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

/** Whether a code is one of this application's, so that the error's message was written for the client. */
export const isOurs = (code: string): code is ErrorCode => Object.hasOwn(HTTP_STATUS, code) && code !== "internal";

export interface ErrorDetail {
  /** The path of the wrong field in the request, for example `workouts[3].startTime`. */
  field: string;
  expected: string;
  got: string;
}

/** What is unavailable is worth another try, by default after a few seconds. */
const RETRY_SOON = { "Retry-After": "5" };

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail | undefined;
  readonly headers: Record<string, string>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; detail?: ErrorDetail | undefined; headers?: Record<string, string> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
    this.headers = { ...(code === "unavailable" && RETRY_SOON), ...options.headers };
  }

  get status(): number {
    return HTTP_STATUS[this.code];
  }
}

/** The error for a wrong field: one sentence, and the same facts for a machine. */
export function fieldError(code: "invalid-parameter" | "invalid-body", detail: ErrorDetail): AppError {
  return new AppError(code, `${detail.field}: expected ${detail.expected}, got ${detail.got}`, { detail });
}

/**
 * Describes an unknown error for the log and the ledger: only its own message, without the SQL statement and the parameters
 * (personal data) that the data layer adds to a database error.
 */
export function describeError(error: unknown): { code: string; message: string } {
  const root = rootCause(error);
  const code = "code" in root && typeof root.code === "string" ? root.code : "internal";
  return { code, message: root.message.slice(0, 1000) };
}

function rootCause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof AppError || !(error.cause instanceof Error)) return error;
  return rootCause(error.cause);
}
