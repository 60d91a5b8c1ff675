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

/** What a public route's handler gets: everything parsed. What else it needs to know of who asks is its own business. */
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

/** What is known before the body is read. */
export type BodilessCall<Path, Query> = Omit<PublicCall<Path, Query, never>, "body" | "granted">;

/** What a route's handler gets: everything parsed and the caller known. */
export interface Call<Path, Query, Body> extends PublicCall<Path, Query, Body> {
  caller: Caller;
}

/** What a method of a route takes, and what whoever calls it has to know. The operator's, unless it says who else's. */
interface MethodInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>
  extends Omit<Description, "security" | "path" | "query" | "body">,
    Partial<Pick<Description, "security">> {
  path?: P;
  query?: Q;
  body?: B;
}

/** One method of a route: what it takes, and what it does. Returns the JSON of the answer, or a whole answer. */
export interface Method extends MethodInput<z.ZodType, z.ZodType, z.ZodType> {
  handle(call: Call<unknown, unknown, unknown>): Promise<unknown>;
}

/** The same for a method that everybody may call, or everybody with a token of their own, which `authorise` looks at. */
export interface PublicMethod extends MethodInput<z.ZodType, z.ZodType, z.ZodType> {
  authorise?(call: BodilessCall<unknown, unknown>): Promise<unknown>;
  handlePublic(call: PublicCall<unknown, unknown, unknown, unknown>): Promise<unknown>;
}

/** Ties a method's schemas to its handler's types. */
export function method<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: MethodInput<P, Q, B> & { handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown> },
): Method {
  return definition as unknown as Method;
}

/** The same for a public method. */
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
 * An endpoint for the platform's frontend: know the caller (unless the method is public), parse, handle, answer in JSON;
 * CORS for allowed origins.
 * @param file Where it answers, as its file under `api/` says: `/api/bookings/[id]`. Only for paths with such segments.
 */
export function defineRoute(methods: Methods, file = ""): Endpoint {
  const served = Object.entries(methods).map(([name, definition]) => [
    name,
    (request: Request, now: Date) => handleRequest(definition, file, request, now),
  ]);
  const described = Object.entries(methods).map(([name, definition]) => [name, descriptionOf(definition)]);
  return endpoint<Served>(Object.fromEntries(described), Object.fromEntries(served), { cors: PLATFORM });
}

/** A query that nothing is asked with. */
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

/** In this order: who calls and from where, how often, what is asked for; only then the body is read and parsed. */
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
  const told =
    "handle" in definition
      ? await definition.handle({ ...known, body, granted: undefined, caller: caller as Caller })
      : await definition.handlePublic({ ...known, body, granted });
  return told instanceof Response ? told : Response.json(told, { headers: { "Cache-Control": "no-store" } });
}

/** @throws AppError `unauthorized`, or `forbidden` for a user where the method does not say that it takes users. */
async function callerFor({ security }: Method, request: Request, now: Date): Promise<Caller> {
  const door = /\..*\./.test(bearerToken(request) ?? "") ? "user" : "admin"; // a JWT has three parts
  const caller = await limitRefusals(request, door, () => callerOf(request, now));
  if (caller.role === "user" && !security?.includes("userToken")) {
    throw new AppError("forbidden", "a user's token does not reach this; ADMIN_TOKEN does");
  }
  return caller;
}
