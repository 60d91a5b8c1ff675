import type * as z from "zod";
import { database } from "../db/client.ts";
import type { Db } from "../db/db.ts";
import { jsonBody } from "./body.ts";
import { type Caller, callerOf } from "./caller.ts";
import { parse, queryOf } from "./parse.ts";
import { type Endpoint, endpoint, type Handler } from "./respond.ts";

/** What a route's handler gets: everything parsed and the caller known. */
export interface Call<Query, Body> {
  db: Db;
  caller: Caller;
  query: Query;
  body: Body;
  now: Date;
}

/** One method of a route: what it takes, and what it does. Returns the JSON of the answer, or a whole answer. */
export interface Method<Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  query?: Q;
  body?: B;
  handle(call: Call<z.output<Q>, z.output<B>>): Promise<unknown>;
}

/** Ties a method's schemas to its handler's types. */
export function method<Q extends z.ZodType, B extends z.ZodType>(definition: Method<Q, B>): Method {
  return definition as unknown as Method;
}

/** An endpoint for the platform's frontend: parse, know the caller, handle, answer in JSON; CORS for allowed origins. */
export function defineRoute(methods: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Method>>): Endpoint {
  const served = Object.entries(methods).map(([name, definition]) => [name, handlerOf(definition)]);
  return endpoint(Object.fromEntries(served), { cors: true });
}

function handlerOf(definition: Method): Handler {
  return async (request) => {
    const now = new Date();
    const caller = await callerOf(request);
    const query = definition.query && parse(definition.query, queryOf(request), "invalid-parameter");
    const body = definition.body && parse(definition.body, await jsonBody(request), "invalid-body");
    const answer = await definition.handle({ db: await database(), caller, query, body, now });
    return answer instanceof Response ? answer : Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  };
}
