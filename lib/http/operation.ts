import type * as z from "zod";
import type { AuditEntry } from "../audit/audit.ts";
import type { Db } from "../db/db.ts";
import type { Access } from "./access.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** An answer with content. */
export interface Answer {
  /** One sentence on when this answer comes. */
  description: string;
  /** The body. `z.date()` is sent as an ISO instant; `sentInstant` of responses/fields.ts describes it. */
  schema: z.ZodType;
  /** The content type; `application/json` by default. */
  type?: string;
  /** Headers that this answer may have, with their descriptions. */
  headers?: Readonly<Record<string, string>>;
  example?: unknown;
}

/** The answers of an operation by status: with content, or for an error one sentence. Shared errors need no entry. */
export type Responses = Readonly<Record<number, Answer | string>>;

/** What an operation is, for clients, the document and tests. */
export interface Description {
  /** The name of the operation in clients: verb and noun, such as `listSlots`. */
  id: string;
  method: Method;
  /** Such as `/api/bookings/{id}`. */
  path: string;
  /** One sentence that says what the operation does. */
  summary: string;
  /** More sentences about its behaviour. */
  description?: string;
  /** The schemas of the input: parameters in the path, query, headers (by their names) and body. */
  params?: z.ZodType;
  query?: z.ZodType;
  headers?: z.ZodType;
  body?: z.ZodType;
  /** The content types of the body; `application/json` by default. */
  bodyTypes?: readonly string[];
  /** Whether the handler reads the body, or the query, itself. The schema then only describes it. */
  readsBody?: boolean;
  readsQuery?: boolean;
  /** Whether the handler opens the database itself, because it has an answer of its own if there is none. */
  opensDatabase?: boolean;
  /** An example of a valid body. */
  example?: unknown;
  /** Examples of query parameters, in addition to those of the schemas. */
  sampleQuery?: Readonly<Record<string, string>>;
  responses: Responses;
  /** Whether a client may keep the answer and ask whether it has changed (`ETag`, `If-None-Match`). */
  revalidates?: boolean;
}

/** An operation of the API: its declaration, and what it does for a caller that may call it. */
export interface Operation extends Description {
  access: Access<unknown>;
  /**
   * What the audit log says about a change; by default the parameters of the path. It is called before the change, and after a
   * successful one with its result, for what is known only then. No secrets, and of members only their ids.
   */
  audit?(call: Call<unknown, unknown, unknown, unknown, unknown>, result?: unknown): AuditEntry;
  /** Returns the body of the first successful answer, a `Reply` with another status or headers, or a whole response. */
  handle(call: Call<unknown, unknown, unknown, unknown, unknown>): Promise<unknown>;
}

/** What a handler receives: everything that came, checked and parsed. */
export interface Call<Caller, Params, Query, Headers, Body> {
  db: Db;
  caller: Caller;
  params: Params;
  query: Query;
  headers: Headers;
  body: Body;
  request: Request;
  now: Date;
}

/** An answer with a status or headers of its own. */
export class Reply<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body: Body;
  /** A list becomes one header for each text, as cookies need it. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;

  constructor(status: Status, body: Body, headers: Readonly<Record<string, string | readonly string[]>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The bodies by status that the declared answers allow. A `Date` may stand for its text. */
type Bodies<R> = {
  [S in keyof R as R[S] extends Answer ? S : never]: R[S] extends Answer ? z.input<R[S]["schema"]> : never;
};
type Replies<R> = { [S in keyof Bodies<R>]: Reply<S & number, Bodies<R>[S]> }[keyof Bodies<R>];
type First<B> = B extends { 200: infer Body } ? Body : B extends { 201: infer Body } ? Body : never;

type Schema = z.ZodType;
type Parsed<S> = S extends Schema ? z.output<S> : undefined;

/**
 * Declares an operation. Its handler's types follow from the declaration: the caller from `access`, the input from the schemas,
 * and what it must return from `responses`.
 */
export function operation<
  Caller,
  const R extends Responses,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  H extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  declared: Omit<Description, "params" | "query" | "headers" | "body" | "responses"> & {
    access: Access<Caller>;
    params?: P;
    query?: Q;
    headers?: H;
    body?: B;
    responses: R;
    audit?(
      call: Call<Caller, Parsed<P>, Parsed<Q>, Parsed<H>, Parsed<B>>,
      result?: First<Bodies<R>> | Replies<R> | Response,
    ): AuditEntry;
    handle(
      call: Call<Caller, Parsed<P>, Parsed<Q>, Parsed<H>, Parsed<B>>,
    ): Promise<First<Bodies<R>> | Replies<R> | Response>;
  },
): Operation {
  return declared as unknown as Operation;
}
