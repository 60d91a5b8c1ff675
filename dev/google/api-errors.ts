/** Errors in the form of Google's APIs (Calendar API, "Handle API errors"). */

/** `{location, locationType}` says what in the request was at fault. */
interface Detail {
  domain: string;
  reason: string;
  message: string;
  location?: string;
  locationType?: "header" | "parameter";
}

const parameter = (location: string) => ({ location, locationType: "parameter" }) as const;

const usageLimit = (reason: string, message: string): Detail => ({ domain: "usageLimits", reason, message });

/** What the service may answer instead of what it was asked for: status and detail. */
const REFUSALS = {
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
  /** Of the domain of limits, and yet none: it does not go away by waiting. */
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
} satisfies Record<string, [number, Detail]>;

export type Refusal = keyof typeof REFUSALS;

export class GoogleError extends Error {
  readonly status: number;
  readonly detail: Detail;

  constructor(status: number, detail: Detail) {
    super(detail.message);
    this.status = status;
    this.detail = detail;
  }

  /** The answer that says so. */
  response(headers: Record<string, string> = {}): Response {
    const { status: code, message } = this;
    return Response.json({ error: { errors: [this.detail], code, message } }, { status: code, headers });
  }
}

/** A documented refusal, with Google's own words unless a test or a fault of ours wants others. */
export function refusal(name: Refusal, message?: string): GoogleError {
  const [status, detail] = REFUSALS[name];
  return new GoogleError(status, message === undefined ? detail : { ...detail, message });
}

/** A parameter that means nothing. */
export function invalidParameter(name: string, message: string, reason = "invalidParameter"): GoogleError {
  return new GoogleError(400, { domain: "global", reason, message, ...parameter(name) });
}

/** What Google can do and this service cannot: an error, lest a caller believe an answer that Google would not give. */
export function unsupported(what: string): GoogleError {
  return refusal("badRequest", `${what}: not supported by this stand-in`);
}
