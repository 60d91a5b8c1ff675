import * as z from "zod";
import { config } from "../config.ts";
import { database } from "../db/client.ts";
import type { Db } from "../db/db.ts";
import { limitByAddress, limitByUser, limitRefusals } from "../ops/rate-limit.ts";
import { jsonBody } from "./body.ts";
import { type Caller, callerOf } from "./caller.ts";
import type { Description } from "./describe.ts";
import { requireKnownOrigin } from "./origin.ts";
import { parse, queryOf } from "./parse.ts";
import { segmentsOf } from "./paths.ts";
import { type Cors, type Endpoint, endpoint, RATE_HEADERS, type Served } from "./respond.ts";

/** What a public route's handler gets: everything parsed. What else it needs to know of who asks is its own business. */
export interface PublicCall<Path, Query, Body> {
  db: Db;
  /** The segments of the path that its file puts in brackets. */
  path: Path;
  query: Query;
  body: Body;
  request: Request;
  now: Date;
}

/** What a route's handler gets: everything parsed and the caller known. */
export interface Call<Path, Query, Body> extends PublicCall<Path, Query, Body> {
  caller: Caller;
}

/** What a method of a route takes, and what whoever calls it has to know. The operator's, unless it says who else's. */
interface Takes<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>
  extends Omit<Description, "security" | "path" | "query" | "body">,
    Partial<Pick<Description, "security">> {
  path?: P;
  query?: Q;
  body?: B;
}

/** One method of a route: what it takes, and what it does. Returns the JSON of the answer, or a whole answer. */
export interface Method extends Takes<z.ZodType, z.ZodType, z.ZodType> {
  handle(call: Call<unknown, unknown, unknown>): Promise<unknown>;
}

/** The same for a method that everybody may call. */
export interface PublicMethod extends Takes<z.ZodType, z.ZodType, z.ZodType> {
  handlePublic(call: PublicCall<unknown, unknown, unknown>): Promise<unknown>;
}

/** Ties a method's schemas to its handler's types. */
export function method<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Takes<P, Q, B> & { handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown> },
): Method {
  return definition as unknown as Method;
}

/** The same for a public method. */
export function publicMethod<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Takes<P, Q, B> & {
    handlePublic(call: PublicCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<unknown>;
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
    (request: Request) => answer(definition, file, request),
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

async function answer(definition: Method | PublicMethod, file: string, request: Request): Promise<Response> {
  const now = new Date();
  const caller = "handle" in definition ? await limitRefusals(request, () => callerOf(request)) : undefined;
  const policy = request.method === "GET" ? "reads" : "writes";
  if (caller === undefined) requireKnownOrigin(request);
  if (caller === undefined) await limitByAddress(policy, request);
  if (caller?.role === "user") await limitByUser(policy, caller.userId);
  const segments = segmentsOf(request, file);
  const path = definition.path && parse(definition.path, segments, "invalid-parameter");
  const query = parse(definition.query ?? NOTHING, queryOf(request, Object.keys(segments)), "invalid-parameter");
  const body = definition.body && parse(definition.body, await jsonBody(request), "invalid-body");
  const call = { db: await database(), path, query, body, request, now };
  const told =
    "handle" in definition
      ? await definition.handle({ ...call, caller: caller as Caller })
      : await definition.handlePublic(call);
  return told instanceof Response ? told : Response.json(told, { headers: { "Cache-Control": "no-store" } });
}
