/** Errors in the form of Google's APIs (Calendar API, "Handle API errors"). */

/** `location` and `locationType` name the wrong part of the request. */
interface ErrorDetail {
  domain: string;
  reason: string;
  message: string;
  location?: string;
  locationType?: "header" | "parameter";
}

const parameter = (location: string) => ({ location, locationType: "parameter" }) as const;

const usageLimit = (reason: string, message: string): ErrorDetail => ({ domain: "usageLimits", reason, message });

/** Status and detail of each documented error. */
const ERRORS = {
  badRequest: [400, { domain: "global", reason: "badRequest", message: "Bad Request" }],
  timeRangeEmpty: [
    400,
    {
      domain: "calendar",
      reason: "timeRangeEmpty",
      message: "The specified time range is empty.",
      ...parameter("timeMax"),
    },
  ],
  authError: [
    401,
    {
      domain: "global",
      reason: "authError",
      message: "Invalid Credentials",
      locationType: "header",
      location: "Authorization",
    },
  ],
  forbidden: [403, { domain: "global", reason: "forbidden", message: "Forbidden" }],
  insufficientPermissions: [
    403,
    {
      domain: "global",
      reason: "insufficientPermissions",
      message: "Insufficient Permission: Request had insufficient authentication scopes.",
    },
  ],
  requiredAccessLevel: [
    403,
    {
      domain: "calendar",
      reason: "requiredAccessLevel",
      message: "You need to have writer access to this calendar.",
    },
  ],
  /** In the domain of usage limits, but waiting does not help. */
  accessNotConfigured: [
    403,
    usageLimit("accessNotConfigured", "Google Calendar API has not been used in project 1 before or it is disabled."),
  ],
  rateLimitExceeded: [403, usageLimit("rateLimitExceeded", "Rate Limit Exceeded")],
  userRateLimitExceeded: [403, usageLimit("userRateLimitExceeded", "User Rate Limit Exceeded")],
  quotaExceeded: [403, usageLimit("quotaExceeded", "Calendar usage limits exceeded.")],
  notFound: [404, { domain: "global", reason: "notFound", message: "Not Found" }],
  fullSyncRequired: [
    410,
    {
      domain: "calendar",
      reason: "fullSyncRequired",
      message: "Sync token is no longer valid, a full sync is required.",
      ...parameter("syncToken"),
    },
  ],
  updatedMinTooLongAgo: [
    410,
    {
      domain: "calendar",
      reason: "updatedMinTooLongAgo",
      message: "The requested minimum modification time lies too far in the past.",
      ...parameter("updatedMin"),
    },
  ],
  tooManyRequests: [429, usageLimit("rateLimitExceeded", "Rate Limit Exceeded")],
  backendError: [500, { domain: "global", reason: "backendError", message: "Backend Error" }],
  unavailable: [503, { domain: "global", reason: "backendError", message: "Backend Error" }],
} satisfies Record<string, [number, ErrorDetail]>;

export type ErrorName = keyof typeof ERRORS;

export class ApiError extends Error {
  readonly status: number;
  readonly detail: ErrorDetail;

  constructor(status: number, detail: ErrorDetail) {
    super(detail.message);
    this.status = status;
    this.detail = detail;
  }

  /** The error as a response. */
  response(headers: Record<string, string> = {}): Response {
    const { status: code, message } = this;
    return Response.json({ error: { errors: [this.detail], code, message } }, { status: code, headers });
  }
}

/** A documented error. @param message Replaces Google's text. */
export function apiError(name: ErrorName, message?: string): ApiError {
  const [status, detail] = ERRORS[name];
  return new ApiError(status, message === undefined ? detail : { ...detail, message });
}

/** The error for an invalid parameter. */
export function invalidParameter(name: string, message: string, reason = "invalidParameter"): ApiError {
  return new ApiError(400, { domain: "global", reason, message, ...parameter(name) });
}

/** The error for a feature that Google has and this stand-in lacks. A wrong answer would mislead the caller. */
export function unsupported(feature: string): ApiError {
  return apiError("badRequest", `${feature}: not supported by this stand-in`);
}
