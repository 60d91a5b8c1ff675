import type { ErrorCode } from "./generated/types.ts";

/** The codes of the API's errors, `unreachable` without a response, and `unreadable` for a response that is not the API's. */
export type ApiErrorCode = ErrorCode | "unreachable" | "unreadable";

/** What the body of an error says. */
export interface ApiErrorFields {
  code: ApiErrorCode;
  message: string;
  field?: string | undefined;
  expected?: string | undefined;
  got?: string | undefined;
  requestId?: string | undefined;
}

/** A request that failed. `code` is for programs; `message` is a sentence for people, in English. */
export class ApiError extends Error {
  /** The HTTP status; 0 without a response. */
  readonly status: number;
  readonly code: ApiErrorCode;
  /** The wrong field, such as `workouts[3].startTime`, with what was expected and what was found. */
  readonly field: string | undefined;
  readonly expected: string | undefined;
  readonly got: string | undefined;
  /** The id under which the server's log has the request. */
  readonly requestId: string | undefined;
  /** Seconds to wait before the next try, if the server said so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, error: ApiErrorFields, more: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(error.message, { cause: more.cause });
    this.name = "ApiError";
    this.status = status;
    this.code = error.code;
    this.field = error.field;
    this.expected = error.expected;
    this.got = error.got;
    this.requestId = error.requestId;
    this.retryAfter = more.retryAfter;
  }
}
