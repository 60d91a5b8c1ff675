import { config } from "../config/config.ts";
import { AppError } from "../errors.ts";
import { type Cors, READABLE_HEADERS } from "./app/cors.ts";
import { bearerToken } from "./bearer.ts";
import { LARGEST_BODY, SMALL_BODY } from "./body.ts";
import { type Caller, callerOf } from "./caller.ts";
import { requireKnownOrigin } from "./origin.ts";
import { limitByAddress, limitByUser, limitRefusals } from "./rate-limit/rate-limit.ts";

/** The secrets that give access to operations (docs/domain.md, section 9), by their names in the OpenAPI document. */
export type Credential = "cronSecret" | "adminToken" | "userToken" | "siteWriteKey" | "siteReadKey" | "cancelToken";

/** A request before anything of it is parsed. */
export interface Arrival {
  request: Request;
  now: Date;
  /** The segments of the path that are parameters, decoded. */
  segments: Readonly<Record<string, string>>;
}

/**
 * Who may call an operation. Every operation declares one; the app enforces it, the handler receives the caller, and the
 * OpenAPI document and the test of all operations are generated from it.
 */
export interface Access<C> {
  /** The credentials of which one is required; empty for everyone. */
  readonly credentials: readonly Credential[];
  /** The pages on other origins that may call. */
  readonly cors: Cors | undefined;
  /** The largest body in bytes. */
  readonly largestBody: number;
  /**
   * Identifies the caller, and counts the request against the caller's limit.
   * @throws AppError `unauthorized` (401), `forbidden` (403), `rate-limited` (429), `not-configured` (503).
   */
  authenticate(arrival: Arrival): Promise<C>;
}

/** The platform's own pages (`ALLOWED_ORIGINS`). */
const PLATFORM_PAGES: Cors = {
  allows: (origin) => config().allowedOrigins.includes(origin),
  send: ["authorization", "content-type", "idempotency-key", "if-none-match"],
  read: ["idempotency-replayed", "etag", ...READABLE_HEADERS],
};

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

/** Reads and writes have limits of their own. */
const policyOf = (request: Request): "reads" | "writes" => (isRead(request) ? "reads" : "writes");

/** Everyone may call. Requests are limited by address, and pages of unknown origins may only read. */
export const everyone: Access<undefined> = {
  credentials: [],
  cors: PLATFORM_PAGES,
  largestBody: SMALL_BODY,
  authenticate: async ({ request }) => {
    requireKnownOrigin(request);
    await limitByAddress(policyOf(request), request);
    return undefined;
  },
};

/** Only the operator and the platform's servers may call, with `ADMIN_TOKEN`. */
export const adminOnly: Access<Extract<Caller, { role: "admin" }>> = {
  credentials: ["adminToken"],
  cors: PLATFORM_PAGES,
  largestBody: LARGEST_BODY,
  authenticate: async ({ request, now }) => {
    const caller = await identify(request, now);
    if (caller.role === "admin") return caller;
    throw new AppError("forbidden", "A user's token does not reach this endpoint. It requires ADMIN_TOKEN.");
  },
};

/** The operator may call, and signed-in users for themselves: the handler checks whose data it is (`requireSelf`). */
export const userOrAdmin: Access<Caller> = {
  credentials: ["adminToken", "userToken"],
  cors: PLATFORM_PAGES,
  largestBody: LARGEST_BODY,
  authenticate: async ({ request, now }) => {
    const caller = await identify(request, now);
    if (caller.role === "user") await limitByUser(policyOf(request), caller.userId);
    return caller;
  },
};

function identify(request: Request, now: Date): Promise<Caller> {
  const kind = /\..*\./.test(bearerToken(request) ?? "") ? "user" : "admin"; // a JWT has three parts
  return limitRefusals(request, kind, () => callerOf(request, now));
}
