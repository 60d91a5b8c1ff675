import { config } from "../config/config.ts";
import { AppError } from "../errors.ts";
import { includesRole, type Role } from "../operators/roles.ts";
import { type Cors, READABLE_HEADERS } from "./app/cors.ts";
import { LARGEST_BODY, SMALL_BODY } from "./body.ts";
import { type Caller, callerOf, type OperatorCaller } from "./caller.ts";
import { requireKnownOrigin } from "./origin.ts";
import { limitByAddress, limitByUser } from "./rate-limit/rate-limit.ts";

/** The secrets that give access to operations (docs/domain.md, section 9), by their names in the OpenAPI document. */
export type Credential =
  | "cronSecret"
  | "adminToken"
  | "apiToken"
  | "operatorSession"
  | "userToken"
  | "siteWriteKey"
  | "siteReadKey"
  | "cancelToken";

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
  /** The role that an operator or an API token needs at least. */
  readonly role?: Role;
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

const OPERATORS = ["adminToken", "apiToken", "operatorSession"] as const satisfies Credential[];

/** Operators, and the platform's servers, may call with at least this role. `ADMIN_TOKEN` has all of them. */
const operatorsWith = (role: Role): Access<OperatorCaller> => ({
  credentials: OPERATORS,
  role,
  cors: PLATFORM_PAGES,
  largestBody: LARGEST_BODY,
  authenticate: async ({ request, now }) => {
    const caller = await callerOf(request, now);
    if (caller.kind === "operator") return requireRole(caller, role);
    throw new AppError("forbidden", `A user's token does not reach this endpoint. It requires the role ${role}.`);
  },
});

/** Operators may call with at least this role, and signed-in users for themselves: the handler checks whose data it is. */
const userOr = (role: Role): Access<Caller> => ({
  credentials: [...OPERATORS, "userToken"],
  role,
  cors: PLATFORM_PAGES,
  largestBody: LARGEST_BODY,
  authenticate: async ({ request, now }) => {
    const caller = await callerOf(request, now);
    if (caller.kind === "operator") return requireRole(caller, role);
    await limitByUser(policyOf(request), caller.userId);
    return caller;
  },
});

function requireRole(caller: OperatorCaller, required: Role): OperatorCaller {
  if (includesRole(caller.role, required)) return caller;
  throw new AppError(
    "forbidden",
    `This requires the role ${required}; ${caller.actor.name} has the role ${caller.role}.`,
  );
}

export const viewers = operatorsWith("viewer");
export const staff = operatorsWith("staff");
export const admins = operatorsWith("admin");
export const userOrViewer = userOr("viewer");
export const userOrStaff = userOr("staff");
