import * as z from "zod";
import { config } from "../config/config.ts";
import { database } from "../db/client.ts";
import type { Db } from "../db/db.ts";
import { AppError } from "../errors.ts";
import { bearerToken } from "./bearer.ts";
import { jsonBody, LARGEST_BODY, SMALL_BODY } from "./body.ts";
import { type Caller, callerOf } from "./caller.ts";
import type { Description } from "./openapi/describe.ts";
import { requireKnownOrigin } from "./origin.ts";
import { parse, queryOf } from "./parse.ts";
import { segmentsOf } from "./paths.ts";
import { limitByAddress, limitByUser, limitRefusals } from "./rate-limit/rate-limit.ts";
import { type Cors, type Endpoint, endpoint, RATE_HEADERS, type Served } from "./respond.ts";

/** What the handler of a public route receives: the parsed input. It identifies the caller itself if it needs to. */
export interface PublicCall<Path, Query, Body, Granted = undefined> {
  db: Db;
  /** The segments of the path that its file puts in brackets. */
  path: Path;
  query: Query;
  body: Body;
  request: Request;
  now: Date;
  /** What `authorise` returned. */
  granted: Granted;
}

/** The parts of a call that are known before the body is read. */
export type BodilessCall<Path, Query> = Omit<PublicCall<Path, Query, never>, "body" | "granted">;

/** What the handler of a route receives: the parsed input and the caller. */
export interface Call<Path, Query, Body> extends PublicCall<Path, Query, Body> {
  caller: Caller;
}

/** The input of a method and its description. Without `security`, only the operator may call it. */
interface MethodInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>
  extends Omit<Description, "security" | "path" | "query" | "body">,
    Partial<Pick<Description, "security">> {
  path?: P;
  query?: Q;
  body?: B;
}

/** One method of a route. `handle` returns the JSON of the response, or a complete response. */
export interface Method extends MethodInput<z.ZodType, z.ZodType, z.ZodType> {
  handle(call: Call<unknown, unknown, unknown>): Promise<unknown>;
}

/** A method for every caller, or for callers with a token that `authorise` checks. */
export interface PublicMethod extends MethodInput<z.ZodType, z.ZodType, z.ZodType> {
  authorise?(call: BodilessCall<unknown, unknown>): Promise<unknown>;
  handlePublic(call: PublicCall<unknown, unknown, unknown, unknown>): Promise<unknown>;
}

/** Defines a method whose handler's types follow from its schemas. */
export function method<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: MethodInput<P, Q, B> & { handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown> },
): Method {
  return definition as unknown as Method;
}

/** Defines a public method whose handler's types follow from its schemas. */
export function publicMethod<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, G = undefined>(
  definition: MethodInput<P, Q, B> & {
    authorise?(call: BodilessCall<z.output<P>, z.output<Q>>): Promise<G>;
    handlePublic(call: PublicCall<z.output<P>, z.output<Q>, z.output<B>, G>): Promise<unknown>;
  },
): PublicMethod {
  return definition as unknown as PublicMethod;
}

type Methods = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Method | PublicMethod>>;

/**
 * Defines an endpoint for the platform's frontend. It identifies the caller (unless the method is public), parses the input,
 * calls the handler, and sends JSON. Browsers on `ALLOWED_ORIGINS` may call it.
 * @param file The path of its file under `api/`, such as `/api/bookings/[id]`. Needed only if the path has such segments.
 */
export function defineRoute(methods: Methods, file = ""): Endpoint {
  const served = Object.entries(methods).map(([name, definition]) => [
    name,
    (request: Request, now: Date) => handleRequest(definition, file, request, now),
  ]);
  const described = Object.entries(methods).map(([name, definition]) => [name, descriptionOf(definition)]);
  return endpoint<Served>(Object.fromEntries(described), Object.fromEntries(served), { cors: PLATFORM });
}

/** The schema of a query without parameters. */
const NOTHING = z.strictObject({});

function descriptionOf(definition: Method | PublicMethod): Description {
  return { security: "handle" in definition ? ["adminToken"] : [], query: NOTHING, ...definition };
}

/** The platform's own pages (`ALLOWED_ORIGINS`). */
const PLATFORM: Cors = {
  allows: (origin) => config().allowedOrigins.includes(origin),
  send: "authorization, content-type, idempotency-key",
  read: `idempotency-replayed, ${RATE_HEADERS}`,
};

/** Checks the caller, the origin and the rate limit, then parses path and query, and reads the body last. */
async function handleRequest(
  definition: Method | PublicMethod,
  file: string,
  request: Request,
  now: Date,
): Promise<Response> {
  const caller = "handle" in definition ? await callerFor(definition, request, now) : undefined;
  const policy = request.method === "GET" ? "reads" : "writes";
  if (caller === undefined) requireKnownOrigin(request);
  if (caller === undefined) await limitByAddress(policy, request);
  if (caller?.role === "user") await limitByUser(policy, caller.userId);
  const segments = segmentsOf(request, file);
  const path = definition.path && parse(definition.path, segments, "invalid-parameter");
  const query = parse(definition.query ?? NOTHING, queryOf(request, Object.keys(segments)), "invalid-parameter");
  const known = { db: await database(), path, query, request, now };
  const granted = "handle" in definition ? undefined : await definition.authorise?.(known);
  const most = caller === undefined ? SMALL_BODY : LARGEST_BODY;
  const body = definition.body && parse(definition.body, await jsonBody(request, most), "invalid-body");
  const result =
    "handle" in definition
      ? await definition.handle({ ...known, body, granted: undefined, caller: caller as Caller })
      : await definition.handlePublic({ ...known, body, granted });
  return result instanceof Response ? result : Response.json(result, { headers: { "Cache-Control": "no-store" } });
}

/** @throws AppError `unauthorized` (401), or `forbidden` (403) for a user if the method does not accept users. */
async function callerFor({ security }: Method, request: Request, now: Date): Promise<Caller> {
  const door = /\..*\./.test(bearerToken(request) ?? "") ? "user" : "admin"; // a JWT has three parts
  const caller = await limitRefusals(request, door, () => callerOf(request, now));
  if (caller.role === "user" && !security?.includes("userToken")) {
    throw new AppError("forbidden", "A user's token does not reach this endpoint. It requires ADMIN_TOKEN.");
  }
  return caller;
}
